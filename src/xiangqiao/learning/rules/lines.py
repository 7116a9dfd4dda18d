"""Whether a room's line is ready for a lesson.

The live stream is 350 kbit/s of picture and 32 kbit/s of sound; half as much again is asked for what comes and goes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

STREAM_KBPS = 382
GOOD_KBPS = STREAM_KBPS * 3 // 2
FRESH = timedelta(hours=24)


class Ready(StrEnum):
    """What a line is good for."""

    GOOD = "GOOD"
    WEAK = "WEAK"
    BAD = "BAD"
    UNKNOWN = "UNKNOWN"


def readiness(checked_at: datetime | None, kbps: int | None, *, now: datetime) -> Ready:
    """Return how ready a line is; a check older than a day says nothing."""
    if checked_at is None or kbps is None or now - checked_at > FRESH:
        return Ready.UNKNOWN
    if kbps >= GOOD_KBPS:
        return Ready.GOOD
    return Ready.WEAK if kbps >= STREAM_KBPS else Ready.BAD
