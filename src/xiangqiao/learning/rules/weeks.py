"""The weeks of a term that are over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

_SCHOOL_DAYS, _WEEK = 5, 7


def school_weeks(first: date, until: date, days_off: Collection[str]) -> list[tuple[date, date]]:
    """Return the whole weeks from a day that end before another, first and last day; those without a school day fall out.

    Days off are ISO dates; Saturdays and Sundays are no school days.

    >>> len(school_weeks(date(2026, 11, 2), date(2026, 11, 16), []))
    2
    >>> len(school_weeks(date(2026, 11, 2), date(2026, 11, 16), [f"2026-11-{n:02}" for n in range(2, 7)]))
    1
    """
    found, begin = [], first
    while begin + timedelta(days=_WEEK) <= until:
        days = [begin + timedelta(days=n) for n in range(_WEEK)]
        if any(one.weekday() < _SCHOOL_DAYS and one.isoformat() not in days_off for one in days):
            found.append((days[0], days[-1]))
        begin += timedelta(days=_WEEK)
    return found
