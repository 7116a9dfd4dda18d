"""The list of stations. Exact places are for who manages coverage, and looking is written down."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import queries
from xiangqiao.coverage.forms import StationFilterForm
from xiangqiao.coverage.pages.parts import tabs
from xiangqiao.coverage.words import place_name
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.tables import Cell, Column, Content, DataTable, Pager, Row


@page(Can.READ_COVERAGE)
@require_GET
def station_list(request: DeskRequest) -> HttpResponse:
    """List the stations of the register."""
    asked = request.GET
    rows = queries.stations(
        request.viewer,
        operator=asked.get("operator", ""),
        technology=asked.get("technology", ""),
        text=asked.get("q", ""),
    )
    part = page_of(rows, "name", after=asked.get("after", ""), before=asked.get("before", ""))
    exact = request.viewer.can(Can.MANAGE_COVERAGE)
    if exact:
        note_viewing(request.viewer, [one.public_id for one in part.rows], now=request.now)
    columns = [
        Column("name", _("站名")), Column("operator", _("运营商")), Column("technology", _("制式")),
        Column("mast", _("所在的塔")), Column("place", _("乡镇")), Column("source", _("来自哪份清单")),
    ]  # fmt: skip
    if exact:
        columns.append(Column("at", _("经纬度（WGS-84）")))
    drawn = []
    for one in part.rows:
        cells: list[Content] = [
            Cell(one.name, sub=one.station_no), str(one.get_operator_display()), one.technology, one.mast.name,
            place_name(one.division_code), Cell(one.source, sub=_("原坐标系 %(datum)s") % {"datum": one.datum}),
        ]  # fmt: skip
        if exact:
            cells.append("{:.6f}, {:.6f}".format(*one.place))
        drawn.append(Row(cells))
    table = DataTable(
        id="stations", caption=_("基站"), columns=columns, rows=drawn, query=asked, total=rows.count(), noun=pgettext("stations", "个"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有符合条件的基站"), _("放宽条件；还没有清单的话，请网络办导入运营商的清单。")),
    )  # fmt: skip
    context = {
        "tabs": tabs(request.viewer, "stations"),
        "table": table,
        "form": StationFilterForm(asked),
        "exact": exact,
    }
    return render(request, "coverage/stations.html", context)
