"""What is known of a point: from evidence of different weight to one standing, by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Level(IntEnum):
    """How well something is known; the higher, the better."""

    UNKNOWN = 0
    PREDICTED = 1
    REPORTED = 2
    MEASURED = 3
    VERIFIED = 4


# Days for which evidence speaks. A prediction lives as long as the stations it was made from.
LASTS_DAYS = {Level.REPORTED: 365, Level.MEASURED: 730, Level.VERIFIED: 1095}
# A measurement by a third party or by the office with a test set; a browser's speed test is of grade C, a statement D.
GRADES_THAT_VERIFY = frozenset({"A", "B"})


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: how good, of which day, and whether there was service. `order` breaks ties of a day."""

    level: Level
    has_service: bool
    day: date
    grade: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands: the level, yes or no (None: not known), whether newer evidence of less weight speaks against it."""

    level: Level = Level.UNKNOWN
    has_service: bool | None = None
    disputed: bool = False
    item: Item | None = None


def standing(items: Iterable[Item], on: date) -> Standing:
    """Return what stands on a day: the highest level that still speaks, and within it the newest.

    "Verified" needs a measurement of grade A or B that still speaks; without one it counts as reported. A later item of
    less weight (but no prediction) that says the opposite does not win: it disputes, and a person goes and measures.
    """
    speaking = [one for one in items if _speaks(one, on)]
    if not speaking:
        return Standing()
    measured = any(one.level == Level.MEASURED and one.grade in GRADES_THAT_VERIFY for one in speaking)
    weighed = [(_weight(one, measured=measured), one.day, one.order, one) for one in speaking]
    level, _day, _order, best = max(weighed, key=lambda row: row[:3])
    against = any(
        weight > Level.PREDICTED
        and (day, order) > (best.day, best.order)
        and one.has_service != best.has_service
        for weight, day, order, one in weighed
    )
    return Standing(level, best.has_service, against, best)


def _weight(one: Item, *, measured: bool) -> Level:
    return Level.REPORTED if one.level == Level.VERIFIED and not measured else one.level


def _speaks(one: Item, on: date) -> bool:
    lasts = LASTS_DAYS.get(one.level)
    return one.day <= on and (lasts is None or on < one.day + timedelta(days=lasts))
