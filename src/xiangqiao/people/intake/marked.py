"""An uploaded file, sent back with its problems at their cells."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Literal

import pyarrow as pa

from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.intake import staging
from xiangqiao.people.models import Batch
from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.errors import IntakeError
from xq_engine.intake.mapping import Mapping
from xq_engine.intake.marking import mark_workbook

_FIELDS = ("workbook", "sheet", "row", "column", "code", "severity")
_WORDS = ("entity", "fact", "value", "other")


def marked_file(*, act: Act, batch: Batch, number: int, language: Literal["zh", "en"]) -> io.BytesIO:
    """Return the batch's file of this number as .xlsx with its problems marked; personal values in them masked.

    The cells are the uploader's own, complete numbers among them: that the file was handed out is recorded. Raises
    ActionError where the file is no table that could be read.
    """
    try:
        made = _marked(batch, number, language)
    except IntakeError as error:
        said = error.en if language == "en" else error.zh
        raise ActionError("intake.unreadable", said) from error
    data = {"batch": batch.public_id, "sha256": batch.files[number]["sha256"]}
    with recording("people.file_handed_out", act, division_code=batch.division_code, **data):
        return made


def _marked(batch: Batch, number: int, language: Literal["zh", "en"]) -> io.BytesIO:
    with staging.laid_out([batch.files[number]]) as (source,):
        target = source.parent / "marked.xlsx.out"
        mark_workbook(_checked(batch, source), source, target, language=language)
        return io.BytesIO(target.read_bytes())


def _checked(batch: Batch, source: Path) -> CheckedBatch:
    """The problems that were found, in the form in which the engine marks them."""
    rows = batch.problems.filter(workbook=source.name).order_by("id").values(*_FIELDS, "params")
    found = [
        {name: row[name] for name in _FIELDS} | {name: row["params"].get(name) for name in _WORDS}
        for row in rows
    ]
    kinds = {name: pa.int64() if name == "row" else pa.string() for name in (*_FIELDS, *_WORDS)}
    problems = pa.Table.from_pylist(found, pa.schema(list(kinds.items())))
    none = pa.table({})
    return CheckedBatch(none, none, none, none, problems, none, Mapping(), [source], date(batch.year, 12, 31))
