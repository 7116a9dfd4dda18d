"""Whether two lines of the timetable want the same room or teacher at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Wanted:
    """What a line of the timetable takes: a weekday, minutes from midnight, rooms (by key), a teacher."""

    weekday: int
    begins: int
    ends: int
    rooms: frozenset[int]
    teacher: UUID


def overlap(one: Wanted, other: Wanted) -> bool:
    """Return whether two lines lie in the same time."""
    return one.weekday == other.weekday and one.begins < other.ends and other.begins < one.ends


def clash(one: Wanted, other: Wanted) -> str:
    """Return `teacher` or `room` where two lines cannot both be, otherwise an empty string."""
    if not overlap(one, other):
        return ""
    if one.teacher == other.teacher:
        return "teacher"
    return "room" if one.rooms & other.rooms else ""
