"""Reads of the information services, by noun."""

from xiangqiao.services.queries.agency import drawer_of, order_of_code, orders, recent_drawers
from xiangqiao.services.queries.announcements import (
    announced_by,
    announcement,
    announcements,
    file_for_all,
    file_under_review,
)
from xiangqiao.services.queries.applications import application, applications, entries_of, matter, matters
from xiangqiao.services.queries.boards import (
    course_named,
    courses,
    doubts_of,
    entry,
    free_seats,
    goods_board,
    matches_of,
    notice_named,
    notices_waiting,
    transfer_totals,
    vacancies,
    vacancy_named,
)
from xiangqiao.services.queries.following import asked_by, followed, found_by_code, own_row
from xiangqiao.services.queries.law import law, laws
from xiangqiao.services.queries.paid import home_words, paid_to
from xiangqiao.services.queries.questions import (
    duties,
    offices,
    question,
    question_totals,
    questions,
    steps_of,
    waiting_for,
)

__all__ = [
    "announced_by",
    "announcement",
    "announcements",
    "application",
    "applications",
    "asked_by",
    "course_named",
    "courses",
    "doubts_of",
    "drawer_of",
    "duties",
    "entries_of",
    "entry",
    "file_for_all",
    "file_under_review",
    "followed",
    "found_by_code",
    "free_seats",
    "goods_board",
    "home_words",
    "law",
    "laws",
    "matches_of",
    "matter",
    "matters",
    "notice_named",
    "notices_waiting",
    "offices",
    "order_of_code",
    "orders",
    "own_row",
    "paid_to",
    "question",
    "question_totals",
    "questions",
    "recent_drawers",
    "steps_of",
    "transfer_totals",
    "vacancies",
    "vacancy_named",
    "waiting_for",
]
