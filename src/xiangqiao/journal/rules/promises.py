"""Which state of a promise may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

# A kept promise opens again where the household was found right that it was not kept.
FOLLOWS: Mapping[str, frozenset[str]] = {
    "OPEN": frozenset({"KEPT", "DROPPED"}),
    "KEPT": frozenset({"OPEN"}),
    "DROPPED": frozenset(),
}
NEEDS_REASON = frozenset({"DROPPED"})
# Days that the buttons of the form offer, and the furthest day that a promise may name.
OFFERED_DAYS = (7, 15, 30)
MOST_DAYS = 366


def may_follow(before: str, after: str) -> bool:
    """Return whether a promise may go from one state to another.

    >>> may_follow("OPEN", "KEPT"), may_follow("DROPPED", "OPEN")
    (True, False)
    """
    return after in FOLLOWS.get(before, frozenset())


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Return whether an open promise is past its day.

    >>> is_overdue("OPEN", date(2026, 1, 1), date(2026, 1, 1)), is_overdue("OPEN", date(2026, 1, 1), date(2026, 1, 2))
    (False, True)
    """
    return state == "OPEN" and due_on < today
