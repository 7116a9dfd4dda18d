"""What of the services may be public, column by column."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from xiangqiao.kernel import publication as guard

QUESTION = guard.Kind(
    code="services.question",
    title=gettext_noop("问答公开"),
    columns=(
        guard.Column("topic", gettext_noop("类别")),
        guard.Column("question", gettext_noop("问题")),
        guard.Column("answer", gettext_noop("答复")),
        guard.Column("office", gettext_noop("答复单位")),
        guard.Column("township", gettext_noop("乡镇"), guard.Of.TOWNSHIP),
        guard.Column("answered_on", gettext_noop("答复日期"), guard.Of.DATE),
    ),
    keep_days=730,
)
GOODS = guard.Kind(
    code="services.goods",
    title=gettext_noop("农产品供求"),
    columns=(
        guard.Column("kind", gettext_noop("供或求")),
        guard.Column("crop", gettext_noop("品种")),
        guard.Column("kilograms", gettext_noop("数量（公斤）"), guard.Of.COUNT),
        guard.Column("price", gettext_noop("每公斤价格"), guard.Of.FEN),
        guard.Column("note", gettext_noop("说明")),
        guard.Column("township", gettext_noop("乡镇"), guard.Of.TOWNSHIP),
        guard.Column("until", gettext_noop("有效期至"), guard.Of.DATE),
    ),
    keep_days=91,
)
JOB = guard.Kind(
    code="services.job",
    title=gettext_noop("务工岗位"),
    columns=(
        guard.Column("title", gettext_noop("岗位")),
        guard.Column("employer", gettext_noop("用工单位")),
        guard.Column("where", gettext_noop("地点")),
        guard.Column("wage_from", gettext_noop("工资从"), guard.Of.FEN),
        guard.Column("wage_to", gettext_noop("工资到"), guard.Of.FEN),
        guard.Column("period", gettext_noop("计薪")),
        guard.Column("places", gettext_noop("人数"), guard.Of.COUNT),
        guard.Column("wants", gettext_noop("要求")),
        guard.Column("grant", gettext_noop("路费补助"), guard.Of.FEN),
        guard.Column("until", gettext_noop("截止"), guard.Of.DATE),
    ),
    keep_days=180,
)
COURSE = guard.Kind(
    code="services.course",
    title=gettext_noop("劳动力培训"),
    columns=(
        guard.Column("title", gettext_noop("课程")),
        guard.Column("about", gettext_noop("内容")),
        guard.Column("organiser", gettext_noop("主办")),
        guard.Column("place", gettext_noop("地点")),
        guard.Column("seats", gettext_noop("名额"), guard.Of.COUNT),
        guard.Column("first_day", gettext_noop("开课"), guard.Of.DATE),
        guard.Column("until", gettext_noop("报名截止"), guard.Of.DATE),
    ),
    keep_days=180,
)
ANNOUNCEMENT = guard.Kind(
    code="services.announcement",
    title=gettext_noop("公告"),
    columns=(
        guard.Column("sort", gettext_noop("类别")),
        guard.Column("text", gettext_noop("内容")),
        guard.Column("office", gettext_noop("发布单位")),
    ),
    keep_days=365,
)
KINDS = {kind.code: kind for kind in (QUESTION, GOODS, JOB, COURSE, ANNOUNCEMENT)}
