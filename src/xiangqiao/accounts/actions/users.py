"""People who sign in: made, reset and deactivated by the security administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.actions.sign_in import end_other_sessions
from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, permit
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act, recording

# Without signs that are read as one another (0 O, 1 l I).
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class NewUser:
    """A person just made or reset, with the one-time password that is shown this once."""

    user: User
    password: str


def one_time_password() -> str:
    """Return a password that is easy to read out: three groups of four, 59 bits, always with a digit."""
    while True:
        groups = ("".join(secrets.choice(_ALPHABET) for _unused in range(4)) for _group in range(3))
        word = "-".join(groups)
        if any(sign.isdigit() for sign in word):
            return word


def create_user(*, act: Act, username: str, name: str, password: str | None = None) -> NewUser:
    """Make a person who signs in. Without `password` a one-time one is made, to be changed at first sign-in.

    Raises NotAllowed, ActionError where the sign-in name is taken. Idempotent by `act.key` (raises AlreadyDone).
    """
    permit(act, Can.MANAGE_USERS)
    user = User(username=username.strip().lower(), name=name.strip(), must_change_password=password is None)
    word = password or one_time_password()
    user.set_password(word)
    try:
        with transaction.atomic(), recording("accounts.user_created", act, subject=user) as record:
            if User.objects.filter(username=user.username).exists():
                raise _taken(user.username)
            record.create(user)
    except IntegrityError as error:
        raise _taken(user.username) from error
    return NewUser(user, word)


def _taken(username: str) -> ActionError:
    message = _("登录名 %(username)s 已经有人用了，请换一个。") % {"username": username}
    return ActionError("user.taken", message, field="username")


def rename_user(*, act: Act, user: User, name: str, version: int | None = None) -> bool:
    """Set a person's name as the log and pages show it."""
    permit(act, Can.MANAGE_USERS)
    with recording("accounts.user_renamed", act, subject=user) as record:
        return record.change(user, version=version, name=name.strip())


def reset_password(*, act: Act, user: User) -> NewUser:
    """Give a person a fresh one-time password; every session of theirs ends at once."""
    permit(act, Can.MANAGE_USERS)
    _not_oneself(act, user, _("自己的密码请在“我的账号”里改。"))
    word = one_time_password()
    with recording("accounts.password_reset", act, subject=user) as record:
        user.set_password(word)
        User.objects.filter(pk=user.pk).update(password=user.password)
        record.change(user, must_change_password=True)
        _end_sessions(act, user)
    return NewUser(user, word)


def reset_second_factor(*, act: Act, user: User) -> None:
    """Forget a person's second factor (phone lost); every session ends, and it is set up anew at the next sign-in."""
    permit(act, Can.MANAGE_USERS)
    _not_oneself(act, user, _("自己的第二道验证要请另一位管理员重置。"))
    with recording("accounts.second_factor_reset", act, subject=user) as record:
        record.change(user, has_totp=False, totp_sealed=None)
        _end_sessions(act, user)


def deactivate_user(*, act: Act, user: User) -> None:
    """Close a person's account: sessions end at once, nothing is deleted."""
    permit(act, Can.MANAGE_USERS)
    _not_oneself(act, user, _("不能停用自己的账号。"))
    with recording("accounts.user_deactivated", act, subject=user) as record:
        record.change(user, is_active=False)
        _end_sessions(act, user)


def reactivate_user(*, act: Act, user: User) -> None:
    """Open a closed account again; posts stay as they are."""
    permit(act, Can.MANAGE_USERS)
    with recording("accounts.user_reactivated", act, subject=user) as record:
        record.change(user, is_active=True)


def _not_oneself(act: Act, user: User, message: str) -> None:
    if not isinstance(act.by, SystemViewer) and act.by.public_id == user.public_id:
        raise NotAllowed("not_oneself", message)


def _end_sessions(act: Act, user: User) -> None:
    end_other_sessions(act=Act(by=act.by, at=act.at, source=act.source), user=user)
