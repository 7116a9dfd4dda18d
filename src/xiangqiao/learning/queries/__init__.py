"""Reads of the shared classroom, by noun."""

from xiangqiao.learning.queries.figures import Opened, Place, Rates, opened, outcomes, rates
from xiangqiao.learning.queries.lessons import (
    attends,
    courses,
    lesson_named,
    lessons,
    own_seats,
    recording_named,
    room_named,
    rooms,
    seat_of,
    slots,
    teaches,
    term_on,
    terms,
)
from xiangqiao.learning.queries.shelf import book_named, books, loans_out, resources

__all__ = [
    "Opened",
    "Place",
    "Rates",
    "attends",
    "book_named",
    "books",
    "courses",
    "lesson_named",
    "lessons",
    "loans_out",
    "opened",
    "outcomes",
    "own_seats",
    "rates",
    "recording_named",
    "resources",
    "room_named",
    "rooms",
    "seat_of",
    "slots",
    "teaches",
    "term_on",
    "terms",
]
