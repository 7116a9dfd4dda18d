"""No signal here: a page for a phone, in two steps: where, and what."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import queries
from xiangqiao.coverage.actions.report import tell as tell_report
from xiangqiao.coverage.forms import ReportForm
from xiangqiao.coverage.pages.parts import act_of, county_code
from xiangqiao.coverage.words import place_name
from xiangqiao.kernel.ids import new_id
from xiangqiao.places.queries import Site, children, place, site, sites


@page(Can.REPORT_SIGNAL)
@require_GET
def choose(request: DeskRequest) -> HttpResponse:
    """Choose where one is: township, village, place; plain links, so that any phone can."""
    asked = request.GET.get("at", "")
    here = place(asked) if asked.isdigit() else None
    code = here.code if here else county_code()
    below = list(children(code))
    found = list(sites(code)) if here and not below else []
    own = list(queries.own_reports(request.viewer)[:10])
    names = {one.public_id: one.name for one in sites().filter(public_id__in=[row.site for row in own])}
    context = {
        "here": place_name(code) if here else "", "below": [(one.code, place_name(one.code)) for one in below], "sites": found,
        "own": [{"row": row, "name": names.get(row.site, "")} for row in own], "up": here.parent_code if here else "",
    }  # fmt: skip
    return render(request, "coverage/tell.html", context)


@page(Can.REPORT_SIGNAL)
@require_http_methods(["GET", "POST"])
def here(request: DeskRequest, site_id: UUID) -> HttpResponse:
    """Tell that there is no signal at a place."""
    found = site_or_404(site_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tell_report(act=act_of(request), viewer=request.viewer, site=site_id, **form.cleaned_data)
        messages.success(request, _("收到了，谢谢。网络办看过以后会在这里答复您。"))
        return redirect("coverage:tell")
    context = {"site": found, "where": place_name(found.division_code), "form": form, "key": new_id()}
    return render(request, "coverage/tell_here.html", context, status=422 if form.errors else 200)


def site_or_404(site_id: UUID) -> Site:
    """Return a site by its id; names of places are no secret."""
    found = site(site_id)
    if found is None:
        raise Http404
    return found
