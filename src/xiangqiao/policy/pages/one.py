"""One policy as a page."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.ui.cards import Figure, Line
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.kernel.ui.numbers import mu, whole, yuan
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.policy.pages.listing import span, status_tag
from xiangqiao.policy.queries import (
    fact_name,
    in_language,
    latest_screening,
    library,
    missing_facts,
    open_counts,
    totals_by_policy,
)
from xq_engine.policy import Policy
from xq_engine.policy.parameters import Parameter

_PARAMETER = re.compile(r'param\("(\w+)"\)')


def policy_context(viewer: Viewer, policy: Policy) -> dict[str, Any]:
    """Return what the page of a policy shows."""
    own = viewer.can(Can.READ_REGISTER)
    in_force = policy.is_in_force(viewer.today)
    base = f"{reverse('desk:households')}?policy={policy.id}"
    return {
        "policy": policy,
        "name": in_language(policy.name),
        "summary": in_language(policy.summary),
        "tags": [status_tag(policy.source_status), *([] if in_force else [Tag(_("今天不在有效期"), "grey")])],
        "valid": span(policy.valid_from, policy.valid_to),
        "screened": latest_screening(),
        "figures": _figures(viewer, policy, base) if own and in_force else [],
        "questions": _questions(viewer, policy, base) if own and in_force else [],
        "facts": _facts(policy),
        "criteria": [(in_language(one.text), one.clause, one.when_text) for one in policy.criteria],
        "papers": [in_language(paper) for paper in policy.papers],
        "sources": policy.sources,
        "parameters": [_parameter(one) for one in parameters_of(policy)],
        "examples": _examples(policy),
    }


def parameters_of(policy: Policy) -> list[Parameter]:
    """Return the dated values that a policy asks for by name."""
    text = " ".join([policy.amount.expr_text or "", *(one.when_text for one in policy.criteria)])
    known = library().parameters.by_name
    return [known[name] for name in dict.fromkeys(_PARAMETER.findall(text)) if name in known]


def _figures(viewer: Viewer, policy: Policy, base: str) -> list[Figure]:
    yes, unknown = open_counts(viewer).get(policy.id, (0, 0))
    lost = totals_by_policy(viewer).get(policy.id)
    homes = lost.households if lost else 0
    return [
        Figure(_("符合的户"), yes, _("户"), href=f"{base}&state=entitled", note=_("最近一次筛查")),
        Figure(
            _("应享未享"),
            homes,
            _("户"),
            href=base,
            note=_("已知金额约 %(yuan)s 元") % {"yuan": yuan(lost.amount_fen).removesuffix(".00")}
            if lost
            else "",
            tone="orange" if homes else "",
        ),
        Figure(_("缺信息的户"), unknown, _("户"), href=f"{base}&state=open", note=_("问到就能判定")),
    ]


def _questions(viewer: Viewer, policy: Policy, base: str) -> list[Line]:
    return [
        Line(
            _("问清“%(fact)s”") % {"fact": fact_name(fact)},
            href=f"{base}&state=open&lacks={fact}",
            end=_("%(n)s 户") % {"n": whole(n)},
        )
        for fact, n in missing_facts(viewer, policy.id)
    ]


def _facts(policy: Policy) -> list[tuple[str, Any]]:
    document = policy.document
    text = f"《{document.title}》" if document.title else None
    return [
        (
            pgettext("policy", "文件"),
            Cell(text, sub=" ".join(part for part in (document.number, document.date) if part)),
        ),
        (_("发文机关"), in_language(policy.issuer)),
        (_("有效期"), span(policy.valid_from, policy.valid_to)),
        (_("金额"), Cell(_amount(policy), sub=in_language(policy.amount.note))),
        (_("到哪里办"), in_language(policy.where)),
    ]


def _amount(policy: Policy) -> str:
    periods = {"once": _("一次"), "month": _("每月"), "term": _("每学期"), "year": _("每年")}
    if policy.amount.expr is None:
        return _("不发现金，或金额要看单据")
    return _("按下列标准计算，%(period)s") % {"period": periods[policy.amount.period]}


def _parameter(one: Parameter) -> DataTable:
    columns = [
        Column("when", _("从哪天到哪天")),
        Column("value", _("标准"), numeric=True),
        Column("region", _("地区")),
        Column("source", _("出处")),
        Column("status", _("依据")),
    ]
    rows = [
        Row(
            [
                span(value.valid_from, value.valid_to),
                _value(one.unit, value.value),
                value.region or _("全国"),
                value.source,
                status_tag(value.status),
            ]
        )
        for value in one.values
    ]
    return DataTable(id=f"parameter-{one.name}", columns=columns, rows=rows, caption=in_language(one.words))


def _value(unit: str, value: int) -> str:
    if unit == "fen":
        return _("%(yuan)s 元") % {"yuan": yuan(value)}
    return _("%(mu)s 亩") % {"mu": mu(value)} if unit == "centimu" else whole(value)


def _examples(policy: Policy) -> list[Line]:
    words: dict[str, tuple[str, Tone]] = {
        "yes": (_("符合"), "green"),
        "no": (_("不符合"), "grey"),
        "unknown": (_("缺信息"), "gold"),
    }
    return [
        Line(
            example.name,
            tag=Tag(words[example.verdict][0], words[example.verdict][1]),
            end=f"{example.as_of}",
        )
        for example in policy.examples
    ]
