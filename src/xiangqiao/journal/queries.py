"""The household's timeline: what was done to it and for it, newest first, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.models import Event
from xiangqiao.kernel.queries import changes_of, events_about
from xiangqiao.pairing.queries import pairs_of
from xiangqiao.people.queries import household as household_named

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Pairing

# What each kind of event about a household says on its timeline.
SENTENCES: dict[str, Promise] = {
    "people.member_born": _("新添一口人"),
    "people.member_died": _("成员去世"),
    "people.member_married_in": _("婚入"),
    "people.member_moved_in": _("迁入"),
    "people.member_left": _("成员离户"),
    "people.household_split": _("分户"),
    "people.household_merged": _("并户"),
    "people.head_changed": _("更换户主"),
    "people.contact_changed": _("更改联系方式"),
    "people.household_moved": _("整户迁移"),
    "people.facts_corrected": _("更正信息"),
    "people.change_undone": _("撤销一项变更"),
    "people.change_requested": _("提出变更申请"),
    "people.change_rejected": _("变更申请未通过"),
    "people.change_approved": _("变更申请通过一级审批"),
    "people.change_returned": _("变更申请被退回"),
    "people.change_conflicted": _("变更申请与新情况冲突"),
    "people.household_closed": _("销户"),
    "people.household_registered": _("登记新农户"),
    "policy.claim_noted": _("登记政策享受情况"),
    "accounts.number_revealed": _("查看了完整号码"),
}


@dataclass(frozen=True)
class Line:
    """One line of a timeline."""

    at: datetime
    what: str
    who: str
    reason: str
    programme: str = ""
    amount_fen: int | None = None
    link: str = ""


def timeline(viewer: AnyViewer, household: UUID, *, now: datetime, most: int = 20) -> list[Line]:
    """Return the newest lines of a household's timeline. Raises Household.DoesNotExist where unseen."""
    household_named(viewer, household, today=now.date())
    lines = [_line(event) for event in events_about(household).filter(kind__in=SENTENCES)[:most]]
    lines += [_told(row) for row in TimelineLine.objects.filter(household=household).order_by("-at")[:most]]
    lines += [line for pair in pairs_of(viewer, household) for line in _of_pair(pair)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:most]


def _line(event: Event) -> Line:
    return Line(event.at, str(SENTENCES[event.kind]), event.actor_label, event.reason)


def _told(row: TimelineLine) -> Line:
    return Line(
        row.at,
        gettext(row.sentence) % row.values,
        row.who,
        "",
        str(row.get_programme_display()),
        row.amount_fen,
        row.link,
    )


def _of_pair(pair: Pairing) -> list[Line]:
    """A pair says on the timeline when it began, and when and why it ended, by what the log says of it."""
    lines = []
    for change in changes_of(pair.public_id).filter(attribute__in=("cadre_id", "ended")):
        if change.attribute == "cadre_id":
            what = gettext("结对帮扶：%(cadre)s")
        elif change.new:
            what = gettext("结对结束：%(cadre)s")
        else:
            what = gettext("恢复结对：%(cadre)s")
        event = change.event
        lines.append(Line(event.at, what % {"cadre": pair.cadre.name}, event.actor_label, event.reason))
    return lines
