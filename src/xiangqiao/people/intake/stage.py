"""Files to a checked batch: kept, read, mended, checked, sealed; nothing of the register is touched."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.intake import staging
from xiangqiao.people.intake.apply import ENTITIES
from xiangqiao.people.intake.beyond import leave_out_beyond
from xiangqiao.people.intake.problems import write_problems
from xiangqiao.people.intake.undo import discard_batch
from xiangqiao.people.intake.work import Progress
from xiangqiao.people.models import Batch, ColumnMapping
from xiangqiao.places.queries import current_divisions
from xq_engine.divisions import ancestors
from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.checking import check_files
from xq_engine.intake.mapping import ColumnMapping as Column
from xq_engine.intake.mapping import Mapping, SheetMapping
from xq_engine.intake.places import Divisions


def upload_files(
    *, act: Act, viewer: AnyViewer, files: Sequence[Path], source: str, year: int, division_code: str
) -> Batch:
    """Keep files, sealed, as a new batch that waits to be checked. Raises ActionError where there is none."""
    viewer.demand(Can.IMPORT, division_code)
    if not files:
        raise ActionError("intake.no_files", _("请至少选择一个表格文件。"), field="files")
    kept = [staging.keep_file(path) for path in files]
    with recording(
        "people.files_uploaded", act, division_code=division_code, files=kept, year=year, origin=source
    ):
        return Batch.objects.create(
            division_code=division_code,
            source=source,
            year=year,
            files=kept,
            started_by=act.by.public_id,
            started_label=act.by.label,
            started_at=act.at,
        )


def check_batch(
    *,
    act: Act,
    viewer: AnyViewer,
    batch: Batch,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
) -> CheckedBatch:
    """Check an uploaded batch (again, with another mapping): rows sealed in staging, problems written at their cells.

    Broken off at any moment it is simply done again. Raises ActionError where the batch went on already.
    """
    viewer.demand(Can.IMPORT, batch.division_code)
    if batch.state not in (Batch.State.UPLOADED, Batch.State.CHECKED):
        raise ActionError("intake.over", _("这批表格已经处理过了，请重新上传。"))
    known = Divisions.from_codes(current_divisions().values_list("code", "name"))
    with staging.laid_out(batch.files) as paths:
        checked = check_files(
            paths,
            as_of=min(day_of(act.at), date(batch.year, 12, 31)),
            divisions=known if known.villages else None,
            mapping=mapping or remembered_mapping(batch.source, batch.division_code),
            progress=(lambda done, total: progress("check", done, total)) if progress else None,
            folder=paths[0].parent if paths else None,
        )
    leave_out_beyond(batch, checked)
    staging.keep_tables(batch.public_id, {name: checked.accepted(name) for name in ENTITIES})
    with transaction.atomic():
        batch.mapping = json.loads(checked.mapping.to_json())["sheets"]
        batch.counts = _counts(checked, write_problems(batch, checked))
        batch.state = Batch.State.CHECKED
        batch.save(update_fields=["mapping", "counts", "state"])
    if batch.files and len(checked.refusals) == len(batch.files):
        # Nothing of it could be read, and nothing of it is kept.
        discard_batch(act=act, viewer=viewer, batch=batch)
        batch.refresh_from_db()
    return checked


def stage_files(
    *,
    act: Act,
    viewer: AnyViewer,
    files: Sequence[Path],
    source: str,
    year: int,
    division_code: str,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Upload and check files in one go; returns the batch, ready to be applied."""
    batch = upload_files(
        act=act, viewer=viewer, files=files, source=source, year=year, division_code=division_code
    )
    check_batch(act=act, viewer=viewer, batch=batch, mapping=mapping, progress=progress)
    return batch


def remember_mapping(*, act: Act, viewer: AnyViewer, batch: Batch, sheets: Iterable[SheetMapping]) -> None:
    """Remember how a source's columns were understood, for the next file with the same headings."""
    viewer.demand(Can.IMPORT, batch.division_code)
    with recording("people.mapping_remembered", act, division_code=batch.division_code, origin=batch.source):
        for sheet in sheets:
            ColumnMapping.objects.update_or_create(
                division_code=batch.division_code,
                source=batch.source,
                fingerprint=hashlib.sha256(json.dumps(sheet.headings).encode()).hexdigest(),
                defaults={
                    "entity": sheet.entity,
                    "columns": asdict(sheet),
                    "confirmed_label": act.by.label,
                    "confirmed_at": act.at,
                },
            )


def remembered_mapping(source: str, division_code: str) -> Mapping:
    """Return what an office, or one above it, remembered of a source; its own word counts first.

    What one township remembers never changes how another's file is read.
    """
    offices = [division_code, *ancestors(division_code)]
    rows = ColumnMapping.objects.filter(source=source, division_code__in=offices).order_by("division_code")
    nearest = {row.fingerprint: row.columns for row in rows}
    return Mapping(
        [
            SheetMapping(**{**one, "columns": [Column(**column) for column in one["columns"]]})
            for one in nearest.values()
        ]
    )


def _counts(checked: CheckedBatch, problems: int) -> dict[str, object]:
    counts: dict[str, object] = {f"{name}_rows": checked.table(name).num_rows for name in ENTITIES}
    counts |= {f"{name}_accepted": checked.accepted(name).num_rows for name in ENTITIES}
    return {
        **counts,
        "problems": problems,
        "repairs": checked.repairs.num_rows,
        "repairs_by_kind": Counter(checked.repairs["kind"].to_pylist()),
        "by_code": checked.counts(),
        "notes": [asdict(note) for note in checked.notes],
        "refusals": [refusal.fields() for refusal in checked.refusals],
    }
