"""Tables of the shared classroom."""

from xiangqiao.learning.models.live import ClassEvent, Presence, Recording
from xiangqiao.learning.models.place import EndPoint, LinkCheck, School
from xiangqiao.learning.models.shelf import Book, Loan, Resource
from xiangqiao.learning.models.timetable import Course, Lesson, Seat, Slot, Term

__all__ = [
    "Book",
    "ClassEvent",
    "Course",
    "EndPoint",
    "Lesson",
    "LinkCheck",
    "Loan",
    "Presence",
    "Recording",
    "Resource",
    "School",
    "Seat",
    "Slot",
    "Term",
]
