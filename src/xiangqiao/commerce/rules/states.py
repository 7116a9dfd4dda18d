"""What may follow what: one table for each thing that has states."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class OrderState(StrEnum):
    """How far an order is."""

    PLACED = "PLACED"
    SHIPPED = "SHIPPED"
    READY = "READY"
    DELIVERED = "DELIVERED"
    SETTLED = "SETTLED"
    CANCELLED = "CANCELLED"
    REFUSED = "REFUSED"
    RETURNED = "RETURNED"


class PurchaseState(StrEnum):
    """How far a purchase on behalf is."""

    QUOTED = "QUOTED"
    PAID = "PAID"
    BOUGHT = "BOUGHT"
    ARRIVED = "ARRIVED"
    COLLECTED = "COLLECTED"
    REFUNDED = "REFUNDED"
    CANCELLED = "CANCELLED"


class LoanState(StrEnum):
    """How far a loan is."""

    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    PAID_OUT = "PAID_OUT"
    REPAID = "REPAID"
    WITHDRAWN = "WITHDRAWN"


class LotState(StrEnum):
    """How far a lot is."""

    TAKING_IN = "TAKING_IN"
    LISTED = "LISTED"
    CLOSED = "CLOSED"


Table = Mapping[str, frozenset[str]]

ORDER: Table = {
    "PLACED": frozenset({"SHIPPED", "READY", "CANCELLED"}),
    "SHIPPED": frozenset({"DELIVERED", "REFUSED"}),
    "READY": frozenset({"DELIVERED", "CANCELLED"}),
    # Once settled, goods that come back are no longer the households' affair: the money is theirs.
    "DELIVERED": frozenset({"SETTLED", "RETURNED"}),
    "SETTLED": frozenset(),
    "CANCELLED": frozenset(),
    "REFUSED": frozenset(),
    "RETURNED": frozenset(),
}

PURCHASE: Table = {
    "QUOTED": frozenset({"PAID", "CANCELLED"}),
    "PAID": frozenset({"BOUGHT", "REFUNDED"}),
    "BOUGHT": frozenset({"ARRIVED", "REFUNDED"}),
    "ARRIVED": frozenset({"COLLECTED", "REFUNDED"}),
    "COLLECTED": frozenset(),
    "REFUNDED": frozenset(),
    "CANCELLED": frozenset(),
}

LOAN: Table = {
    "APPLIED": frozenset({"APPROVED", "DECLINED", "WITHDRAWN"}),
    "APPROVED": frozenset({"PAID_OUT", "WITHDRAWN"}),
    "PAID_OUT": frozenset({"REPAID"}),
    "DECLINED": frozenset(),
    "REPAID": frozenset(),
    "WITHDRAWN": frozenset(),
}

LOT: Table = {
    "TAKING_IN": frozenset({"LISTED", "CLOSED"}),
    "LISTED": frozenset({"CLOSED"}),
    "CLOSED": frozenset(),
}

# Where a lot's grams stand for an order in a state, and so which counter they leave and enter.
HOLDS: dict[str, str] = {
    "PLACED": "reserved", "SHIPPED": "reserved", "READY": "reserved", "DELIVERED": "sold", "SETTLED": "sold",
    "CANCELLED": "available", "REFUSED": "available", "RETURNED": "available",
}  # fmt: skip


def allowed(table: Table, present: str, wanted: str) -> bool:
    """Return whether a state may follow another.

    >>> allowed(ORDER, "PLACED", "SHIPPED"), allowed(ORDER, "SETTLED", "RETURNED")
    (True, False)
    """
    return wanted in table.get(present, frozenset())
