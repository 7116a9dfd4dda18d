"""What the register tells the floors above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from xiangqiao.kernel.act import Act

if TYPE_CHECKING:
    import pyarrow as pa  # types only: the web process does not load it at start-up


@dataclass(frozen=True)
class UnitsAndCadresRead:
    """A batch with units and cadres is being applied; tables have the facts of the catalogue and `_row`.

    `village_code(township, village)` finds the code of a village as the tables name it, "" where it is not known.
    A listener that inserts rows adds their origin digests to `digests`, which go into the batch's Merkle root.
    """

    act: Act
    batch: UUID
    division_code: str
    unit: pa.Table
    cadre: pa.Table
    village_code: Callable[[str | None, str | None], str]
    digests: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BatchUndone:
    """A batch is being undone: units and cadres that came with it may go too."""

    act: Act
    batch: UUID


@dataclass(frozen=True)
class HouseholdsToWithdraw:
    """Households are about to be taken back; a listener that needs some adds them to `needed`, and they stay."""

    households: frozenset[UUID]
    needed: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class HouseholdsWithdrawn:
    """Households were taken back: they are in the register no more."""

    act: Act
    households: frozenset[UUID]


@dataclass(frozen=True)
class MemberJoined:
    """A person belongs to a household from a day."""

    act: Act
    household: UUID
    person: UUID
    on: date


@dataclass(frozen=True)
class MemberLeft:
    """A person no longer belongs to a household; `why` as in Membership.Left."""

    act: Act
    household: UUID
    person: UUID
    on: date
    why: str


@dataclass(frozen=True)
class HouseholdMoved:
    """A household lies in another village from a day."""

    act: Act
    household: UUID
    old_code: str
    new_code: str
    on: date


@dataclass(frozen=True)
class HouseholdSplit:
    """Some members of a household founded a new one."""

    act: Act
    household: UUID
    founded: UUID
    on: date


@dataclass(frozen=True)
class HouseholdsMerged:
    """All members of a household went over to another, and it was closed."""

    act: Act
    household: UUID
    into: UUID
    on: date


@dataclass(frozen=True)
class HouseholdClosed:
    """A household ended on a day."""

    act: Act
    household: UUID
    on: date


@dataclass(frozen=True)
class ChangeUndone:
    """An applied change of a household was undone; `kind` as in people.rules.kinds."""

    act: Act
    household: UUID
    kind: str
