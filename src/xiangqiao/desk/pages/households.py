"""The list of households: filters in the address, saved views, pages by key."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.forms import HouseholdFilterForm
from xiangqiao.desk.household_table import COLUMNS, around, heads, table_rows
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import DataTable, Pager
from xiangqiao.pairing.queries import without_cadre
from xiangqiao.people.queries import SORTABLE, HouseholdFilter, households
from xiangqiao.places.queries import children, place
from xiangqiao.policy.queries import unclaimed_condition


@page(Can.READ_REGISTER)
def household_list(request: DeskRequest) -> HttpResponse:
    """Show the households that the filters of the address let through."""
    wanted = HouseholdFilter.of(request.GET.dict())
    rows = households(request.viewer, wanted, extra=above(request.GET))
    sort = request.GET.get("sort", "village")
    column = SORTABLE.get(sort.removeprefix("-"), "division_code")
    found = page_of(
        rows,
        column,
        descending=sort.startswith("-"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = DataTable(
        id="households",
        columns=heads(COLUMNS),
        rows=table_rows(found.rows, around(request.viewer, found.rows)),
        caption=_("农户台账"),
        query=request.GET,
        sort=sort,
        total=rows.count(),
        noun=_("户"),
        pager=Pager(found.next_key, found.previous_key),
        chooser=True,
        empty=Empty(
            _("没有符合条件的农户"),
            _("放宽条件，或清除筛选。"),
            Link(_("清除筛选"), reverse("desk:households")),
        ),
    )
    form = HouseholdFilterForm(request.GET, divisions=division_choices(request.viewer))
    return render(request, "desk/households.html", {"table": table, "form": form})


def above(query: QueryDict) -> Q | None:
    """Return the conditions that stand above the register: a cadre, an entitlement not taken up."""
    found = Q()
    if query.get("cadre") in {"none", "has"}:
        found &= without_cadre(wanted=query["cadre"] == "none")
    if policy := query.get("policy", "").strip():
        found &= unclaimed_condition("" if policy == "any" else policy)
    return found or None


def division_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the townships and villages a person reads, for a choice."""
    chosen: list[tuple[str, str]] = []
    for code in viewer.divisions(Can.READ_REGISTER):
        here = place(code)
        if here is None:
            continue
        below = children(code)
        chosen += [(here.code, here.name), *((one.code, f"　{one.name}") for one in below)]
    return list(dict.fromkeys(chosen))
