"""The worker sends what the outbox holds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel import clock, jobs
from xiangqiao.wechat.actions.send import JOB, send_waiting


@jobs.kind(JOB, title=_("发送微信消息"))
def send(run: jobs.Running) -> None:
    """Send every message that waits."""
    # Loads an HTTP client, which the web process does not need.
    from xiangqiao.wechat.client import Client

    count = send_waiting(Client, now=clock.now())
    run.advance(count, total=count, cursor={})
