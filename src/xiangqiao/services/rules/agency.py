"""Agent service at the counter: an order's way, its cash, and the day's balance. All money in fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

TAKEN, DONE, FAILED, HANDED_OVER = "TAKEN", "DONE", "FAILED", "HANDED_OVER"
TRANSITIONS: Final[dict[str, dict[str, str]]] = {
    TAKEN: {"execute": DONE, "fail": FAILED},
    DONE: {"hand_over": HANDED_OVER},
    FAILED: {},
    HANDED_OVER: {},
}
# A keeper may hold so much of villagers' money, and take so much for one order; above it the counter refuses.
MOST_PER_ORDER_FEN = 500_000
MOST_IN_DRAWER_FEN = 2_000_000
# What a keeper may charge, as on the board on the wall: nothing for bills, little for errands.
FEE_CAP_FEN: Final = {"WATER": 0, "ELECTRICITY": 0, "PHONE": 0, "TICKET": 500, "GOODS": 500}


def next_state(state: str, step: str) -> str | None:
    """Return where a step leads, None where it cannot be taken.

    >>> next_state("TAKEN", "fail"), next_state("FAILED", "execute")
    ('FAILED', None)
    """
    return TRANSITIONS[state].get(step)


def change_of(cash_fen: int, amount_fen: int, fee_fen: int) -> int:
    """Return what goes back over the counter; negative where the cash does not suffice.

    >>> change_of(10000, 8650, 0)
    1350
    """
    return cash_fen - amount_fen - fee_fen


@dataclass(frozen=True)
class DayBalance:
    """A drawer's day: what was in it, what came, what went back, what should be there."""

    opening_fen: int
    taken_fen: int
    refunded_fen: int

    @property
    def expected_fen(self) -> int:
        """What the drawer should hold."""
        return self.opening_fen + self.taken_fen - self.refunded_fen

    def difference_fen(self, counted_fen: int) -> int:
        """Return what was counted above (or, negative, below) what should be there."""
        return counted_fen - self.expected_fen


def day_balance(opening_fen: int, orders: Iterable[tuple[str, int]]) -> DayBalance:
    """Return the day's balance of orders given as (state, amount with fee).

    >>> day_balance(20000, [("DONE", 8650), ("FAILED", 3000), ("TAKEN", 1000)]).expected_fen
    29650
    """
    listed = list(orders)
    taken = sum(amount for _state, amount in listed)
    back = sum(amount for state, amount in listed if state == FAILED)
    return DayBalance(opening_fen, taken, back)
