"""The list of households: filters in the address, saved views, columns, pages by key, export of what is seen."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.forms import HouseholdFilterForm
from xiangqiao.desk.household_list import list_view, names_a_number, without_number
from xiangqiao.desk.household_table import COLUMNS
from xiangqiao.kernel.record import Act
from xiangqiao.people.actions.views import forget_view, save_view
from xiangqiao.people.queries.views import own_view, saved_views
from xiangqiao.places.queries import children, place
from xiangqiao.policy.queries import in_language, library

LIST = "households"
# What a view keeps: everything in the address but the page.
_PAGE_KEYS = ("after", "before")


@page(Can.READ_REGISTER)
def household_list(request: DeskRequest) -> HttpResponse:
    """Show the households that the filters of the address let through."""
    if names_a_number(request.GET.get("q", "")):
        return HttpResponseRedirect(f"{request.path}?{without_number(request.GET).urlencode()}&number=1")
    shown = list_view(request)
    chosen = {spec.key for spec in shown.specs}
    views = list(saved_views(request.viewer, LIST))
    context = {
        "table": shown.table,
        "form": HouseholdFilterForm(
            request.GET, divisions=division_choices(request.viewer), policies=policy_choices(request.viewer)
        ),
        "columns": [(spec.key, spec.title, spec.key in chosen) for spec in COLUMNS[1:]],
        "kept": [(key, value) for key in request.GET if key != "col" for value in request.GET.getlist(key)],
        "views": [(view, view.owner == request.viewer.public_id) for view in views],
        "query": _kept(request.GET).urlencode(),
        "number": "number" in request.GET,
    }
    return render(request, "desk/households.html", context)


@page(Can.READ_REGISTER)
@require_POST
def keep_view(request: DeskRequest) -> HttpResponse:
    """Keep the filters, columns and order on the screen under a name."""
    query = _kept(without_number(QueryDict(request.POST.get("query", "")))).urlencode()
    save_view(
        act=Act(request.viewer, request.now),
        list_name=LIST,
        name=request.POST.get("name", ""),
        query=query,
        share="share" in request.POST,
    )
    return HttpResponseRedirect(f"{reverse('desk:households')}?{query}")


@page(Can.READ_REGISTER)
@require_POST
def drop_view(request: DeskRequest, view_id: UUID) -> HttpResponse:
    """Delete one's own view."""
    try:
        view = own_view(request.viewer, view_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    forget_view(act=Act(request.viewer, request.now), view=view)
    return HttpResponseRedirect(reverse("desk:households"))


def _kept(query: QueryDict) -> QueryDict:
    kept = query.copy()
    for key in _PAGE_KEYS:
        kept.pop(key, None)
    return kept


def policy_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the policies in force today, for a choice."""
    return [(policy.id, in_language(policy.name)) for policy in library().in_force(viewer.today)]


def division_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the townships and villages a person reads, for a choice."""
    english = (get_language() or "").startswith("en")
    chosen: list[tuple[str, str]] = []
    for code in viewer.divisions(Can.READ_REGISTER):
        here = place(code)
        if here is None:
            continue
        for one, depth in [(here, 0), *((below, 1) for below in children(code))]:
            name = one.name_en or one.name if english else one.name
            chosen.append((one.code, "　" * depth + name))
    return list(dict.fromkeys(chosen))
