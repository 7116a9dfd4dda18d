"""The way of a thing as its asker reads it: what happened when, by which office, in sentences."""

from __future__ import annotations

from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.ui.flow import TimelineEntry
from xiangqiao.services import queries

SENTENCES: dict[str, Promise] = {
    "services.asked": _("提交问题"),
    "services.assigned": _("转给负责单位"),
    "services.accepted": _("单位受理"),
    "services.passed_on": _("转到管这件事的单位"),
    "services.escalated": _("几个单位都说不归它管，由信息服务中心协调"),
    "services.refused": _("说明不受理，告知该找谁"),
    "services.answered": _("答复"),
    "services.rated": _("提问人评价"),
    "services.reopened": _("提问人说还没解决，再办一次"),
    "services.question_withdrawn": _("提问人撤回"),
    "services.applied": _("提交申请"),
    "services.papers_wanted": _("单位要求补材料"),
    "services.papers_brought": _("补了材料"),
    "services.decided": _("作出决定"),
    "services.collected": _("领取"),
    "services.job_wanted": _("报名"),
    "services.worker_seated": _("安排上车"),
    "services.worker_arrived": _("到岗"),
    "services.worker_declined": _("不去了"),
    "services.worker_followed_up": _("三个月回访"),
    "services.enrolled": _("报名"),
    "services.seat_cancelled": _("取消报名"),
    "services.goods_listed": _("登记"),
    "services.goods_answered": _("有人留言"),
    "services.goods_settled": _("成交"),
    "services.goods_down": _("撤下"),
    "services.submitted_out": _("送复核，复核后公开"),
}


def way_of(row: Any, *, who: bool = False) -> list[TimelineEntry]:
    """Return the steps of a thing, oldest first; with who did them only on the desk."""
    return [
        TimelineEntry(
            formats.date_format(timezone.localtime(at), "DATETIME_FORMAT"),
            str(SENTENCES[kind]),
            at.isoformat(),
            who=label if who else "",
        )
        for at, kind, label in queries.steps_of(row)
        if kind in SENTENCES
    ]
