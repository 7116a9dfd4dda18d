"""Which column is which fact: looked at and corrected by a person, remembered for the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import jobs
from xiangqiao.people import tasks
from xiangqiao.people.pages.parts import act_of
from xiangqiao.people.queries import intake as queries
from xq_engine.facts import catalogue

if TYPE_CHECKING:
    from xiangqiao.people.models import Batch


# How a guess says that it knows no fact for a column, or had to choose between two.
_UNKNOWN = ("不认识", "与 ")


@page(Can.IMPORT)
@require_http_methods(["GET", "POST"])
def columns(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Show how the columns were understood; a correction is remembered and the files are checked again."""
    found = queries.batch(request.viewer, public_id)
    if found is None or found.state not in ("UPLOADED", "CHECKED"):
        raise Http404
    if request.method == "POST":
        _correct(request, found)
        return redirect("people:batch", public_id)
    sheets = [_sheet(number, sheet) for number, sheet in enumerate(found.mapping) if sheet["entity"]]
    return render(request, "people/intake/columns.html", {"batch": found, "sheets": sheets})


def _sheet(number: int, sheet: dict[str, Any]) -> dict[str, Any]:
    """A sheet as drawn: the columns that somebody should look at, then those that are understood or not wanted."""
    drawn = [_drawn(number, place, sheet, one) for place, one in enumerate(sheet["columns"])]
    return {
        "title": f"{sheet['workbook']} / {sheet['sheet']}",
        "open": [one for one in drawn if one["doubtful"] or one["unknown"]],
        "known": [one for one in drawn if one["fact"] and not one["doubtful"]],
        "left": [one for one in drawn if not one["fact"] and not one["unknown"]],
    }


def _drawn(number: int, place: int, sheet: dict[str, Any], column: dict[str, Any]) -> dict[str, Any]:
    """A column as drawn: its heading, what it was taken for and how sure that is, what it may be."""
    return {
        **column,
        "field": f"column-{number}-{place}",
        "chosen": f"{column['entity']}.{column['fact']}" if column["fact"] else "",
        "unknown": not column["fact"] and column.get("why", "").startswith(_UNKNOWN),
        "doubtful": bool(column["fact"]) and column["confidence"] < 0.8,
        "choices": _choices(sheet["entity"]),
    }


def _choices(entity: str) -> list[tuple[str, str]]:
    entities = ("household", "person") if entity == "wide" else (entity,)
    english = (get_language() or "").startswith("en")
    facts = [
        (f"{one}.{name}", fact.en if english else fact.zh)
        for one in entities
        for name, fact in catalogue()[one].base.items()
    ]
    return [("", _("不导入这一列")), *facts]


def _correct(request: DeskRequest, found: Batch) -> None:
    # Arrow and the checks: loaded when a correction is sent, not when the process starts.
    from xiangqiao.people.actions.intake import remember_mapping
    from xq_engine.intake.mapping import ColumnMapping, SheetMapping

    sheets = []
    for number, sheet in enumerate(found.mapping):
        corrected = [
            _one(request.POST, f"column-{number}-{place}", one) for place, one in enumerate(sheet["columns"])
        ]
        sheets.append(SheetMapping(**{**sheet, "columns": [ColumnMapping(**one) for one in corrected]}))
    remember_mapping(
        act=act_of(request), viewer=request.viewer, batch=found, sheets=[one for one in sheets if one.entity]
    )
    jobs.start(tasks.CHECK, owner=request.viewer.public_id, batch=found.public_id)


def _one(sent: QueryDict, field: str, column: dict[str, Any]) -> dict[str, Any]:
    if field not in sent:
        return column
    entity, _dot, fact = str(sent[field]).partition(".")
    if fact and (entity not in catalogue() or fact not in catalogue()[entity].base):
        raise Http404
    if (entity, fact) == (column["entity"], column["fact"]):
        return column
    return {**column, "entity": entity, "fact": fact, "confidence": 1.0, "why": "person"}
