"""The worker: long work one after the other, and the sealing of the log in between."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.module_loading import autodiscover_modules

from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.seal import seal_pending
from xiangqiao.kernel.working import sweep

logger = logging.getLogger(__name__)
SEAL_EVERY = 10.0


class Command(BaseCommand):
    """Do long work until told to stop."""

    help = "Run queued jobs and seal the log, until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="do what waits, seal, and end")

    def handle(self, *_args: Any, once: bool = False, **_options: Any) -> None:
        """Loop: jobs first, then seal, then wait a second."""
        autodiscover_modules("tasks")
        sweep()
        stopping = threading.Event()
        if not once:
            _stop_on_signal(stopping)
        since = SEAL_EVERY
        while not stopping.is_set():
            close_old_connections()
            worked = _guarded(lambda: jobs.run_next(stopping.is_set))
            if not worked and (once or since >= SEAL_EVERY):
                _guarded(lambda: seal_pending(clock.now()))
                since = 0.0
            if once and not worked:
                return
            if not worked:
                stopping.wait(1.0)
                since += 1.0


def _guarded(step: Any) -> Any:
    """Do a step; an error is written to the log of the process and the worker goes on."""
    try:
        return step()
    except Exception:
        logger.exception("the worker stumbled")
        return None


def _stop_on_signal(stopping: threading.Event) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
