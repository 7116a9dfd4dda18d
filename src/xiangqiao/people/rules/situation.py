"""The household as a rule sees it, and what a rule finds wrong."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Member:
    """A present member."""

    person: UUID
    name: str
    sex: str
    birth_on: date | None
    relation: str
    is_head: bool
    since: date | None


@dataclass(frozen=True)
class Home:
    """A household with its present members."""

    household_no: str
    division_code: str
    closed: bool
    members: tuple[Member, ...]

    @property
    def head(self) -> Member | None:
        """The present head."""
        return next((one for one in self.members if one.is_head), None)

    def member(self, person: UUID | None) -> Member | None:
        """Return a present member, None where the person is none."""
        return next((one for one in self.members if one.person == person), None)


@dataclass(frozen=True)
class Surroundings:
    """What a rule must know beyond the household: the day, the villages, the household merged into."""

    today: date
    villages: frozenset[str] = frozenset()
    other: Home | None = None


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, at one field; `code` names the sentence, `params` what it mentions."""

    field: str
    code: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)
