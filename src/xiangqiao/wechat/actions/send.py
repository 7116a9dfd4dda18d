"""The outbox: words are kept in the transaction that wants them, and sent by the worker after it was committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.db import transaction

from xiangqiao.kernel import jobs
from xiangqiao.kernel.record import Act
from xiangqiao.wechat.models import OfficialAccount, Outgoing, seal_value

JOB = "wechat.send"
MOST_TRIES = 5
# WeChat takes 2,048 bytes of text.
LONGEST = 600


class Sender(Protocol):
    """What sends for one account."""

    def send(self, open_id: str, text: str) -> str:
        """Send words to a follower; return the empty string, or why it failed for good. Raises Busy to try again."""
        ...


class Busy(Exception):
    """Nothing was sent; it is worth trying again later."""


def want_sent(*, act: Act, account: OfficialAccount, open_id: str, text: str) -> Outgoing | None:
    """Keep words for a follower, and wake the worker, in the caller's transaction. Nothing for an empty text."""
    if not text:
        return None
    row = Outgoing(account=account, wanted_at=act.at)
    row.open_id_sealed = seal_value(row, "open_id_sealed", row.public_id, open_id)
    row.text_sealed = seal_value(row, "text_sealed", row.public_id, text[:LONGEST])
    row.save(force_insert=True)
    jobs.start(JOB, owner=None)
    return row


def send_waiting(sender_of: Callable[[OfficialAccount], Sender], *, now: datetime) -> int:
    """Send what waits, oldest first; return how many were sent.

    A row is held while it is sent, so two workers never send the same one. A machine that dies between the sending and
    the note sends that one again: of words for a person, twice is better than never.
    """
    sent = 0
    waiting = Outgoing.objects.filter(state=Outgoing.State.WAITING, tries__lt=MOST_TRIES)
    for pk in list(waiting.order_by("id").values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            row = Outgoing.objects.select_for_update().select_related("account").get(pk=pk)
            if row.state != Outgoing.State.WAITING:
                continue
            sent += _send_one(row, sender_of(row.account), now)
    return sent


def _send_one(row: Outgoing, sender: Sender, now: datetime) -> bool:
    row.tries += 1
    try:
        row.error = sender.send(row.opened("open_id"), row.opened("text"))[:120]
        row.state = Outgoing.State.FAILED if row.error else Outgoing.State.SENT
    except Busy as busy:
        row.error = str(busy)[:120]
        if row.tries >= MOST_TRIES:
            row.state = Outgoing.State.FAILED
    row.sent_at = now if row.state == Outgoing.State.SENT else None
    row.save()
    return row.state == Outgoing.State.SENT
