"""The way of a lesson. One table; nothing else moves a lesson."""

from __future__ import annotations

# From each state the states that may follow.
MOVES: dict[str, frozenset[str]] = {
    "PLANNED": frozenset({"LIVE", "CANCELLED", "MISSED"}),
    "LIVE": frozenset({"ENDED"}),
    "ENDED": frozenset({"LIVE", "PUBLISHED"}),
    # Whoever was recorded took the consent back.
    "PUBLISHED": frozenset({"ENDED"}),
    # Taught late after all: the line was down at the hour, the lesson was held the same day.
    "MISSED": frozenset({"LIVE", "CANCELLED"}),
    "CANCELLED": frozenset(),
}


def may(before: str, after: str) -> bool:
    """Return whether a lesson may go from one state to another.

    >>> may("PLANNED", "LIVE"), may("CANCELLED", "LIVE")
    (True, False)
    """
    return after in MOVES[before]
