"""What a division code says by itself."""

from __future__ import annotations

# Digits that stand for province, city, county, township, village. Source: GB/T 2260 and GB/T 10114; the 12-digit
# statistical codes of the National Bureau of Statistics.
PREFIXES = (2, 4, 6, 9, 12)


def prefix(code: str) -> str:
    """Return the meaningful digits of a code: a township's nine, a county's six.

    >>> prefix("360730000000"), prefix("360730102000"), prefix("360730102203")
    ('360730', '360730102', '360730102203')
    """
    for length in PREFIXES:
        if set(code[length:]) <= {"0"}:
            return code[:length]
    return code


def range_of(code: str) -> tuple[str, str]:
    """Return the half-open range of the codes at or below a division: `[first, next)`.

    Bounded by the next code, not by a character, so that any collation agrees. What is no code has an empty range.

    >>> range_of("360730102000")
    ('360730102000', '360730103000')
    >>> range_of("360730102203")
    ('360730102203', '360730102204')
    >>> range_of("' OR 1=1")
    ('', '')
    """
    head = prefix(code)
    if not (head.isascii() and head.isdigit()):
        return "", ""
    upper = str(int(head) + 1).zfill(len(head))
    return head.ljust(12, "0"), upper.ljust(12, "0")


def ancestors(code: str) -> list[str]:
    """Return the 12-digit codes above a division, from the province down.

    >>> ancestors("360730102203")
    ['360000000000', '360700000000', '360730000000', '360730102000']
    """
    own = len(prefix(code))
    return [code[:length].ljust(12, "0") for length in PREFIXES if length < own]


def is_within(code: str, outer: str) -> bool:
    """Return whether a division lies at or below another."""
    first, after = range_of(outer)
    return first <= code < after
