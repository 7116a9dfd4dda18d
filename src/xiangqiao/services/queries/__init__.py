"""Reads of the information services, by noun."""

from xiangqiao.services.queries.agency import drawer_of, order_of_code, orders, recent_drawers
from xiangqiao.services.queries.applications import application, applications, entries_of, matter, matters
from xiangqiao.services.queries.boards import (
    courses,
    entry,
    goods_board,
    matches_of,
    notices_waiting,
    transfer_totals,
    vacancies,
)
from xiangqiao.services.queries.following import followed
from xiangqiao.services.queries.law import law, laws
from xiangqiao.services.queries.paid import paid_to
from xiangqiao.services.queries.questions import (
    offices,
    question,
    question_totals,
    questions,
    steps_of,
    waiting_for,
)

__all__ = [
    "application",
    "applications",
    "courses",
    "drawer_of",
    "entries_of",
    "entry",
    "followed",
    "goods_board",
    "law",
    "laws",
    "matches_of",
    "matter",
    "matters",
    "notices_waiting",
    "offices",
    "order_of_code",
    "orders",
    "paid_to",
    "question",
    "question_totals",
    "questions",
    "recent_drawers",
    "steps_of",
    "transfer_totals",
    "vacancies",
    "waiting_for",
]
