"""Reads of giving, by noun."""

from xiangqiao.giving.queries.appeals import appeal, appeals, home_of, private_words
from xiangqiao.giving.queries.board import (
    board,
    closing_report,
    open_needs,
    shown_appeal,
    waiting_publications,
)
from xiangqiao.giving.queries.books import Books, check_books
from xiangqiao.giving.queries.gifts import followed, gift, gifts, own_gifts
from xiangqiao.giving.queries.initiatives import initiative, initiatives

__all__ = [
    "Books",
    "appeal",
    "appeals",
    "board",
    "check_books",
    "closing_report",
    "followed",
    "gift",
    "gifts",
    "home_of",
    "initiative",
    "initiatives",
    "open_needs",
    "own_gifts",
    "private_words",
    "shown_appeal",
    "waiting_publications",
]
