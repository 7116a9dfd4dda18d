"""The beginner's way: begin, learn, a free space. The rest of the way are loans, offers and orders."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.moving import locked
from xiangqiao.commerce.models import Beginner, FreeSpace, LessonTaken
from xiangqiao.commerce.queries.counter import AtCounter
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording


def begin(*, act: Act, home: AtCounter, name: str, shop_name: str, user: UUID | None = None) -> Beginner:
    """Take somebody of a household in as a beginner, once a household."""
    permit(act, Can.MANAGE_COMMERCE)
    if not name.strip() or not shop_name.strip():
        raise ActionError("beginner.name", _("请写姓名和店名。"), field="name")
    row = Beginner(
        household=home.public_id, user=user, name=name.strip(), shop_name=shop_name.strip(),
        division_code=home.division_code, since=day_of(act.at),
    )  # fmt: skip
    try:
        with recording(
            "commerce.beginner_begun", act, subject=row, division_code=row.division_code
        ) as record:
            record.create(row)
            add_line(
                act=act.keyless(), household=home.public_id, division_code=home.division_code, programme="COMMERCE",
                sentence=gettext_noop("开始学开网店：%(shop)s"), source_id=row.public_id, shop=row.shop_name,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("beginner.once", _("这一户已经登记过新手了。")) from error
    return row


def note_lesson(*, act: Act, beginner: UUID, subject: str, hours: int, on: date) -> LessonTaken:
    """Note a lesson that a beginner attended."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    if not subject.strip() or not 0 < hours <= 80:
        raise ActionError("lesson.hours", _("请写课名，课时在 1 到 80 之间。"), field="hours")
    with recording("commerce.lesson_taken", act) as record:
        who = locked(Beginner.objects.visible_to(viewer, Can.MANAGE_COMMERCE), beginner)
        row = LessonTaken(
            beginner=who, division_code=who.division_code, subject=subject.strip(), hours=hours, on=on
        )
        record.create(row)
    return row


def give_space(*, act: Act, beginner: UUID, space: str) -> FreeSpace:
    """Give a beginner a space in the park, free of rent. Raises Conflict where somebody else holds it."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    if not space.strip():
        raise ActionError("space.name", _("请写工位或房间号。"), field="space")
    try:
        with recording("commerce.space_given", act) as record:
            who = locked(Beginner.objects.visible_to(viewer, Can.MANAGE_COMMERCE), beginner)
            row = FreeSpace(
                beginner=who, division_code=who.division_code, space=space.strip(), from_on=day_of(act.at)
            )
            record.create(row)
    except IntegrityError as error:
        raise Conflict("space.taken", _("这个工位已经给了别人。"), field="space") from error
    return row
