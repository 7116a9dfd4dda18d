"""In which order households ask for a visit: promises that are due, then who was not visited longest."""

from __future__ import annotations

from datetime import date

LONG, VERY_LONG = 90, 180


def rank(due_on: date | None, visited_on: date | None, today: date) -> tuple[int, date]:
    """Return the key by which households are ordered, the most urgent first.

    >>> today = date(2026, 6, 1)
    >>> rank(date(2026, 5, 1), today, today) < rank(None, None, today) < rank(None, date(2026, 5, 1), today)
    True
    """
    # A promise of the next two weeks goes before every visit; a later one waits its turn.
    if due_on is not None and (due_on - today).days <= 14:
        return (0, due_on)
    return (1, visited_on or date.min)


def days_since(visited_on: date | None, today: date) -> int | None:
    """Return the days since the last visit; None where there was none."""
    return None if visited_on is None else (today - visited_on).days
