"""Declared lines of a year, many at once: the part of an import that belongs to the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.kernel.bulk import dashed
from xiangqiao.kernel.merge import (
    Difference,
    Origin,
    insert_recorded,
    present_rows,
    split,
    verified_since,
    write_differences,
)
from xiangqiao.ledger.models import IncomeLine

LINES_TABLE = IncomeLine._meta.db_table


@dataclass
class Declared:
    """What came of it: digests of the new lines, rows for the log, number of changed lines, lines left as verified."""

    digests: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)
    changed: int = 0
    verified: list[Difference] = field(default_factory=list)


def declare_lines(
    *,
    origin: Origin,
    source: str,
    year: int,
    owners: Sequence[str],
    division_codes: Sequence[str],
    lines: Mapping[str, Sequence[int | None]],
    batch_rows: Sequence[int],
    since: datetime,
    fresh: bool = False,
) -> Declared:
    """Declare lines (fen) of a year for many owners (32 hex digits), as part of a caller's transaction and event.

    None says nothing. A line that was changed at the desk since `since` is left and returned as verified. `fresh`: the
    owners are new, nothing need be looked up. Idempotent: the same lines again change nothing.
    """
    result = Declared()
    named = dashed(owners)
    for line, values in lines.items():
        said = [place for place, value in enumerate(values) if value is not None]
        if not said:
            continue
        keys = [owners[place] for place in said]
        columns: dict[str, Sequence[Any]] = {"amount_fen": [values[place] for place in said]}
        present = {} if fresh else _present(keys, year, line)
        parts = split(keys, columns, present)
        new = [said[place] for place in parts.new]
        if new:
            done = insert_recorded(
                IncomeLine,
                {
                    "owner": [named[p] for p in new], "year": [year] * len(new), "line": [line] * len(new),
                    "amount_fen": [values[p] for p in new], "evidence": ["DECLARED"] * len(new), "source": [source] * len(new),
                },
                origin=origin, batch_rows=[batch_rows[p] for p in new],
                extra={"division_code": [division_codes[p] for p in new]},
            )  # fmt: skip
            result.digests += done.digests
        _change(result, parts.differences, said, since)
    return result


def _present(keys: list[str], year: int, line: str) -> dict[Any, Any]:
    rows = present_rows(
        IncomeLine,
        "owner",
        keys,
        ("amount_fen",),
        year=year,
        line=line,
        evidence="DECLARED",
        withdrawn_at=None,
    )
    return {owner.hex: row for owner, row in rows.items()}  # type: ignore[attr-defined]  # owners are UUIDs


def _change(result: Declared, differences: list[Difference], said: list[int], since: datetime) -> None:
    if not differences:
        return
    verified = verified_since((one.row.id for one in differences), since)
    taken = [one for one in differences if (one.row.id, one.attribute) not in verified]
    result.changes += write_differences(IncomeLine, taken)
    result.changed += len(taken)
    result.verified += [
        Difference(one.row, one.attribute, one.old, one.new, said[one.place])
        for one in differences
        if (one.row.id, one.attribute) in verified
    ]


def declared_rows(*, owner: UUID, year: int) -> dict[str, IncomeLine]:
    """Return what an owner declared for a year, as rows to be changed within a caller's recording, by line."""
    rows = IncomeLine.objects.filter(
        owner=owner, year=year, evidence=IncomeLine.Evidence.DECLARED, withdrawn_at__isnull=True
    )
    return {row.line: row for row in rows}


def declared_row(*, owner: UUID, division_code: str, year: int, line: str, amount_fen: int) -> IncomeLine:
    """Return a declared line (fen) that is not there yet, to be made within a caller's recording."""
    return IncomeLine(
        owner=owner,
        division_code=division_code,
        year=year,
        line=line,
        amount_fen=amount_fen,
        evidence=IncomeLine.Evidence.DECLARED,
        source="办公台更正",
    )


def line_names(subjects: Iterable[UUID]) -> dict[UUID, str]:
    """Return which line each row is of, by the row's public id."""
    return dict(IncomeLine.objects.filter(public_id__in=list(subjects)).values_list("public_id", "line"))


def touched_owners(batch: UUID, inserted: QuerySet[Any, Any]) -> set[UUID]:
    """Return owners of a batch's lines that were touched since, and those among `inserted` who got lines otherwise."""
    rows = IncomeLine.objects.all()
    touched = rows.filter(batch=batch).filter(Q(version__gt=1) | Q(withdrawn_at__isnull=False))
    others = rows.filter(owner__in=inserted).exclude(batch=batch)
    return set(touched.values_list("owner", flat=True)) | set(others.values_list("owner", flat=True))
