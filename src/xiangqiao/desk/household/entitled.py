"""What the household is entitled to, and why: verdicts in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from xiangqiao.desk.household.grouping import Group, whom
from xiangqiao.kernel.ui.flow import Reason, Verdict
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.policy.queries import HouseholdVerdict, fact_name, in_language

if TYPE_CHECKING:
    from xq_engine.policy import Policy

ANSWERS: dict[bool | None, Any] = {True: "met", False: "unmet", None: "missing"}


def verdict_view(group: Group, names: dict[UUID, str]) -> Verdict:
    """Return verdicts that read the same as the page shows them: every criterion up to the one that decides, in words.

    A refusal that holds for everybody names nobody.
    """
    row = group[0]
    policy = row.policy
    people = "" if row.verdict.verdict == "no" and len(group) == len(names) else whom(group, names)
    who = f" · {people}" if people else ""
    return Verdict(
        href=reverse("policy:policy", args=[policy.id]),
        name=in_language(policy.name) + who,
        tag=state(row),
        reasons=_reasons(row),
        amount=amount(policy, row.verdict.amount_fen),
        next_step=_next_step(row),
    )


def state(row: HouseholdVerdict) -> Tag:
    """Return the state of a verdict as a tag: what the household has, may have, or why not."""
    if row.claim is not None:
        tones: dict[str, Any] = {"RECEIVING": "green", "APPLIED": "gold", "DECLINED": "grey"}
        return Tag(str(row.claim.get_state_display()), tones[row.claim.state])
    if row.received:
        return Tag(_("已享受"), "green")
    if row.verdict.verdict == "yes":
        return Tag(_("应享未享"), "orange")
    if row.verdict.verdict == "unknown":
        return Tag(_("缺信息"), "gold", icon="question-mark")
    return Tag(_("不符合"), "grey")


def amount(policy: Policy, fen: int | None) -> str:
    """Return an amount with its period; nothing where the benefit is no money."""
    if fen is None:
        return ""
    periods = {"once": _("一次"), "month": _("每月"), "term": _("每学期"), "year": _("每年")}
    return _("%(yuan)s 元／%(period)s") % {
        "yuan": yuan(fen).removesuffix(".00"),
        "period": periods[policy.amount.period],
    }


def _reasons(row: HouseholdVerdict) -> list[Reason]:
    texts = {criterion.id: in_language(criterion.text) for criterion in row.policy.criteria}
    results = row.verdict.criteria
    if row.verdict.verdict == "no":
        results = tuple(result for result in results if result.value is False)[:1]
    return [Reason(ANSWERS[result.value], texts[result.id]) for result in results]


def _next_step(row: HouseholdVerdict) -> str:
    """Name the question to ask, or the papers to bring. Never advice to work or earn less."""
    if row.verdict.verdict == "unknown":
        facts = _("、").join(dict.fromkeys(fact_name(name) for name in row.verdict.missing))
        return _("还缺：%(facts)s") % {"facts": facts} if facts else ""
    if row.verdict.verdict == "yes" and not row.received and row.claim is None and row.policy.papers:
        papers = _("、").join(in_language(paper) for paper in row.policy.papers)
        return _("带上：%(papers)s；到 %(where)s 办理") % {
            "papers": papers,
            "where": in_language(row.policy.where),
        }
    return ""


@dataclass(frozen=True)
class Claimable:
    """A verdict with the buttons that say what became of it."""

    view: Verdict
    policy: str
    people: list[str]
    states: list[tuple[str, str]]


def claimable(group: Group, names: dict[UUID, str], *, may_claim: bool) -> Claimable:
    """Return a verdict with the states it may be noted as: only what the household meets, and not what it is already."""
    row = group[0]
    offered = {"APPLIED": _("已申请"), "RECEIVING": _("已享受"), "DECLINED": _("本人不要")}
    if not may_claim or row.received or row.verdict.verdict != "yes":
        offered = {}
    present = row.claim.state if row.claim else ""
    return Claimable(
        verdict_view(group, names),
        row.policy.id,
        [str(one.person or "") for one in group],
        [(state, text) for state, text in offered.items() if state != present],
    )


def next_question(rows: list[HouseholdVerdict]) -> tuple[str, int] | None:
    """Return the fact that, once known, decides most open policies, and how many; None where nothing is open."""
    asked = Counter(
        fact for row in rows if row.verdict.verdict == "unknown" for fact in row.verdict.missing[:1]
    )
    if not asked:
        return None
    fact, count = asked.most_common(1)[0]
    return fact_name(fact), count
