"""A question that came by WeChat is answered by WeChat."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.services.events import QuestionAnswered, QuestionRefused
from xiangqiao.wechat.actions import want_sent
from xiangqiao.wechat.queries import thread_of


def answered(event: QuestionAnswered) -> None:
    """Bring the answer to who asked."""
    thread = thread_of(event.question)
    if thread is not None:
        words = _("您问的“%(title)s”有答复了：%(answer)s\n还没解决，请带查询码在网上点“请再办一次”，或找村里站点。") % {
            "title": event.title, "answer": event.answer,
        }  # fmt: skip
        want_sent(act=event.act, account=thread.account, open_id=thread.open_id, text=words)


def refused(event: QuestionRefused) -> None:
    """Say where to go instead."""
    thread = thread_of(event.question)
    if thread is not None:
        words = _("您问的“%(title)s”不归县里的单位管：%(where)s") % {
            "title": event.title,
            "where": event.where_to,
        }
        want_sent(act=event.act, account=thread.account, open_id=thread.open_id, text=words)
