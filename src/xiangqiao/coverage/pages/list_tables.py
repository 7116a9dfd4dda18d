"""Tables of a batch: problems at their cells, and each merged duplicate with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiangqiao.coverage import queries
from xiangqiao.coverage.words import PROBLEMS, reasons_text
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.coverage.models import ListBatch, ListedRow, Station

MOST = 200


def problem_table(batch: ListBatch) -> DataTable:
    """Return the problems of a batch, each at its cell."""
    rows = [
        Row(
            [
                Cell(one.file.name, sub=one.name),
                f"{problem['column']}{one.row}",
                problem["text"] or None,
                str(PROBLEMS[problem["code"]]),
                Tag(_("入库"), "green") if one.is_good else Tag(_("不入库"), "red"),
            ]
        )
        for one in queries.problem_rows(batch)[:MOST]
        for problem in one.problems
    ]
    columns = [
        Column("file", _("文件")), Column("cell", _("单元格")), Column("text", _("写的是")),
        Column("what", _("问题和处理")), Column("taken", _("这一行")),
    ]  # fmt: skip
    empty = Empty(_("没有问题"), _("每一行都读懂了。"))
    return DataTable(id="problems", caption=pgettext("data", "问题"), columns=columns, rows=rows, empty=empty)


def explanation_table(batch: ListBatch) -> DataTable:
    """Return every pair by which two rows became one station."""
    rows = [
        Row(
            [
                _side(one.left),
                _side(queries.right_side(one)),
                reasons_text(one.reasons),
                Cell(_("人工确认"), sub=one.decided_label) if one.decision else _("自动认出"),
            ]
        )
        for one in queries.explanations(batch)[:MOST]
    ]
    columns = [
        Column("left", _("一边")), Column("right", _("另一边")), Column("why", _("为什么是同一个")), Column("who", _("谁认的")),
    ]  # fmt: skip
    empty = Empty(_("没有重复"), _("没有两行说的是同一个基站。"))
    return DataTable(id="merged-rows", caption=_("合并的重复"), columns=columns, rows=rows, empty=empty)


def _side(one: ListedRow | Station | None) -> Cell | None:
    if one is None:
        return None
    row = getattr(one, "row", None)
    where = _("%(file)s 第 %(row)d 行") % {"file": one.file.name, "row": row} if row else _("已登记的基站")  # type: ignore[union-attr]  # a row has a file
    return Cell(f"{one.name} {one.station_no}".strip(), sub=where)
