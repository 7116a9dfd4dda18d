"""Schools, rooms, and how well a room's line carries."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, permit
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.learning.models import EndPoint, LinkCheck, School

_MOST_KBPS, _MOST_RTT = 10_000_000, 60_000


def put_school(*, act: Act, name: str, division_code: str) -> School:
    """Add a school, or return the one of this name. An empty division: a lead school outside of the county."""
    permit(act, Can.MANAGE_LEARNING, division_code)
    found = School.objects.filter(name=name).first()
    if found is not None:
        return found
    with recording("learning.school_put", act, division_code=division_code) as record:
        school = School(name=name, division_code=division_code)
        record.create(school)
    return school


def put_room(
    *, act: Act, school: School, room: str, kind: str, division_code: str, assistant: UUID | None = None
) -> EndPoint:
    """Add an end point, or change the one of this room. `division_code` is the county's own for a school outside."""
    permit(act, Can.MANAGE_LEARNING, division_code)
    with recording("learning.room_put", act, subject=school, division_code=division_code) as record:
        row = EndPoint.objects.select_for_update().filter(school=school, room=room).first()
        if row is None:
            row = EndPoint(
                school=school, room=room, kind=kind, division_code=division_code, assistant=assistant
            )
            record.create(row)
        else:
            record.change(row, kind=kind, assistant=assistant)
    return row


def note_check(*, act: Act, viewer: AnyViewer, room: EndPoint, kbps: int, rtt_ms: int, camera: bool) -> LinkCheck:  # fmt: skip
    """Keep what a room's browser measured: kilobits a second, round trip in milliseconds, whether a camera answered."""
    permit(act, Can.TEACH)
    if not EndPoint.objects.visible_to(viewer).filter(pk=room.pk).exists():
        raise ActionError("learning.no_room", _("没有这间教室，或者不归您管。"))
    if not (0 <= kbps <= _MOST_KBPS and 0 <= rtt_ms <= _MOST_RTT):
        raise ActionError("learning.strange_figures", _("测出来的数不对，请再测一次。"))
    return LinkCheck.objects.create(
        end_point=room, at=act.at, kbps=kbps, rtt_ms=rtt_ms, camera=camera, by=act.by.public_id
    )
