"""What the household is entitled to, and why: verdicts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiangqiao.desk.words import fact_name
from xiangqiao.kernel.ui.flow import Reason, Verdict
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.policy.queries import HouseholdVerdict

if TYPE_CHECKING:
    from xq_engine.policy import Policy, Words

ANSWERS: dict[bool | None, Any] = {True: "met", False: "unmet", None: "missing"}


def in_language(words: Words) -> str:
    """Return a bilingual text in the language of the page."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def verdict_view(row: HouseholdVerdict, names: dict[UUID, str]) -> Verdict:
    """Return one verdict as the page shows it: every criterion up to the one that decides, in words."""
    policy = row.policy
    who = f" · {names.get(row.person, '')}" if row.person else ""
    return Verdict(
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
    if row.verdict.verdict == "yes" and row.claim is None and row.policy.papers:
        papers = _("、").join(in_language(paper) for paper in row.policy.papers)
        return _("带上：%(papers)s；到 %(where)s 办理") % {
            "papers": papers,
            "where": in_language(row.policy.where),
        }
    return ""
