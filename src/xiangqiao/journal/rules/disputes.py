"""What a household may say to a line, and how a dispute goes on."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

AGREE = "AGREE"
# NOTED is the end of an agreement; a dispute begins OPEN. One that is plain may be settled without an answer before.
FOLLOWS: Mapping[str, frozenset[str]] = {
    "OPEN": frozenset({"ANSWERED", "SETTLED"}),
    "ANSWERED": frozenset({"SETTLED"}),
    "SETTLED": frozenset(),
    "NOTED": frozenset(),
}
STANDING = ("OPEN", "ANSWERED")
KINDS = ("VISIT", "PROMISE", "LINE", "POLICY")


def first_state(choice: str) -> str:
    """Return the state in which a reply begins.

    >>> first_state("AGREE"), first_state("NOT_SO")
    ('NOTED', 'OPEN')
    """
    return "NOTED" if choice == AGREE else "OPEN"


def may_follow(before: str, after: str) -> bool:
    """Return whether a reply may go from one state to another.

    >>> may_follow("OPEN", "SETTLED"), may_follow("SETTLED", "OPEN")
    (True, False)
    """
    return after in FOLLOWS.get(before, frozenset())


def may_settle(concerned: UUID | None, settler: UUID | None) -> bool:
    """Return whether a person may settle a dispute: any but the one whose line it is about."""
    return settler is not None and settler != concerned
