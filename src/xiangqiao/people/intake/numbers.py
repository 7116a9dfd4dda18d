"""A column of personal numbers on its way into the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from xiangqiao.kernel import bulk
from xiangqiao.kernel.merge import Difference, Present
from xiangqiao.kernel.models import Recorded
from xiangqiao.people import secrets
from xiangqiao.people.intake.layout import id_forms, text_column
from xiangqiao.people.intake.work import Home, Work


@dataclass(frozen=True)
class Numbers:
    """One kind of number by offered row: the number itself (None: nothing said), its hash and its mask."""

    kind: str
    values: list[str | None]
    hashes: list[str]
    masks: list[str]

    @classmethod
    def of(cls, table: pa.Table, kind: str) -> Self:
        """Take the column of a table."""
        column = text_column(table, kind)
        values = column.to_pylist()
        if kind == "id_number":
            forms = id_forms(column)
        else:
            forms = pc.replace_substring(column, "-", "").to_pylist() if kind == "phone" else values
        return cls(kind, values, secrets.hashes(kind, forms), secrets.masks(values))

    def columns(
        self, places: Sequence[int], ids: Sequence[str]
    ) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
        """Return the recorded columns (hash, mask) and the sealed one for rows to be inserted with these ids."""
        recorded: dict[str, list[Any]] = {
            f"{self.kind}_hash": [self.hashes[p] for p in places],
            f"{self.kind}_mask": [self.masks[p] for p in places],
        }
        return recorded, {
            f"{self.kind}_sealed": secrets.seal_column(self.kind, [self.values[p] for p in places], ids)
        }

    def change(
        self, work: Work, model: type[Recorded], known: Mapping[int, Present], homes: Sequence[Home | None]
    ) -> None:
        """Change the numbers that differ; where the present one was verified since, ask with the new one sealed."""
        name = f"{self.kind}_hash"
        places = [
            p for p, row in known.items() if self.values[p] is not None and row.state[name] != self.hashes[p]
        ]
        if not places:
            return
        rows = [known[p] for p in places]
        sealed = secrets.seal_column(self.kind, [self.values[p] for p in places], [row.id for row in rows])
        asked = len(work.questions)
        hashes = [Difference(known[p], name, known[p].state[name], self.hashes[p], p) for p in places]
        taken = {one.place for one in work.change(model, hashes, homes)}
        offered = dict(zip(places, sealed, strict=True))
        self._offer(work, asked, {known[p].id: (p, offered[p]) for p in places if p not in taken})
        mask = f"{self.kind}_mask"
        changed = [
            Difference(known[p], mask, known[p].state[mask], self.masks[p], p) for p in places if p in taken
        ]
        work.changes += [
            (model.subject_kind(), d.row.id, mask, d.old, d.new) for d in changed if d.old != d.new
        ]
        bulk.update(model, mask, [(d.new, d.row.pk) for d in changed])
        work.keep(model, f"{self.kind}_sealed", [known[p] for p in taken])
        bulk.update(model, f"{self.kind}_sealed", [(offered[p], known[p].pk) for p in taken])

    def _offer(self, work: Work, first: int, kept: Mapping[str, tuple[int, bytes | None]]) -> None:
        """Replace the hashes in the questions just asked by what a person can read, and a later answer can use."""
        for number in range(first, len(work.questions)):
            one = work.questions[number]
            place, sealed = kept[one.subject]
            work.questions[number] = type(one)(
                one.why, one.kind, one.subject, self.kind, None,
                {"hash": self.hashes[place], "mask": self.masks[place], "sealed": (sealed or b"").hex()},
                one.household, one.division_code,
            )  # fmt: skip
