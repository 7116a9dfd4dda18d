"""Units: which villages they help, with how many cadres."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.tables import Column, DataTable, Pager, Row
from xiangqiao.pairing import queries
from xiangqiao.pairing.forms import UnitFilterForm
from xiangqiao.pairing.pages.cadres import load_meter
from xiangqiao.pairing.pages.parts import division_choices, tabs
from xiangqiao.pairing.words import place_name, word

_NAMED = 3  # villages named in a cell; of more, the number


@page(Can.READ_PAIRING)
@require_GET
def unit_list(request: DeskRequest) -> HttpResponse:
    """List the units that help where the person reads."""
    today = request.viewer.today
    wanted = queries.CadreFilter.of(request.GET.dict())
    rows = queries.units(request.viewer, wanted, on=today)
    part = page_of(rows, "name", after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    villages = queries.villages_of(part.rows, today)
    table = DataTable(
        id="units",
        caption=_("帮扶单位"),
        columns=(
            Column("name", _("单位")),
            Column("level", _("隶属关系")),
            Column("villages", _("帮扶的村")),
            Column("staff", _("干部"), unit=_("人"), numeric=True),
            Column("used", _("户数"), meaning=_("已结对的户数 / 干部可帮的户数。")),
            Column("contact", _("联系人")),
        ),
        rows=[_row(row, villages.get(row.pk, [])) for row in part.rows],
        query=request.GET,
        total=rows.count(),
        noun=_("个单位"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有符合条件的单位"), _("放宽条件；名单还没有的话，请导入帮扶单位表。")),
    )
    form = UnitFilterForm(request.GET, divisions=division_choices(request.viewer))
    return render(request, "pairing/units.html", {"tabs": tabs("units"), "table": table, "form": form})


def _row(row: Any, villages: list[str]) -> Row:
    named = "、".join(place_name(code) for code in villages[:_NAMED])
    if len(villages) > _NAMED:
        named = _("%(names)s 等 %(n)d 个村") % {"names": named, "n": len(villages)}
    return Row(
        [
            row.name,
            word("unit_level", row.level) or None,
            named or Tag(_("没有安排帮扶的村"), "orange"),
            row.staff,
            load_meter(row.used, row.places) if row.staff else Tag(_("没有干部名单"), "orange"),
            row.contact_name or None,
        ],
        href=f"{reverse('pairing:cadres')}?unit={row.public_id}",
        key=str(row.public_id),
        label=row.name,
    )
