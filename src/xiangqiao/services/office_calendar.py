"""The offices' calendar of the years that are known, from dated data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from xiangqiao.services.rules.workdays import OfficeCalendar, calendar_of

FILE = Path(__file__).parent / "data" / "calendar.toml"


@cache
def office_calendar() -> OfficeCalendar:
    """Return the calendar by which time limits are reckoned."""
    years = tomllib.loads(FILE.read_text(encoding="utf-8"))["year"]
    holidays = [(one["first"], one["last"], one["works"]) for year in years for one in year["holiday"]]
    return calendar_of(holidays, [year["year"] for year in years])
