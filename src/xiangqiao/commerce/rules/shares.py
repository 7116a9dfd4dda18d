"""An amount split by weight, to the last fen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def split(amount: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Split a whole amount (fen) by weights (grams) so that the parts add up to it exactly.

    Largest remainder: each gets the whole fen of its exact part; what is left goes, a fen each, to the largest
    remainders, among equals to who was named first. Raises ValueError for a negative amount or no weight at all.
    Source: Hamilton's method of largest remainders.

    >>> split(100, {"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(weights.values())
    if amount < 0 or total <= 0 or min(weights.values()) < 0:
        raise ValueError("an amount of at least nothing, and some weight")
    parts = {key: amount * weight // total for key, weight in weights.items()}
    left = amount - sum(parts.values())
    order = sorted(weights, key=lambda key: -(amount * weights[key] % total))
    for key in order[:left]:
        parts[key] += 1
    return parts
