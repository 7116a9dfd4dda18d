"""The household's timeline: what was done to it and for it, newest first, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise as Words
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.journal.models import Programme, Promise, Reply, TimelineLine, VisitRevision
from xiangqiao.journal.words import deeds_in_words
from xiangqiao.kernel.models import Event
from xiangqiao.kernel.queries import changes_of, events_about
from xiangqiao.pairing.queries import pairs_of
from xiangqiao.people.queries import household as household_named

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Pairing

# What each kind of event about a household says on its timeline.
SENTENCES: dict[str, Words] = {
    "people.member_born": _("新添一口人"),
    "people.member_died": _("成员去世"),
    "people.member_married_in": pgettext_lazy("event", "婚入"),
    "people.member_moved_in": _("迁入"),
    "people.member_left": _("成员离户"),
    "people.household_split": pgettext_lazy("event", "分户"),
    "people.household_merged": pgettext_lazy("event", "并户"),
    "people.head_changed": _("更换户主"),
    "people.contact_changed": _("更改联系方式"),
    "people.household_moved": pgettext_lazy("event", "整户迁移"),
    "people.facts_corrected": _("更正信息"),
    "people.change_undone": _("撤销一项变更"),
    "people.change_requested": _("提出变更申请"),
    "people.change_rejected": _("变更申请未通过"),
    "people.change_approved": _("变更申请通过一级审批"),
    "people.change_returned": _("变更申请被退回"),
    "people.change_conflicted": _("变更申请与新情况冲突"),
    "people.household_closed": pgettext_lazy("event", "销户"),
    "people.household_registered": pgettext_lazy("event", "登记新农户"),
    "policy.claim_noted": _("登记政策享受情况"),
    "accounts.number_revealed": _("查看了完整号码"),
}


# A line that was just written by a clock a little ahead stands on the timeline, too.
_AHEAD = timedelta(days=1)
REGISTER = "REGISTER"
PROGRAMMES = Programme.choices
_Order = tuple[datetime, int, int]


@dataclass(frozen=True)
class Line:
    """One line of a timeline. `kind` and `subject` name it where the household may answer it; `dispute` is the state of
    what the household said against it."""

    at: datetime
    what: str
    who: str
    reason: str = ""
    programme: str = ""
    amount_fen: int | None = None
    link: str = ""
    kind: str = ""
    subject: str = ""
    state: str = ""
    dispute: str = ""
    order: _Order = (datetime.min.replace(tzinfo=UTC), 0, 0)


@dataclass(frozen=True)
class Part:
    """A part of a timeline, newest first; `older` is the key of the next part, nothing at the end."""

    lines: list[Line]
    older: str


def timeline(viewer: AnyViewer, household: UUID, *, now: datetime, most: int = 20) -> list[Line]:
    """Return the newest lines of a household's timeline. Raises Household.DoesNotExist where unseen."""
    return timeline_part(viewer, household, now=now, most=most).lines


def timeline_part(
    viewer: AnyViewer,
    household: UUID,
    *,
    now: datetime,
    most: int = 20,
    programme: str = "",
    before: str = "",
) -> Part:
    """Return a part of a household's timeline: of one programme (or REGISTER), older than a key that an earlier part gave.

    No line stands in two parts and none is left out between them. Raises Household.DoesNotExist where unseen.
    """
    household_named(viewer, household, today=now.date())
    until, skip = _read(before, now)
    room = most + skip + 1
    lines: list[Line] = []
    if programme in ("", REGISTER):
        events = events_about(household).filter(kind__in=SENTENCES, at__lte=until)
        lines += [_line(event) for event in events.order_by("-at", "-id")[:room]]
    if programme != REGISTER:
        told = TimelineLine.objects.filter(household=household, at__lte=until)
        told = told.filter(programme=programme) if programme else told
        lines += [_told(row) for row in told.order_by("-at", "-id")[:room]]
    if programme in ("", Programme.HELP):
        lines += _of_visits(household, until, room)
        lines += [line for pair in pairs_of(viewer, household) for line in _of_pair(pair) if line.at <= until]
    ordered = sorted(lines, key=lambda line: line.order, reverse=True)
    shown = ordered[skip : skip + most]
    older = _write(ordered[: skip + most]) if len(ordered) > skip + most else ""
    return Part(_with_disputes(household, shown), older)


def _write(seen: list[Line]) -> str:
    """Return the key after the lines seen: the moment of the last, and how many of that moment were seen."""
    last = seen[-1].at
    return f"{last.isoformat()}~{sum(line.at == last for line in seen)}"


def _read(key: str, now: datetime) -> tuple[datetime, int]:
    moment, _tilde, count = key.partition("~")
    try:
        until = datetime.fromisoformat(moment)
    except ValueError:
        return now + _AHEAD, 0
    if until.tzinfo is None or not (count.isdecimal() and len(count) < 4):
        return now + _AHEAD, 0
    return until, int(count)


def _with_disputes(household: UUID, lines: list[Line]) -> list[Line]:
    subjects = [line.subject for line in lines if line.kind]
    rows = Reply.objects.filter(household=household, subject__in=subjects).order_by("id")
    states = {(row.kind, row.subject): row.state for row in rows}
    return [replace(line, dispute=states.get((line.kind, line.subject), "")) for line in lines]


def _line(event: Event) -> Line:
    return Line(
        event.at, str(SENTENCES[event.kind]), event.actor_label, event.reason, order=(event.at, 1, event.pk)
    )


def _told(row: TimelineLine) -> Line:
    return Line(
        row.at,
        gettext(row.sentence) % row.values,
        row.who,
        programme=str(row.get_programme_display()),
        amount_fen=row.amount_fen,
        link=row.link,
        kind="LINE",
        subject=str(row.public_id),
        order=(row.at, 2, row.pk),
    )


def _of_visits(household: UUID, until: datetime, room: int) -> list[Line]:
    """Visits as their last revision tells them, and the promises made on them."""
    rows = VisitRevision.objects.filter(
        visit__household=household, visit__at__lte=until, number=F("visit__revision")
    )
    lines = [_visit(row) for row in rows.select_related("visit").order_by("-visit__at", "-visit_id")[:room]]
    promises = Promise.objects.filter(household=household, made_on_visit__at__lte=until)
    promises = promises.select_related("made_on_visit").order_by("-made_on_visit__at", "-id")
    return lines + [_promise(row) for row in promises[:room]]


def _visit(row: VisitRevision) -> Line:
    visit = row.visit
    said = gettext("，").join(part for part in (deeds_in_words(row.done), row.text) if part)
    return Line(
        visit.at,
        gettext("%(mode)s：%(said)s") % {"mode": visit.get_mode_display(), "said": said},
        visit.who,
        programme=str(Programme.HELP.label),
        link=reverse("journal:visit", args=[visit.public_id]),
        kind="VISIT",
        subject=str(visit.public_id),
        state="PHOTO" if row.photo else "",
        order=(visit.at, 3, visit.pk),
    )


def _promise(row: Promise) -> Line:
    day = date_format(row.due_on, "SHORT_DATE_FORMAT")
    return Line(
        row.made_on_visit.at,
        gettext("承诺：%(what)s（%(day)s 前）") % {"what": row.what, "day": day},
        row.who,
        reason=row.reason,
        programme=str(Programme.HELP.label),
        kind="PROMISE",
        subject=str(row.public_id),
        state=row.state,
        order=(row.made_on_visit.at, 4, row.pk),
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
        told = what % {"cadre": pair.cadre.name}
        lines.append(Line(event.at, told, event.actor_label, event.reason, order=(event.at, 0, change.pk)))
    return lines
