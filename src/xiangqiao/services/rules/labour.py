"""The ways of an applicant for work and of who is enrolled in a course."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

APPLIED, SEATED, ARRIVED, WORKING, LEFT, DECLINED = (
    "APPLIED", "SEATED", "ARRIVED", "WORKING", "LEFT", "DECLINED",
)  # fmt: skip
TRANSITIONS: Final[dict[str, dict[str, str]]] = {
    APPLIED: {"seat": SEATED, "decline": DECLINED},
    SEATED: {"arrive": ARRIVED, "give_up": APPLIED, "decline": DECLINED},
    ARRIVED: {"still_working": WORKING, "leave": LEFT},
    WORKING: {"leave": LEFT},
    LEFT: {},
    DECLINED: {},
}
# Who arrived is asked again after so many days: help with work counts when it lasts.
FOLLOW_UP_DAYS = 90


def next_state(state: str, step: str) -> str | None:
    """Return where a step leads, None where it cannot be taken.

    >>> next_state("APPLIED", "seat"), next_state("LEFT", "seat")
    ('SEATED', None)
    """
    return TRANSITIONS[state].get(step)


def follow_up_due(arrived_on: date | None, state: str, today: date) -> bool:
    """Return whether somebody should be asked whether they still work there.

    >>> follow_up_due(date(2026, 7, 1), "ARRIVED", date(2026, 11, 1)), follow_up_due(None, "SEATED", date(2026, 11, 1))
    (True, False)
    """
    return (
        state == ARRIVED and arrived_on is not None and arrived_on + timedelta(days=FOLLOW_UP_DAYS) <= today
    )
