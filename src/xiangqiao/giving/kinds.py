"""The public list of giving: one appeal, as one row without a name."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from xiangqiao.kernel import publication as guard

# Longest time that an appeal stands on the board before it must be looked at again.
KEEP_DAYS = 180

APPEAL = guard.Kind(
    code="giving.appeal",
    title=gettext_noop("需求榜"),
    columns=(
        guard.Column("case", gettext_noop("公示编号")),
        guard.Column("township", gettext_noop("乡镇"), guard.Of.TOWNSHIP),
        guard.Column("text", gettext_noop("说明")),
        guard.Column("needs", gettext_noop("需要什么")),
        guard.Column("cost", gettext_noop("合计"), guard.Of.FEN),
    ),
    name_rule=guard.NameRule.NONE,
    keep_days=KEEP_DAYS,
)

REPORT = guard.Kind(
    code="giving.report",
    title=gettext_noop("结案报告"),
    columns=(
        guard.Column("case", gettext_noop("公示编号")),
        guard.Column("text", gettext_noop("报告")),
        guard.Column("given", gettext_noop("收到")),
    ),
    name_rule=guard.NameRule.NONE,
    keep_days=3 * 365,
)
KINDS = {one.code: one for one in (APPEAL, REPORT)}
