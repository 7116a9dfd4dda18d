"""The only place that reads the clock. Pages, api, tasks and commands pass what it says on as `now`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Return the calendar day of a moment where the county lies."""
    return moment.astimezone(LOCAL).date()


def today() -> date:
    """Return the present calendar day where the county lies."""
    return day_of(now())
