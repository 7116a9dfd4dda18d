"""A season of every programme in the demo village, through the very actions that a county uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import override

from xiangqiao.config.season import clinic, commerce, coverage, giving, information, journal, learning
from xiangqiao.config.season.stage import Stage, set_stage

# What is played, in order: each with its name and the function that plays it.
PLAYS: list[tuple[str, Callable[[Stage], None]]] = [
    # First: others may name its sites.
    ("网络覆盖", coverage.play),
    ("农村电商", commerce.play),
    ("journal", journal.play),
    ("clinic", clinic.play),
    ("网络公益", giving.play),
    ("信息服务", information.play),
    ("网络扶智", learning.play),
]


def play_season(county: str, folder: Path, *, now: datetime, tick: Callable[[int, int], None]) -> None:
    """Play every programme's season. `folder` takes the files that a programme imports."""
    stage = set_stage(county, folder, now=now)
    # The people of the village speak Chinese, in whatever language the operator reads the command.
    with override("zh-hans"):
        for number, (_name, play) in enumerate(PLAYS, start=1):
            play(stage)
            tick(number, len(PLAYS))
