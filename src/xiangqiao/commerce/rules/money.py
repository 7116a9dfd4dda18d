"""Weights, prices and fees in whole numbers; each rounding is named."""

from __future__ import annotations

GRAMS_PER_KG = 1000
BASIS_POINTS = 10_000


def half_up(part: int, of: int) -> int:
    """Divide two whole numbers of at least nothing; halves go up (四舍五入).

    >>> half_up(5, 2), half_up(7, 3), half_up(1, 2)
    (3, 2, 1)
    """
    return (2 * part + of) // (2 * of)


def value_of(grams: int, price_fen_per_kg: int) -> int:
    """Return what goods are worth (fen): grams × price per kilogram, rounded to the fen, halves up.

    >>> value_of(12_345, 650)
    8024
    """
    return half_up(grams * price_fen_per_kg, GRAMS_PER_KG)


def fee_of(gross_fen: int, fee_bp: int) -> int:
    """Return a fee of so many basis points (fen), rounded down: a fraction of a fen stays with the households.

    >>> fee_of(9_999, 500)
    499
    """
    return gross_fen * fee_bp // BASIS_POINTS


def least_price(pack_grams: int, agreed_fen_per_kg: int, fee_bp: int) -> int:
    """Return the least price of a pack (fen) that brings the household what was agreed, after the fee.

    >>> least_price(5_000, 600, 500)
    3158
    """
    wanted = value_of(pack_grams, agreed_fen_per_kg)
    rest = BASIS_POINTS - fee_bp
    return -(-wanted * BASIS_POINTS // rest)


def drawer_expected(opening_fen: int, moves: list[int]) -> int:
    """Return what should be in the drawer: what was counted last, and every movement since.

    >>> drawer_expected(20_000, [3_000, -1_200])
    21800
    """
    return opening_fen + sum(moves)
