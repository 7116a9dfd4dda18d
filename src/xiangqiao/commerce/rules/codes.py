"""Codes that people read out and type: no letters that look like digits."""

from __future__ import annotations

# Without 0 O 1 I L U V: read over a counter they are mixed up.
LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 8
COLLECT_LENGTH = 6
TAIL_LENGTH = 4
MOST_MISSES = 10
MOST_OPEN_ORDERS = 5


def code_of(prefix: str, number: int) -> str:
    """Return a code of a prefix and so much of a large number as eight letters hold.

    >>> code_of("D", 0), code_of("D", 29**8 - 1)
    ('D22222222', 'DZZZZZZZZ')
    """
    letters = []
    for _place in range(CODE_LENGTH):
        number, digit = divmod(number, len(LETTERS))
        letters.append(LETTERS[digit])
    return prefix + "".join(reversed(letters))


def typed(text: str) -> str:
    """Return a code as it stands in the books, however it was typed.

    >>> typed(" d2345-6789 ")
    'D23456789'
    """
    return "".join(sign for sign in text.upper() if sign.isalnum())


def digits(text: str) -> str:
    """Return the digits of a phone number or code.

    >>> digits("138 0013-8000")
    '13800138000'
    """
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


def is_phone(text: str) -> bool:
    """Return whether a text can be a mainland phone number: a mobile, or a landline with its area code.

    >>> is_phone("13800138000"), is_phone("0797-6832211"), is_phone("12345")
    (True, True, False)
    """
    number = digits(text)
    return (len(number) == 11 and number[0] == "1" and number[1] in "3456789") or (
        number[:1] == "0" and 10 <= len(number) <= 12
    )
