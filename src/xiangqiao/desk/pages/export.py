"""Export of exactly what is seen: the same rows, columns and order, as CSV or Excel; who took it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import What, note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.desk.export import TYPES, sheet
from xiangqiao.desk.household_list import chosen_columns, order_of, wanted_rows, without_number
from xiangqiao.kernel.errors import ActionError

MOST_ROWS = 50_000


@page(Can.EXPORT)
@require_GET
def export(request: DeskRequest, kind: str) -> HttpResponse:
    """Hand out the list that the address asks for."""
    return _hand_out(request, kind, without_number(request.GET), None)


@page(Can.EXPORT)
@require_POST
def export_picked(request: DeskRequest, kind: str) -> HttpResponse:
    """Hand out the rows picked on the page, or all that match its filters."""
    query, keys = picked(request)
    return _hand_out(request, kind, query, keys)


def picked(request: DeskRequest) -> tuple[QueryDict, list[UUID] | None]:
    """Return the filters of the address and the keys that a list posted; no keys where all that match are meant.

    Raises ActionError where nothing was picked.
    """
    if request.POST.get("all_matching"):
        return without_number(request.GET), None
    keys = []
    for text in request.POST.getlist("picked"):
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    if not keys:
        raise ActionError("list.nothing_picked", _("一户也没有选。请在行首打钩，或选“符合条件的全部”。"))
    return without_number(request.GET), keys


def _hand_out(request: DeskRequest, kind: str, query: QueryDict, keys: list[UUID] | None) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    viewer = request.viewer
    rows = wanted_rows(viewer, query.dict()) & wanted_rows(viewer, query.dict(), act=Can.EXPORT)
    if keys is not None:
        rows = rows.filter(public_id__in=keys)
    _sort, column, descending = order_of(query)
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}id")[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise ActionError(
            "export.too_many",
            _("一次最多导出 %(most)d 户。请按乡镇或条件筛选后分次导出。") % {"most": MOST_ROWS},
        )
    note_viewing(viewer, _ids(found), what=What.EXPORT, now=request.now)
    body = sheet(viewer, found, chosen_columns(query), kind)
    answer = HttpResponse(body, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="households-{viewer.today:%Y%m%d}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _ids(rows: Iterable[object]) -> list[UUID]:
    return [row.public_id for row in rows]  # type: ignore[attr-defined]  # households
