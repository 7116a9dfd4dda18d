"""Put the technique texts that come with the product on the shelf as drafts; the office reads and publishes them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.journal.actions.shipped import draft_shipped_texts
from xiangqiao.kernel import clock
from xiangqiao.kernel.act import Act, Source


class Command(BaseCommand):
    help = "Drafts the technique texts that come with the product; publish them on the page 扶贫技术."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Draft what is not there yet and say how many."""
        act = Act(by=SystemViewer("随系统提供"), at=clock.now(), source=Source.COMMAND)
        self.stdout.write(f"{draft_shipped_texts(act=act)} drafts are new.")
