"""Posts: who holds which, where, from when to when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.models import Post, RoleChoices, User
from xiangqiao.accounts.rules import ADMINS, Can, Role
from xiangqiao.accounts.viewer import SystemViewer, permit
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act, recording


def give_post(
    *,
    act: Act,
    user: User,
    role: Role,
    division_code: str,
    valid_from: date,
    valid_to: date | None = None,
    unit_name: str = "",
) -> Post:
    """Give a person a post in a division from a day (to a day, half-open).

    Raises NotAllowed (also to who would give it to themselves), ActionError where one person would be two of the three
    administrators, where the same post is held already, or where it ends before it begins.
    """
    permit(act, Can.MANAGE_USERS)
    _not_to_oneself(act, user)
    post = Post(
        user=user,
        role=role,
        division_code=division_code,
        unit_name=unit_name.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _check(post)
    try:
        with (
            transaction.atomic(),
            recording(
                "accounts.post_given", act, subject=user, division_code=division_code, role=role
            ) as record,
        ):
            record.create(post, valid_from=valid_from)
    except IntegrityError as error:
        raise _two_administrators(user) from error
    return post


def end_post(*, act: Act, post: UUID, on: date) -> Post:
    """End a post on a day (the first day without it). What it carried is gone with the next request.

    One that ends on the day it began was never in force.
    """
    permit(act, Can.MANAGE_USERS)
    row = Post.objects.select_related("user").filter(public_id=post).first()
    if row is None:
        raise ActionError("post.unknown", _("没有这个岗位。"))
    if on < row.valid_from:
        raise ActionError(
            "post.dates", _("离任日期不能早于任职日期 %(day)s。") % {"day": row.valid_from}, field="valid_to"
        )
    with recording(
        "accounts.post_ended", act, subject=row.user, division_code=row.division_code, role=row.role
    ) as record:
        record.change(row, valid_to=on, valid_from=on)
    return row


def _check(post: Post) -> None:
    if post.valid_to is not None and post.valid_to <= post.valid_from:
        raise ActionError(
            "post.dates", _("离任日期要晚于任职日期 %(day)s。") % {"day": post.valid_from}, field="valid_to"
        )
    if post.role in ADMINS and Post.objects.filter(user=post.user, role__in=ADMINS).exists():
        raise _two_administrators(post.user)
    same = Post.objects.filter(
        user=post.user, role=post.role, division_code=post.division_code, valid_to__isnull=True
    )
    if same.exists():
        raise ActionError("post.held", _("这个人已经在这里担任这个岗位。"), field="role")


def _two_administrators(user: User) -> ActionError:
    held = Post.objects.filter(user=user, role__in=ADMINS).first()
    role = RoleChoices(held.role).label if held else ""
    return ActionError(
        "post.three_people",
        _(
            "系统、安全、审计三个管理员必须是三个不同的人：%(name)s 担任或担任过%(role)s，不能再担任另一个。请换一个人。"
        )
        % {"name": user.name, "role": role},
        field="role",
    )


def _not_to_oneself(act: Act, user: User) -> None:
    if not isinstance(act.by, SystemViewer) and act.by.public_id == user.public_id:
        raise NotAllowed("not_oneself", _("不能给自己加岗位，请另一位管理员办理。"))
