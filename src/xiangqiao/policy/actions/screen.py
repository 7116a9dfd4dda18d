"""Screen the whole register: facts leave as relations, verdicts come back as proposals."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.kernel import bulk
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.queries import Relations, relations
from xiangqiao.policy.models import Entitlement, Screening
from xiangqiao.policy.queries import library

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int], None]
_STEPS = 4


@dataclass(frozen=True)
class ScreeningResult:
    """A screening and its sums over all policies."""

    screening: Screening
    policies: int
    eligible: int
    not_eligible: int
    unknown: int


def screen(*, act: Act, viewer: AnyViewer, as_of: date, progress: Progress | None = None) -> ScreeningResult:
    """Decide every policy in force for everybody in the register, and replace the entitlements on show.

    The facts are kept as Parquet by their hash, so that each verdict can be replayed. Raises NotAllowed without the post.
    """
    viewer.demand(Can.SCREEN)
    tick = progress or _silent
    facts = relations(SystemViewer("政策筛查"), as_of=as_of)
    snapshot = keep_snapshot(facts, Path(settings.HOME) / "snapshots")
    tick(1, _STEPS)
    found, counts = _decide(facts, as_of)
    tick(2, _STEPS)
    with recording("policy.screened", act, as_of=as_of, snapshot=snapshot) as record:
        screening = Screening.objects.create(
            as_of=as_of,
            year=facts.year,
            at=act.at,
            by_label=act.by.label,
            snapshot=snapshot,
            versions={policy.id: policy.version for policy in library().in_force(as_of)},
            counts=counts,
        )
        _replace(screening, found)
        sums = {name: sum(row[name] for row in counts.values()) for name in ("yes", "no", "unknown")}
        record.note(screening=screening.public_id, policies=len(counts), **sums)
    tick(_STEPS, _STEPS)
    return ScreeningResult(screening, len(counts), sums["yes"], sums["no"], sums["unknown"])


def keep_snapshot(facts: Relations, folder: Path) -> str:
    """Write the relations as Parquet under their common SHA-256 and return it; written whole or not at all."""
    import pyarrow.parquet as pq  # heavy: not at the start of the web process

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    parts: list[Path] = []
    for name, table in (("household", facts.household), ("person", facts.person)):
        path = folder / f".{name}.part"
        pq.write_table(table, path, compression="zstd")
        digest.update(path.read_bytes())
        parts.append(path)
    mark = digest.hexdigest()
    for name, path in zip(("household", "person"), parts, strict=True):
        path.replace(folder / f"{mark}.{name}.parquet")
    return mark


def _decide(facts: Relations, as_of: date) -> tuple[pa.Table, dict[str, dict[str, Any]]]:
    """Return the rows to keep (household, person, division, verdict …) and the counts by policy.

    DuckDB works on Arrow tables in memory: it never opens the database file (see docs/architecture.md, the bridge).
    """
    import duckdb  # heavy: not at the start of the web process

    from xq_engine.screening.batch import screen_batch
    from xq_engine.screening.received import received_batch

    with duckdb.connect() as con:
        con.register("household", facts.household)
        con.register("person", facts.person)
        con.register("verdicts", screen_batch(con, library(), as_of))
        con.register("drawn", received_batch(con, library(), as_of))
        counted = con.execute(_COUNTS).fetchall()
        kept = con.execute(_KEPT).to_arrow_table()
    counts = {
        row[0]: {"yes": row[1], "no": row[2], "unknown": row[3], "amount_fen": int(row[4] or 0)}
        for row in counted
    }
    return kept, counts


_COUNTS = """
SELECT policy_id::VARCHAR, count(*) FILTER (verdict = 'yes'), count(*) FILTER (verdict = 'no'),
       count(*) FILTER (verdict = 'unknown'), sum(amount_fen)
FROM verdicts GROUP BY policy_id ORDER BY policy_id
"""
_KEPT = """
SELECT h.key AS household, p.key AS person, h.division_code, v.policy_id::VARCHAR AS policy_id,
       v.verdict::VARCHAR AS verdict, v.amount_fen, v.decided_by, coalesce(v.missing, '') AS missing,
       d.key IS NOT NULL AS received
FROM verdicts v LEFT JOIN person p ON p.key = v.key JOIN household h ON h.key = coalesce(p.household_key, v.key)
     LEFT JOIN drawn d ON d.key = v.key AND d.policy_id = v.policy_id::VARCHAR
WHERE v.verdict <> 'no' ORDER BY h.division_code, household, policy_id
"""


def _replace(screening: Screening, found: pa.Table) -> None:
    with transaction.atomic():
        Entitlement.objects.all().delete()
        columns: dict[str, Any] = {name: found[name].to_pylist() for name in found.column_names}
        for name in ("household", "person"):
            columns[name] = [value and value.replace("-", "") for value in columns[name]]
        if found.num_rows:
            bulk.insert(Entitlement, {"screening_id": [screening.pk] * found.num_rows, **columns})


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
