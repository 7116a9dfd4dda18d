"""Adding the books up again, from the single gifts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xiangqiao.giving.rules.states import HOLDS


@dataclass(frozen=True)
class Entry:
    """One gift and its row in the ledger: `posted` is the amount there, None where there is no row."""

    gift: str
    need: int | None
    unit: str
    amount: int
    state: str
    posted: int | None
    posted_unit: str
    resolved: str


# What the ledger must say of a gift in a state: the resolution of its transfer, or no transfer at all.
EXPECTED = {
    "OFFERED": None,
    "MATCHED": "",
    "DELIVERED": "",
    "CONFIRMED": "CONFIRMED",
    "DECLINED": "VOIDED",
}


def faults(entries: Iterable[Entry], taken: dict[int, int]) -> list[tuple[str, str]]:
    """Return (code, gift or need) of everything that does not add up; nothing where the books are right.

    `taken` is what each need says gifts hold of it.

    >>> faults([Entry("g", 1, "FEN", 500, "CONFIRMED", 499, "FEN", "CONFIRMED")], {1: 500})
    [('amount', 'g')]
    """
    found: list[tuple[str, str]] = []
    held: Counter[int] = Counter()
    for one in entries:
        if one.state in HOLDS and one.need is not None:
            held[one.need] += one.amount
        if one.posted is None:
            if one.state not in ("OFFERED", "CANCELLED"):
                found.append(("missing", one.gift))
        elif (one.posted, one.posted_unit) != (one.amount, one.unit):
            found.append(("amount", one.gift))
        elif one.resolved != ("VOIDED" if one.state == "CANCELLED" else EXPECTED[one.state]):
            found.append(("state", one.gift))
    found += [("taken", str(need)) for need in sorted(taken) if held[need] != taken[need]]
    return found


def totals(entries: Iterable[Entry]) -> dict[str, int]:
    """Return what was confirmed, by unit."""
    sums: Counter[str] = Counter()
    for one in entries:
        if one.state == "CONFIRMED":
            sums[one.unit] += one.amount
    return dict(sums)
