"""Every request asks anew whether its session still stands: ended, deactivated or changed means out, at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from xiangqiao.accounts.actions.sign_in import digest_of, end_idle_session, note_seen
from xiangqiao.accounts.models import User
from xiangqiao.accounts.queries import session_in_use
from xiangqiao.kernel import clock

# Left for the sign-in page, which says why somebody has to sign in again.
IDLE_OUT = "idle_out"


class OpenSession:
    """Set `request.user` from the list of open sessions (one query), in place of Django's own look-up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on with its person."""
        settable: Any = request
        settable.user = _person(request)
        return self.get_response(request)


def _person(request: HttpRequest) -> User | AnonymousUser:
    session = request.session
    key = session.session_key
    if key is None or SESSION_KEY not in session:
        return AnonymousUser()
    sign_in = session_in_use(digest_of(key))
    if sign_in is None or not _same_password(sign_in.user, session.get(HASH_SESSION_KEY, "")):
        session.flush()
        return AnonymousUser()
    now = clock.now()
    if end_idle_session(sign_in, now):
        session.flush()
        session[IDLE_OUT] = True
        return AnonymousUser()
    if note_seen(sign_in, now):
        # The cookie and the stored session live on with the use of it.
        session.modified = True
    return sign_in.user


def _same_password(user: User, session_hash: str) -> bool:
    return constant_time_compare(session_hash, user.get_session_auth_hash())
