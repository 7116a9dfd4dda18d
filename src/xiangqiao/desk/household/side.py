"""What stands on the right of the household page: timeline, problems, who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangqiao.accounts.queries import who_looked
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.desk.words import problem_sentence
from xiangqiao.journal import queries as journal
from xiangqiao.kernel.ui.cards import Line
from xiangqiao.kernel.ui.flow import TimelineEntry
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.people.queries import open_problems

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

LOOKED_DAYS = 180
_MOST = 6
SEVERITY_TONES: dict[str, Tone] = {"error": "red", "warning": "orange", "hint": "gold"}


_SHOWN = 15


@dataclass(frozen=True)
class Lines:
    """A part of the timeline: its entries, the way to older ones, and the programmes it may be narrowed to."""

    entries: list[TimelineEntry]
    older: str
    choices: list[tuple[str, str, bool]]


def timeline(viewer: AnyViewer, home: Household, now: datetime, query: Mapping[str, str]) -> Lines:
    """Return a part of the household's timeline, as the address asks: of a programme, before a line."""
    programme = query.get("programme", "")
    known = [("", _("全部")), (journal.REGISTER, _("台账变更")), *journal.PROGRAMMES]
    programme = programme if programme in dict(known) else ""
    part = journal.timeline_part(
        viewer, home.public_id, now=now, most=_SHOWN, programme=programme, before=query.get("before", "")[:60]
    )
    older = f"?{urlencode({'programme': programme, 'before': part.older})}#timeline" if part.older else ""
    choices = [(f"?programme={code}#timeline", str(name), code == programme) for code, name in known]
    return Lines(_entries(part.lines), older, choices)


def _entries(lines: Sequence[journal.Line]) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            when=date_format(localtime(line.at), "SHORT_DATE_FORMAT"),
            text=line.what,
            datetime=localtime(line.at).isoformat(),
            who=line.who,
            detail=_detail(line),
            href=line.link,
            tags=_tags(line),
        )
        for line in lines
    ]


def _tags(line: journal.Line) -> list[Tag]:
    tags = [Tag(line.programme, "green", icon="none")] if line.programme else []
    disputes: dict[str, Tag] = {
        "OPEN": Tag(_("农户有异议"), "orange"),
        "ANSWERED": Tag(_("异议已答复"), "gold"),
        "SETTLED": Tag(_("异议已了结"), "grey"),
        "NOTED": Tag(_("农户已确认"), "green"),
    }
    promises: dict[str, Tag] = {
        "OPEN": Tag(_("待办"), "gold"),
        "KEPT": Tag(_("已办到"), "green"),
        "DROPPED": Tag(_("不办了"), "grey"),
    }
    return [*tags, *(found for found in (promises.get(line.state), disputes.get(line.dispute)) if found)]


def _detail(line: journal.Line) -> str:
    return line.reason if line.amount_fen is None else _("%(sum)s 元") % {"sum": yuan(line.amount_fen)}


def problem_lines(viewer: AnyViewer, home: Household) -> list[Line]:
    """Return the open problems of a household, each as its sentence."""
    rows = open_problems(viewer, home.public_id)
    return [
        Line(
            problem_sentence(row.code, row.params),
            tag=Tag(row.code, SEVERITY_TONES.get(row.severity, "grey")),
            end=f"{row.sheet}!{row.column}{row.row}",
        )
        for row in rows
    ]


def who_looked_lines(home: Household, today: date) -> Sequence[Line]:
    """Return who looked at the household lately, and for what."""
    rows = who_looked(home.public_id, today=today, days=LOOKED_DAYS)[:_MOST]
    return [
        Line(
            f"{row.user.name} · {row.get_what_display()}"
            + (_("（%(unit)s）") % {"unit": row.reason} if row.reason else ""),
            end=_("%(day)s，%(times)d 次")
            % {"day": date_format(row.day, "SHORT_DATE_FORMAT"), "times": row.times},
        )
        for row in rows
    ]
