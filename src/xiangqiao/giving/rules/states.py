"""Where an appeal and a gift may go from where they are. One table each; everything else is refused."""

from __future__ import annotations

# An appeal is raised, verified by two, decided on a lane and shown, and ends with a report. Frozen: an objection is looked into.
APPEAL: dict[str, frozenset[str]] = {
    "RAISED": frozenset({"VERIFIED", "REJECTED", "WITHDRAWN"}),
    "VERIFIED": frozenset({"OPEN", "REJECTED", "WITHDRAWN"}),
    "OPEN": frozenset({"FROZEN", "CLOSED", "WITHDRAWN"}),
    "FROZEN": frozenset({"OPEN", "REJECTED", "WITHDRAWN"}),
    "CLOSED": frozenset(),
    "REJECTED": frozenset(),
    "WITHDRAWN": frozenset(),
}
# A gift is offered, matched with one need, delivered, and confirmed by the household, which may also decline it.
GIFT: dict[str, frozenset[str]] = {
    "OFFERED": frozenset({"MATCHED", "CANCELLED"}),
    "MATCHED": frozenset({"DELIVERED", "CANCELLED", "DECLINED"}),
    "DELIVERED": frozenset({"CONFIRMED", "DECLINED"}),
    "CONFIRMED": frozenset(),
    "CANCELLED": frozenset(),
    "DECLINED": frozenset(),
}
# Gifts in these states hold a part of the need they were matched with.
HOLDS = frozenset({"MATCHED", "DELIVERED", "CONFIRMED"})


def may_go(table: dict[str, frozenset[str]], now: str, then: str) -> bool:
    """Return whether a thing may go from one state to another.

    >>> may_go(GIFT, "DELIVERED", "CONFIRMED"), may_go(GIFT, "CONFIRMED", "CANCELLED")
    (True, False)
    """
    return then in table.get(now, frozenset())


def ended(table: dict[str, frozenset[str]], state: str) -> bool:
    """Return whether a state is the last one."""
    return not table[state]
