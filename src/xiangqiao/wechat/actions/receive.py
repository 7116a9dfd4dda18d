"""A message comes in: a question is asked, or its progress is told. The words go back by the outbox, not in the answer.

WeChat waits five seconds and then sends the same message again, up to three times; so nothing here waits for anything.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services import actions as services
from xiangqiao.wechat.actions.send import want_sent
from xiangqiao.wechat.models import OfficialAccount, Received, Thread, seal_value
from xiangqiao.wechat.queries import latest_of
from xiangqiao.wechat.rules.messages import Incoming, title_of, topic_of

_SHORTEST = 6
_PROGRESS = ("进度", "查询", "查", "?", "？")


def receive(*, account: OfficialAccount, message: Incoming, now: datetime) -> bool:
    """Take a message once; return whether it was new. All it leads to is committed together, or nothing is."""
    act = Act(by=services.Guest(label=f"微信：{account.name}"), at=now, source=Source.API)
    try:
        with transaction.atomic():
            Received.objects.create(account=account, key=message.key, at=now)
            want_sent(act=act, account=account, open_id=message.sender, text=_reply(act, account, message))
    except IntegrityError:
        if not Received.objects.filter(account=account, key=message.key).exists():
            raise
        return False
    return True


def _reply(act: Act, account: OfficialAccount, message: Incoming) -> str:
    if message.kind != "text":
        if message.event == "unsubscribe":
            return ""
        return _(
            "您好，这里是%(name)s。把要问的事用文字发过来就行：什么事、在哪个村。想看办到哪一步，发“进度”。"
        ) % {"name": account.name}
    if message.text in _PROGRESS:
        return _progress(account, message.sender)
    if len(message.text) < _SHORTEST:
        return _("请多写几个字：什么事、在哪个村、从什么时候起，我们才知道转给谁。")
    try:
        return _asked(act, account, message)
    except ActionError as refusal:
        return refusal.message


def _asked(act: Act, account: OfficialAccount, message: Incoming) -> str:
    text = message.text[:2000]
    asker = services.Asker(
        division_code=account.division_code, channel=services.Channel.WECHAT, source_note=account.name
    )
    question, code = services.ask(act=act, asker=asker, topic=topic_of(text), title=title_of(text), text=text)
    row = Thread(
        account=account, question=question.public_id, open_id_hash=open_id_hash(account, message.sender)
    )
    row.open_id_sealed = seal_value(row, "open_id_sealed", row.public_id, message.sender)
    with recording("wechat.question_taken", act, division_code=account.division_code) as record:
        record.create(row)
    office = question.office.name if question.office else _("信息服务中心（先分办）")
    return _("收到了，已转给%(office)s，%(day)s 前答复，答复会发到这里。查询码 %(code)s。") % {
        "office": office, "day": question.due_on, "code": code,
    }  # fmt: skip


def _progress(account: OfficialAccount, open_id: str) -> str:
    found = latest_of(account, open_id_hash(account, open_id))
    if found is None:
        return _("您还没有在这里提过问题。把要问的事发过来就行。")
    return _("“%(title)s”：%(state)s。%(answer)s") % {
        "title": found.title, "state": found.state, "answer": found.answer,
    }  # fmt: skip


def open_id_hash(account: OfficialAccount, open_id: str) -> str:
    """Return the keyed hash of an open id, which is a person's only within one account."""
    return vault().blind("wechat.open_id", f"{account.app_id}|{open_id}")
