"""Signing in and out, and the sessions that follow."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiangqiao.accounts.models import SignIn, User
from xiangqiao.accounts.rules import IDLE_SECONDS
from xiangqiao.accounts.second_factor import step_of
from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import Act, recording

# How often "last seen" is written: a page must not cost a write each time.
SEEN_EVERY = timedelta(minutes=5)


def digest_of(session_key: str) -> str:
    """Return the digest under which a session is listed; the key itself stays in the session store."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def totp_place(user: User) -> Place:
    """Return where the secret of a user's second factor is sealed."""
    return Place("accounts_user", "totp_sealed", user.public_id)


def record_sign_in(*, user: User, session_key: str, address: str | None, device: str, at: datetime) -> SignIn:
    """List a new session to its person and write it to the log."""
    with recording("accounts.signed_in", Act(by=user, at=at), subject=user, address=address or ""):
        return SignIn.objects.create(
            user=user,
            session_digest=digest_of(session_key),
            started_at=at,
            seen_at=at,
            address=address,
            device=device[:200],
        )


def note_seen(sign_in: SignIn, now: datetime) -> bool:
    """Write that a session is in use, at most every five minutes. Return whether it was written."""
    if now - sign_in.seen_at < SEEN_EVERY:
        return False
    SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now)
    return True


def end_idle_session(sign_in: SignIn, now: datetime) -> bool:
    """End a session in which nothing was opened for too long. Return whether it was so."""
    if now - sign_in.seen_at <= timedelta(seconds=IDLE_SECONDS):
        return False
    with recording("accounts.session_idle", Act(by=sign_in.user, at=now), subject=sign_in.user):
        SignIn.objects.filter(pk=sign_in.pk).update(ended_at=now)
    return True


def sign_out(*, user: User, session_key: str, at: datetime) -> None:
    """End the session in use and write it to the log."""
    with recording("accounts.signed_out", Act(by=user, at=at), subject=user):
        SignIn.objects.filter(user=user, session_digest=digest_of(session_key)).update(ended_at=at)


def end_session(*, act: Act, user: User, sign_in: int) -> bool:
    """End one session of one's own at once. Return whether it was open."""
    with recording("accounts.session_ended", act, subject=user, sessions=[sign_in]):
        return bool(_open(user).filter(pk=sign_in).update(ended_at=act.at))


def end_other_sessions(*, act: Act, user: User, keep: str = "") -> int:
    """End every session of a user but the one whose key is `keep`. Return how many."""
    with recording("accounts.session_ended", act, subject=user) as record:
        others = _open(user).exclude(session_digest=digest_of(keep) if keep else "")
        ended = others.update(ended_at=act.at)
        record.note(count=ended)
        return ended


def _open(user: User) -> QuerySet[SignIn]:
    return SignIn.objects.filter(user=user, ended_at__isnull=True)


def accept_code(*, user: User, code: str, now: datetime) -> bool:
    """Return whether a second-factor code is right, and use it up: each code works once."""
    if user.totp_sealed is None:
        return False
    step = step_of(vault().open(user.totp_sealed, totp_place(user)), code, now)
    if step is None:
        return False
    # One statement, so that of two requests with the same code one wins.
    return bool(User.objects.filter(pk=user.pk, totp_step__lt=step).update(totp_step=step))


def enrol_second_factor(*, act: Act, user: User, secret: str) -> None:
    """Seal the secret of a person's second factor. The caller has seen a right code, or publishes the secret (demo)."""
    with recording("accounts.second_factor_enrolled", act, subject=user) as record:
        # A new secret in the place of one in use: the log shows that the old one went.
        record.change(user, has_totp=False, totp_sealed=None)
        record.change(user, has_totp=True, totp_sealed=vault().seal(secret, totp_place(user)))


def remember_choices(*, user: User, language: str | None = None, elder_view: bool | None = None) -> None:
    """Keep the language and the elder view that a person chose, for the next device."""
    if language is not None:
        User.objects.filter(pk=user.pk).update(language=language)
    if elder_view is not None:
        User.objects.filter(pk=user.pk).update(elder_view=elder_view)


def change_own_password(*, act: Act, user: User, old: str, new: str, keep: str) -> None:
    """Set a person's own password and end their other sessions. Raises ActionError where the old one is wrong.

    `new` has passed the password policy (the form's part); `keep` is the key of the session in use.
    """
    if not user.check_password(old):
        raise ActionError("password.wrong", _("现在的密码不对，请再输一遍。"), field="old")
    with recording("accounts.password_changed", act, subject=user) as record:
        user.set_password(new)
        User.objects.filter(pk=user.pk).update(password=user.password)
        record.change(user, must_change_password=False)
        _open(user).exclude(session_digest=digest_of(keep)).update(ended_at=act.at)
