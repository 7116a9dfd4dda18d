"""Steps with a bar each, on standard error, and how long they took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Tick = Callable[[int, int], None]


class Steps:
    """Runs named steps one after the other and keeps their seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._bars = Progress(
            TextColumn("{task.description:<24}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def __enter__(self) -> Steps:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    @contextmanager
    def step(self, name: str, label: str) -> Iterator[Tick]:
        """Open a step; the yielded function is told (done, total)."""
        task = self._bars.add_task(label, total=1)
        begun = time.perf_counter()
        last = 1

        def tick(done: int, total: int) -> None:
            nonlocal last
            last = max(total, 1)
            self._bars.update(task, completed=done, total=last)

        yield tick
        self.seconds[name] = round(time.perf_counter() - begun, 2)
        self._bars.update(task, completed=last, total=last)
