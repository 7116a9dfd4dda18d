"""What accounts does when the framework says that somebody signed in."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from xiangqiao.accounts.actions.sign_in import record_sign_in
from xiangqiao.accounts.models import User


def listen() -> None:
    """Connect. Every door that opens a session passes here, so no session goes unlisted."""
    user_logged_in.connect(_list_session, dispatch_uid="accounts.list_session")


def _list_session(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    key = request.session.session_key
    if key is None or user.last_login is None:
        raise RuntimeError("a sign-in without a session")
    record_sign_in(
        user=user,
        session_key=key,
        address=get_client_ip_address(request) if request.META.get("REMOTE_ADDR") else None,
        device=request.headers.get("User-Agent", ""),
        at=user.last_login,
    )
