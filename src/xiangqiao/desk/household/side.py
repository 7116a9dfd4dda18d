"""What stands on the right of the household page: timeline, problems, who looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

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


def timeline(viewer: AnyViewer, home: Household, now: datetime) -> list[TimelineEntry]:
    """Return the household's timeline; where it is empty, that it came with the register."""
    lines = journal.timeline(viewer, home.public_id, now=now)
    return [
        TimelineEntry(
            when=date_format(localtime(line.at), "SHORT_DATE_FORMAT"),
            text=line.what,
            datetime=localtime(line.at).isoformat(),
            who=line.who,
            detail=_detail(line),
            href=line.link,
            tags=[Tag(line.programme, "green")] if line.programme else (),
        )
        for line in lines
    ]


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
            f"{row.user.name} · {row.get_what_display()}" + (f"（{row.reason}）" if row.reason else ""),
            end=_("%(day)s，%(times)d 次")
            % {"day": date_format(row.day, "SHORT_DATE_FORMAT"), "times": row.times},
        )
        for row in rows
    ]
