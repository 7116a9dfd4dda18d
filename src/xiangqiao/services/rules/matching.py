"""Which offer fits which demand: crop, days, place, amount; each match with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Goods:
    """What matching reads of an entry. Amounts in grams, days half-open."""

    key: str
    crop: str
    grams: int
    division_code: str
    valid_from: date
    valid_to: date
    price_fen_per_kg: int | None = None


@dataclass(frozen=True)
class Match:
    """A pair with its score (0 to 100) and its reasons by code."""

    key: str
    score: int
    reasons: tuple[str, ...]


_NEAR = ((12, 30, "same_village"), (9, 22, "same_township"), (6, 12, "same_county"))


def match(one: Goods, other: Goods) -> Match | None:
    """Return how well two entries fit, None where crop or days do not.

    >>> a = Goods("a", "NAVEL_ORANGE", 500_000, "360730100201", date(2026, 11, 1), date(2026, 12, 1), 500)
    >>> b = Goods("b", "NAVEL_ORANGE", 400_000, "360730100202", date(2026, 11, 20), date(2026, 12, 20), 520)
    >>> match(a, b)
    Match(key='b', score=89, reasons=('same_crop', 'same_township', 'amount_near', 'price_near'))
    """
    if one.crop != other.crop or one.valid_to <= other.valid_from or other.valid_to <= one.valid_from:
        return None
    score, reasons = 20, ["same_crop"]
    for digits, points, reason in _NEAR:
        if one.division_code[:digits] == other.division_code[:digits]:
            score += points
            reasons.append(reason)
            break
    share = min(one.grams, other.grams) / max(one.grams, other.grams, 1)
    score += round(30 * share)
    if share >= 0.5:
        reasons.append("amount_near")
    prices = (one.price_fen_per_kg, other.price_fen_per_kg)
    if prices[0] is None or prices[1] is None:
        score += 10
    else:
        gap = abs(prices[0] - prices[1]) / max(prices[0], prices[1], 1)
        score += round(20 * max(0.0, 1 - gap))
        if gap <= 0.15:
            reasons.append("price_near")
    return Match(other.key, min(score, 100), tuple(reasons))
