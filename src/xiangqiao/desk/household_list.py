"""The list of households that an address asks for: filters, columns, order. Screen and export read the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.household_table import COLUMNS, Spec, around, heads, table_rows
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import BulkAction, DataTable, Pager
from xiangqiao.pairing.queries import without_cadre
from xiangqiao.people.queries import SORTABLE, HouseholdFilter, households
from xiangqiao.policy.queries import entitled_condition, open_condition, unclaimed_condition

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

# An ID number of either length, a disability certificate, or a mobile phone; household numbers are none of these.
_NUMBER = re.compile(r"\d{15}|\d{17}[\dXx]|\d{17}[\dXx]\d{2}|1\d{10}")


@dataclass(frozen=True)
class ListView:
    """What the address asked for, and the page of it."""

    table: DataTable
    specs: tuple[Spec, ...]


def wanted_rows(
    viewer: Viewer, query: Mapping[str, Any], *, act: Can = Can.READ_REGISTER
) -> QuerySet[Household]:
    """Return all households that the filters of an address let through, unordered."""
    return households(viewer, HouseholdFilter.of(query), extra=above(query), act=act)


def above(query: Mapping[str, Any]) -> Q | None:
    """Return the conditions that stand above the register: a cadre, an entitlement, a fact that is missing."""
    found = Q()
    if query.get("cadre") in {"none", "has"}:
        found &= without_cadre(wanted=query["cadre"] == "none")
    policy, state = query.get("policy", "").strip(), query.get("state", "")
    if policy and state == "entitled":
        found &= entitled_condition(policy)
    elif policy and state == "open":
        found &= open_condition(policy, query.get("lacks", ""))
    elif policy:
        found &= unclaimed_condition("" if policy == "any" else policy)
    return found or None


def chosen_columns(query: QueryDict) -> tuple[Spec, ...]:
    """Return the columns that an address names (`col`), in the order of the house; the usual ones where it names none."""
    named = set(query.getlist("col"))
    found = tuple(spec for spec in COLUMNS if spec.key in named or spec.key == "no")
    return found if named else tuple(spec for spec in COLUMNS if spec.usual)


def order_of(query: Mapping[str, str]) -> tuple[str, str, bool]:
    """Return the sorting as the address says it, its column, and whether it runs down."""
    sort = query.get("sort", "village")
    if sort.removeprefix("-") not in SORTABLE:
        sort = "village"
    return sort, SORTABLE[sort.removeprefix("-")], sort.startswith("-")


def names_a_number(text: str) -> bool:
    """Return whether a text holds an ID number or a phone: such a search never stands in an address."""
    return _NUMBER.fullmatch("".join(text.split()).replace("-", "")) is not None


def without_number(query: QueryDict) -> QueryDict:
    """Return the parameters of an address without a search for a personal number."""
    if not names_a_number(query.get("q", "")):
        return query
    clean = query.copy()
    del clean["q"]
    return clean


def list_view(request: DeskRequest, *, division: str = "") -> ListView:
    """Return a page of the list; `division` narrows it whatever the address says. Four queries."""
    query = without_number(request.GET)
    if division:
        query = query.copy()
        query["division"] = division
    specs = chosen_columns(query)
    rows = wanted_rows(request.viewer, query.dict())
    sort, column, descending = order_of(query)
    found = page_of(
        rows, column, descending=descending, after=query.get("after", ""), before=query.get("before", "")
    )
    table = DataTable(
        id="households",
        columns=heads(specs),
        rows=table_rows(found.rows, around(request.viewer, found.rows), specs),
        caption=_("农户台账"),
        query=query,
        sort=sort,
        total=rows.count(),
        noun=_("户"),
        pager=Pager(found.next_key, found.previous_key),
        actions=_bulk(request.viewer, query),
        exports=_exports(request.viewer, query),
        empty=Empty(
            _("没有符合条件的农户"),
            _("放宽条件，或清除筛选。"),
            Link(_("清除筛选"), reverse("desk:households")),
        ),
    )
    return ListView(table, specs)


def _bulk(viewer: Viewer, query: QueryDict) -> list[BulkAction]:
    """What may be done with picked rows; the address goes along, for columns, order and filters."""
    if not viewer.can(Can.EXPORT):
        return []
    asked = _kept(query)
    return [
        BulkAction(
            _("导出 CSV"), f"{reverse('desk:export_picked', args=['csv'])}?{asked}", icon="file-spreadsheet"
        ),
        BulkAction(
            _("导出 Excel"),
            f"{reverse('desk:export_picked', args=['xlsx'])}?{asked}",
            icon="file-spreadsheet",
        ),
        BulkAction(_("打印明白卡"), f"{reverse('desk:cards')}?{asked}", icon="printer"),
    ]


def _exports(viewer: Viewer, query: QueryDict) -> list[Link]:
    if not viewer.can(Can.EXPORT):
        return []
    return [
        Link(name, f"{reverse('desk:export', args=[kind])}?{_kept(query)}", icon="download")
        for kind, name in (("csv", "CSV"), ("xlsx", "Excel"))
    ]


def _kept(query: QueryDict) -> str:
    kept = query.copy()
    for key in ("after", "before"):
        kept.pop(key, None)
    return kept.urlencode()
