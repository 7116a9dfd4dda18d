"""How numbers are written: thousands, yuan from fen, mu from hundredths, shares with their denominator."""

from __future__ import annotations


def whole(value: int) -> str:
    """Write a whole number with a comma at each thousand.

    >>> whole(30214)
    '30,214'
    """
    return f"{value:,}"


def yuan(fen: int) -> str:
    """Write an amount of fen as yuan with two decimals; the unit stands in the head or after it.

    >>> yuan(-143405)
    '-1,434.05'
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def mu(hundredths: int) -> str:
    """Write an area given in hundredths of a mu, without needless zeros.

    >>> mu(350)
    '3.5'
    """
    sign = "-" if hundredths < 0 else ""
    text = f"{abs(hundredths) // 100:,}.{abs(hundredths) % 100:02d}"
    return sign + text.rstrip("0").rstrip(".")


def share(part: int, of: int, *, places: int = 1) -> str | None:
    """Write `part` of `of` as per cent, halves away from zero; None when there is nothing to divide by.

    >>> share(1053, 1562)
    '67.4%'
    """
    if of <= 0:
        return None
    scale = 10**places
    tenths = (abs(part) * 100 * scale * 2 + of) // (2 * of)
    text = f"{tenths // scale}.{tenths % scale:0{places}d}" if places else str(tenths)
    return f"{'-' if part < 0 else ''}{text}%"
