"""What the register tells the floors above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from xiangqiao.kernel.record import Act

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
