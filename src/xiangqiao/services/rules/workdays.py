"""Working days: weekends, holidays, and the weekends that are worked instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True)
class OfficeCalendar:
    """On which days offices are open. `years` are those whose holidays are known."""

    closed: frozenset[date]
    opened: frozenset[date]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Return whether offices are open on a day.

        >>> calendar = OfficeCalendar(frozenset({date(2026, 10, 1)}), frozenset({date(2026, 10, 10)}), frozenset({2026}))
        >>> [calendar.works(date(2026, 10, day)) for day in (1, 8, 10, 11)]
        [False, True, True, False]
        """
        return day in self.opened or (day.weekday() < _SATURDAY and day not in self.closed)

    def after(self, start: date, days: int) -> date:
        """Return the last day of a time limit of working days that begins the day after `start`.

        Source: 民法典 art. 201: the day on which a period begins is not counted.

        >>> OfficeCalendar(frozenset(), frozenset(), frozenset()).after(date(2026, 11, 20), 2)
        datetime.date(2026, 11, 24)
        """
        day, left = start, days
        while left > 0:
            day += timedelta(days=1)
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and with `end`; negative where `end` is before."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


def calendar_of(
    holidays: Iterable[tuple[date, date, Iterable[date]]], years: Iterable[int]
) -> OfficeCalendar:
    """Return the calendar of holidays given as (first day, last day, weekends worked instead)."""
    closed: set[date] = set()
    opened: set[date] = set()
    for first, last, instead in holidays:
        closed |= {first + timedelta(days=step) for step in range((last - first).days + 1)}
        opened |= set(instead)
    return OfficeCalendar(frozenset(closed), frozenset(opened), frozenset(years))
