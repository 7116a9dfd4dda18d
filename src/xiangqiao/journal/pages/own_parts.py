"""The household's own page in plain words: visits, promises, benefits, other lines, each with what was said to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangqiao.journal.pages.parts import promise_tag
from xiangqiao.journal.queries import OwnPage
from xiangqiao.journal.rules.promises import is_overdue
from xiangqiao.journal.words import deeds_in_words
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.policy.queries import in_language

if TYPE_CHECKING:
    from xiangqiao.journal.models import Reply
    from xiangqiao.policy.queries import HouseholdVerdict


@dataclass(frozen=True)
class Told:
    """One line as the household reads it, with its own reply and how that stands."""

    kind: str
    subject: str
    when: str
    who: str
    text: str
    detail: str = ""
    tags: Sequence[Tag] = ()
    photo_url: str = ""
    reply: Reply | None = None

    @property
    def reply_tag(self) -> Tag | None:
        """Return how the household's reply stands, in words said to the household."""
        words: dict[str, Tag] = {
            "NOTED": Tag(_("您说：是这样"), "green"),
            "OPEN": Tag(_("您提了异议，等村里答复"), "orange"),
            "ANSWERED": Tag(_("已答复，还在核实"), "gold"),
            "SETTLED": Tag(_("已了结"), "grey"),
        }
        return words.get(self.reply.state) if self.reply else None

    @property
    def is_open(self) -> bool:
        """Whether a new reply may be given."""
        return self.reply is None or self.reply.state in {"NOTED", "SETTLED"}


def told_visits(found: OwnPage, photo_url: str) -> list[Told]:
    """Return the visits, as they read now."""
    lines = []
    for one in found.visits:
        visit, key = one.visit, str(one.visit.public_id)
        tags = [Tag(_("更正过"), "grey", icon="none")] if visit.revision > 1 else []
        lines.append(
            Told(
                "VISIT", key, date_format(localtime(visit.at), "DATE_FORMAT"), visit.who,
                _("%(mode)s：%(said)s")
                % {"mode": visit.get_mode_display(), "said": deeds_in_words(one.done)}, one.text, tags,
                photo_url.replace("00000000-0000-0000-0000-000000000000", key) if one.photo else "",
                found.replies.get(("VISIT", key)),
            )
        )  # fmt: skip
    return lines


def told_promises(found: OwnPage, today: date) -> list[Told]:
    """Return the open promises, the next due first."""
    return [
        Told(
            "PROMISE",
            str(one.public_id),
            _("%(day)s 前") % {"day": date_format(one.due_on, "DATE_FORMAT")},
            one.who,
            one.what,
            tags=[promise_tag(one.state, overdue=is_overdue(one.state, one.due_on, today))],
            reply=found.replies.get(("PROMISE", str(one.public_id))),
        )
        for one in found.promises
    ]


def told_lines(found: OwnPage) -> list[Told]:
    """Return what else stands on the timeline: promises that were closed, what the programmes did, changes."""
    shown = {line.subject for line in [*told_visits(found, ""), *told_promises(found, date.min)]}
    return [
        Told(
            line.kind,
            line.subject,
            date_format(localtime(line.at), "DATE_FORMAT"),
            line.who,
            line.what,
            _("%(sum)s 元") % {"sum": yuan(line.amount_fen)} if line.amount_fen else line.reason,
            [promise_tag(line.state)] if line.kind == "PROMISE" else [],
            reply=found.replies.get((line.kind, line.subject)),
        )
        for line in found.lines
        if not (line.kind and line.subject in shown)
    ]


@dataclass(frozen=True)
class Benefit:
    """A policy that the household meets: what it has of it, how much, and what to bring where."""

    told: Told
    amount: str
    papers: str
    where: str


def benefits(found: OwnPage) -> list[Benefit]:
    """Return the policies that the household meets, what it has not first."""
    rows = [_benefit(found, group) for group in found.benefits]
    return sorted(rows, key=lambda one: one.papers == "")


def _benefit(found: OwnPage, group: list[HouseholdVerdict]) -> Benefit:
    row = group[0]
    has = row.received or row.claim is not None
    if row.claim is not None:
        tones = {"RECEIVING": "green", "APPLIED": "gold"}
        tag = Tag(str(row.claim.get_state_display()), tones.get(row.claim.state, "grey"))  # type: ignore[arg-type]
    else:
        tag = Tag(_("已享受"), "green") if row.received else Tag(_("可以申请"), "orange")
    fen = [one.verdict.amount_fen for one in group if one.verdict.amount_fen is not None]
    periods = {"once": _("一次"), "month": _("每月"), "term": _("每学期"), "year": _("每年")}
    amount = (
        _("%(yuan)s 元／%(period)s")
        % {"yuan": yuan(sum(fen)).removesuffix(".00"), "period": periods[row.policy.amount.period]}
        if fen
        else ""
    )
    told = Told(
        "POLICY", row.policy.id, "", "", in_language(row.policy.name), in_language(row.policy.summary), [tag],
        reply=found.replies.get(("POLICY", row.policy.id)),
    )  # fmt: skip
    papers = "" if has else _("、").join(in_language(paper) for paper in row.policy.papers)
    return Benefit(told, amount, papers, in_language(row.policy.where))
