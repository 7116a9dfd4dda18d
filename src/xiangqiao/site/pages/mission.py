"""The mission page: each statement with its screens and its figures, then and now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import public
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.numbers import whole
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.site.mission.figures import Told
from xiangqiao.site.mission.statements import STATEMENTS, Statement
from xiangqiao.site.panels import address


@public
@require_GET
def mission(request: HttpRequest) -> HttpResponse:
    """Show every statement. Totals only: the records behind open to who may see them."""
    rows = [_shown(one) for one in STATEMENTS]
    return render(request, "site/mission.html", {"statements": rows})


def _shown(one: Statement) -> dict[str, Any]:
    told = one.figures(clock.today())
    table = DataTable(
        id=f"figures-{one.key}",
        caption=str(one.name),
        columns=(
            Column("label", _("数的是什么")),
            Column("then", _("2016-11-29"), numeric=True),
            Column("now", _("今天"), numeric=True),
            Column("how", _("怎么来的")),
        ),
        rows=[Row(_cells(row), label=str(row.label)) for row in told],
    )
    anchors = [{"text": text, "url": address(name)} for text, name in one.anchors]
    return {"key": one.key, "name": one.name, "text": one.text, "table": table, "anchors": anchors}


def _cells(row: Told) -> list[Any]:
    how = Cell(_("声明的数"), row.declared) if row.declared else Tag(_("由记录算出"), "green")
    return [Cell(str(row.label), str(row.of)), _number(row.then, row), _number(row.now, row), how]


def _number(value: int | None, row: Told) -> str | None:
    return None if value is None else f"{whole(value)} {row.unit}".strip()
