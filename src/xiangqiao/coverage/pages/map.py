"""The map: a page with its legend in numbers, and the GeoJSON that it draws."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import queries
from xiangqiao.coverage.pages.parts import tabs
from xiangqiao.coverage.words import LEVELS


@page(Can.READ_COVERAGE)
@require_GET
def map_page(request: DeskRequest) -> HttpResponse:
    """Show the map with a legend that counts; without scripts the table of points says the same."""
    has_words = {True: pgettext("signal", "有"), False: pgettext("signal", "没有")}
    known = queries.points_with_standing(list(queries.points(request.viewer)), request.viewer.today)
    counts = Counter((one.mobile.has_service, one.mobile.level.name) for one in known)
    legend = [
        (
            f"{'yes' if has else 'no'} {level.lower()}",
            f"{has_words[has]} · {LEVELS[level]}",
            counts[has, level],
        )
        for has in (True, False)
        for level in ("VERIFIED", "MEASURED", "REPORTED", "PREDICTED")
    ]
    legend.append(("unknown", str(LEVELS["UNKNOWN"]), counts[None, "UNKNOWN"]))
    plan = request.GET.get("plan", "")
    address = reverse("coverage:geojson") + (f"?plan={plan}" if plan else "")
    context = {
        "tabs": tabs(request.viewer, "map"), "legend": legend, "geojson": address, "exact": request.viewer.can(Can.MANAGE_COVERAGE),
        "invented": any("虚构" in one.site.source for one in known), "point_url": reverse("coverage:points"), "planned": bool(plan),
    }  # fmt: skip
    return render(request, "coverage/map.html", context)


@page(Can.READ_COVERAGE)
@require_GET
def geojson(request: DeskRequest) -> HttpResponse:
    """Answer the features that the person may see; who sees exact places of masts is written down."""
    plan = None
    if asked := request.GET.get("plan"):
        plan = next((one for one in queries.plans(request.viewer) if str(one.public_id) == asked), None)
    if request.viewer.can(Can.MANAGE_COVERAGE):
        note_viewing(request.viewer, [request.viewer.user.public_id], reason=_("看基站地图"), now=request.now)
    found = queries.features(request.viewer, on=request.viewer.today, plan=plan)
    answer = JsonResponse(found, content_type="application/geo+json")
    answer["Cache-Control"] = "private, max-age=0"
    return answer
