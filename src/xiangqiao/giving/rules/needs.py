"""What needs are counted in, and what a phone looks like. Pure."""

from __future__ import annotations

import re

# Goods and jobs in pieces, hours in minutes, what is handed over in fen.
UNIT_OF = {"GOODS": "PIECE", "JOB": "PIECE", "HOURS": "MINUTE", "DIRECT": "FEN", "MONEY": "FEN"}


def phone_is_good(text: str) -> bool:
    """Return whether a text is a mobile number, however it is spaced.

    >>> phone_is_good("138 0013 8000"), phone_is_good("12345")
    (True, False)
    """
    return bool(re.fullmatch(r"1[3-9]\d{9}", re.sub(r"[\s-]", "", text)))


def entered(kind: str, amount: float) -> int:
    """Return a quantity as forms take it (pieces, hours, yuan) in the unit of the books.

    >>> entered("HOURS", 1.5), entered("DIRECT", 300.25), entered("GOODS", 4)
    (90, 30025, 4)
    """
    factor = {"HOURS": 60, "DIRECT": 100, "MONEY": 100}.get(kind, 1)
    return round(amount * factor)
