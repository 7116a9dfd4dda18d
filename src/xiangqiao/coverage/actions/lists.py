"""Station lists on their way in: read, columns set, dry run, doubtful pairs settled. Nothing of it touches the register."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.actions.compare import compare_batch, read_rows
from xiangqiao.coverage.models import ListBatch, ListedRow, ListFile, Operator, Pair, Station
from xiangqiao.coverage.queries.lists import right_side
from xiangqiao.coverage.rules import LIST_STEPS, may
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xq_engine.coverage.columns import COLUMNS, find_headings, map_columns
from xq_engine.coverage.datum import DATUMS
from xq_engine.coverage.words import operator_of

if TYPE_CHECKING:
    from xq_engine.intake.reading import TableReader

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Given:
    """A file as somebody hands it in: whose stations it lists and in which datum its places are."""

    path: Path
    operator: str = ""
    datum: str = ""


def take_lists(*, act: Act, viewer: AnyViewer, division_code: str, files: Sequence[Given]) -> ListBatch:
    """Read files in a guarded child process, find headings and columns, and keep the rows for the dry run.

    Raises ActionError where a file does not read, names no operator, or has no datum.
    """
    viewer.demand(Can.MANAGE_COVERAGE, division_code)
    # Arrow comes along with the reader: loaded when a file comes, not with the web process.
    from xq_engine.intake.reading import TableReader

    with TableReader() as reader:
        read = [one for given in files for one in _read(reader, given)]
    if not read:
        raise ActionError("coverage.no_file", _("请至少选择一个清单文件。"), field="files")
    with recording("coverage.lists_taken", act, division_code=division_code) as record:
        batch = ListBatch.objects.create(
            division_code=division_code, started_label=act.by.label, started_at=act.at
        )
        for one in read:
            one.batch = batch
            one.save()
        record.note(
            batch_id=str(batch.public_id), files=[{"name": one.name, "sha256": one.sha256} for one in read]
        )
    return batch


def _read(reader: TableReader, given: Given) -> list[ListFile]:
    from xq_engine.intake.errors import IntakeError

    name = given.path.name
    operator = given.operator or operator_of(name)
    if operator not in Operator.values:
        raise ActionError(
            "coverage.operator",
            _("看不出《%(name)s》是哪家的清单，请选择运营商。") % {"name": name},
            field="operator",
        )
    if given.datum not in DATUMS:
        raise ActionError(
            "coverage.datum",
            _(
                "《%(name)s》没有选坐标系。GPS 实测选 WGS-84，高德、腾讯选 GCJ-02，百度选 BD-09；选错差几百米。"
            )
            % {"name": name},
            field="datum",
        )
    try:
        sheets = reader.read(given.path)
    except IntakeError as error:
        english = (get_language() or "").startswith("en")
        words = (error.en, error.hint_en) if english else (error.zh, error.hint)
        raise ActionError("coverage.file", " ".join(words), field="files") from None
    digest = hashlib.sha256(given.path.read_bytes()).hexdigest()
    return [
        _file(sheet.head(MOST_ROWS), sheet.first_column, f"{name}", digest, operator, given.datum)
        for sheet in sheets
    ]


def _file(
    rows: list[list[str | None]], first_column: int, name: str, digest: str, operator: str, datum: str
) -> ListFile:
    at = find_headings(rows)
    if at is None:
        raise ActionError(
            "coverage.headings",
            _("《%(name)s》里没有找到表头。表头要有站名、经度、纬度、制式等列。") % {"name": name},
            field="files",
        )
    # Columns left of the first used one stand empty, so that letters are those of the spreadsheet.
    blank: list[str | None] = [None] * first_column
    rows = [blank + row for row in rows]
    headings = [text or "" for text in rows[at]]
    return ListFile(
        name=name[:120], sha256=digest, operator=operator, datum=datum, first_row=at + 2, headings=headings,
        columns=map_columns(headings), rows=rows[at + 1 :],
    )  # fmt: skip


def set_columns(
    *, act: Act, viewer: AnyViewer, batch: ListBatch, columns: Mapping[int, Mapping[str, int]]
) -> None:
    """Set which column says what, by file id; the dry run must be made again. Raises ActionError on unknown facts."""
    viewer.demand(Can.MANAGE_COVERAGE, batch.division_code)
    with recording("coverage.columns_set", act, division_code=batch.division_code):
        held = _held(batch, "CHECKED")
        for file in held.files.all():
            wanted = dict(columns.get(file.pk, file.columns))
            if not set(wanted) <= set(COLUMNS) or not all(
                0 <= at < len(file.headings) for at in wanted.values()
            ):
                raise ActionError("coverage.columns", _("列的设置有误，请重新选择。"))
            file.columns = wanted
            file.save(update_fields=["columns"])


def check_lists(*, act: Act, viewer: AnyViewer, batch: ListBatch) -> ListBatch:
    """Make the dry run: rows with problems at their cells, pairs with reasons. May be made again until applied."""
    viewer.demand(Can.MANAGE_COVERAGE, batch.division_code)
    with recording("coverage.lists_checked", act, division_code=batch.division_code) as record:
        held = _held(batch, "CHECKED")
        held.pairs.all().delete()
        counts = read_rows(held) | compare_batch(held)
        held.counts, held.state = counts, ListBatch.State.CHECKED
        held.save(update_fields=["counts", "state"])
        record.note(batch_id=str(held.public_id), counts=counts)
    return held


def settle_pair(*, act: Act, viewer: AnyViewer, pair: Pair, decision: str) -> None:
    """Say what a doubtful pair is: the same station, two on one tower, two apart. May be said anew until applied.

    Raises ActionError on a decision that makes no sense (two operators are never one station), Conflict once applied or
    where the lists were checked anew meanwhile.
    """
    viewer.demand(Can.MANAGE_COVERAGE, pair.batch.division_code)
    if decision not in ("SAME", "SHARED", "DIFFERENT"):
        raise ActionError(
            "coverage.decision", _("请选择：同一个、同一座塔，还是两个地方。"), field="decision"
        )
    with recording("coverage.pair_settled", act, division_code=pair.batch.division_code) as record:
        _held(pair.batch, "CHECKED")
        if not Pair.objects.filter(pk=pair.pk).exists():
            raise Conflict("coverage.pair_gone", _("这批清单刚刚重新核对过，请回到清单页看新的结果。"))
        kinds = {(one.operator, one.technology) for one in sides(pair)}
        if decision == "SAME" and len(kinds) > 1:
            raise ActionError(
                "coverage.two_operators",
                _("运营商或制式不同，不会是同一个基站；可以是同一座塔。"),
                field="decision",
            )
        Pair.objects.filter(pk=pair.pk).update(
            decision=decision, decided_label=act.by.label, decided_at=act.at, note=act.reason[:200]
        )
        record.note(pair=str(pair.public_id), decision=decision)


def sides(pair: Pair) -> list[ListedRow | Station]:
    """Return both sides of a pair: rows of lists, or a station of the register."""
    right = right_side(pair)
    return [pair.left] if right is None else [pair.left, right]


def _held(batch: ListBatch, then: str) -> ListBatch:
    held = ListBatch.objects.select_for_update().get(pk=batch.pk)
    if not may(LIST_STEPS, held.state, then):
        raise Conflict(
            "coverage.lists_over",
            _("这批清单现在是“%(state)s”，不能再改。") % {"state": held.get_state_display()},
            theirs=held.state,
        )
    return held
