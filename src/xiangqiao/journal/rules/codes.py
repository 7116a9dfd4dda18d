"""One-time codes of a household's door: their shape, how long they are good, how many wrong tries there are."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

DIGITS = 8
GOOD_FOR = timedelta(minutes=15)
SESSION_FOR = timedelta(minutes=30)
# Wrong tries within the window after which a door, or an address (a joker who tries door after door), is locked.
WINDOW = timedelta(minutes=15)
WRONG_AT_DOOR = 5
WRONG_FROM_ADDRESS = 20
# Codes that may be issued for one household within an hour.
ISSUED_AN_HOUR = 6
# Letters of a door's token: none that looks like another when it is read aloud or typed.
TOKEN_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # noqa: S105 - an alphabet
TOKEN_LENGTH = 10


def tidy_code(text: str) -> str:
    """Return the digits of a code as it was typed, full-width ones too; nothing where it is no code.

    >>> tidy_code(" 1234 5678 "), tidy_code("１２３４-5678"), tidy_code("abc")
    ('12345678', '12345678', '')
    """
    digits = "".join(str(int(sign)) for sign in text[:40] if sign.isdecimal())
    return digits if len(digits) == DIGITS else ""


def tidy_token(text: str) -> str:
    """Return a token as it was typed; nothing where it is none.

    >>> tidy_token(" ABCD efgh-jk "), tidy_token("a/b")
    ('abcdefghjk', '')
    """
    word = re.sub(r"[\s-]+", "", text[:40].lower())
    return word if re.fullmatch(f"[{TOKEN_LETTERS}]{{{TOKEN_LENGTH}}}", word) else ""


def spoken(code: str) -> str:
    """Return a code as it is read out, in groups of four.

    >>> spoken("12345678")
    '1234 5678'
    """
    return " ".join(code[first : first + 4] for first in range(0, len(code), 4))


def digest_of(key: str) -> str:
    """Return the digest under which the key of a session is kept."""
    return hashlib.sha256(key.encode()).hexdigest()
