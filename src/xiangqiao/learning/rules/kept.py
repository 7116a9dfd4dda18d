"""What became of a lesson in a room, from intervals alone.

Source: the two rates of the shared classroom (开课率, 课表执行率) as asked of counties by 教科技〔2020〕3号, "开齐、开足、开好";
the threshold of 80 % of the planned minutes and the week for a replay are this product's and stand on every page that shows a rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

SHARE = 0.8
REPLAY_WITHIN = timedelta(days=7)
Span = tuple[datetime, datetime]


class Kept(StrEnum):
    """What became of one lesson in one receiving room."""

    HELD = "HELD"
    REPLAYED = "REPLAYED"
    MADE_UP = "MADE_UP"
    CANCELLED = "CANCELLED"
    MISSED = "MISSED"
    # The week for a replay is not over yet.
    OPEN = "OPEN"
    AHEAD = "AHEAD"


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as spans that do not touch, in order; empty and reversed ones fall out."""
    found: list[Span] = []
    for begin, end in sorted(one for one in spans if one[1] > one[0]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def common(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """Return the time that lies in both."""
    one, other = merged(first), merged(second)
    return merged((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)


def seconds(spans: Iterable[Span]) -> float:
    """Return how long spans last together, counting no moment twice."""
    return sum((end - begin).total_seconds() for begin, end in merged(spans))


def kept(
    planned: Span,
    *,
    lead: Sequence[Span],
    here: Sequence[Span],
    replays: Sequence[Span],
    recorded_seconds: float,
    cancelled: bool,
    made_up: bool,
    now: datetime,
) -> Kept:
    """Return what became of a lesson in a room.

    Held: both ends were connected for at least 80 % of the planned minutes (wherever in time: a lesson that began late
    and went on longer is held). Replayed: within a week at least 80 % of the recording was watched.
    """
    if cancelled:
        return Kept.MADE_UP if made_up else Kept.CANCELLED
    wanted = SHARE * (planned[1] - planned[0]).total_seconds()
    if seconds(common(lead, here)) >= wanted:
        return Kept.HELD
    until = planned[1] + REPLAY_WITHIN
    watched = seconds(common(replays, [(planned[0], until)]))
    if recorded_seconds > 0 and watched >= SHARE * recorded_seconds:
        return Kept.REPLAYED
    if now < planned[1]:
        return Kept.AHEAD
    return Kept.OPEN if now < until and recorded_seconds > 0 else Kept.MISSED
