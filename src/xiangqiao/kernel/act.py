"""What an action is told about the act itself. Pure: events and rules may name it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Source(StrEnum):
    """By which door a fact came in."""

    DESK = "DESK"
    IMPORT = "IMPORT"
    COMMAND = "COMMAND"
    API = "API"
    FIELD = "FIELD"
    JOB = "JOB"


class Actor(Protocol):
    """Who acts: a person in a post, or a job of the system."""

    @property
    def public_id(self) -> UUID | None: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Act:
    """By whom, when, through which door, why, and the idempotency key."""

    by: Actor
    at: datetime
    source: Source = Source.DESK
    reason: str = ""
    key: UUID | None = None

    def keyless(self) -> Act:
        """Return the act for what it brings along in its transaction: the key belongs to its own event."""
        return replace(self, key=None)
