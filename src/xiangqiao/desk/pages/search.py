"""Search: one box for households, places and policies. Personal numbers are asked by POST and never echoed."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.household_list import names_a_number
from xiangqiao.desk.household_table import household_address, place_name
from xiangqiao.desk.standing import place_word
from xiangqiao.kernel.ui.cards import Line
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.places.queries import places
from xiangqiao.policy.queries import in_language, library
from xq_engine.divisions import is_within

MOST = 20


@page(Can.READ_REGISTER)
@never_cache
def search(request: DeskRequest) -> HttpResponse:
    """Find by name, initials, ID number, phone, household number, place or policy; one household found opens at once."""
    posted = request.method == "POST"
    text = (request.POST if posted else request.GET).get("q", "").strip()[:60]
    secret = names_a_number(text)
    if secret and not posted:
        return HttpResponseRedirect(f"{reverse('desk:search')}?number=1")
    if posted and not secret:
        return HttpResponseRedirect(f"{reverse('desk:search')}?{urlencode({'q': text})}")
    if not text:
        return render(request, "desk/search.html", {"refused": "number" in request.GET})
    viewer = request.viewer
    wanted = HouseholdFilter.of({"q": "".join(text.split()) if secret else text, "closed": "1"})
    rows = list(households(viewer, wanted).order_by("division_code", "id")[: MOST + 1])
    around = [] if secret else place_lines(viewer, text) + policy_lines(viewer, text)
    if len(rows) == 1 and not around:
        return HttpResponseRedirect(household_address(rows[0]))
    context = {
        "asked": "" if secret else text,
        "search_text": "" if secret else text,
        "secret": secret,
        "homes": [
            Line(
                f"{row.head_name} · {row.household_no}",
                href=household_address(row),
                end=place_name(row.division_code),
            )
            for row in rows[:MOST]
        ],
        "more": len(rows) > MOST,
        "all_url": "" if secret else f"{reverse('desk:households')}?{urlencode({'q': text})}",
        "places": [] if secret else place_lines(viewer, text),
        "policies": [] if secret else policy_lines(viewer, text),
    }
    return render(request, "desk/search.html", context)


def place_lines(viewer: Viewer, text: str) -> list[Line]:
    """Return the places a person reads whose name holds the text."""
    own = viewer.divisions(Can.READ_REGISTER)
    found = [
        one
        for one in places().values()
        if (text in one.name or text.lower() in one.name_en.lower())
        and any(is_within(one.code, code) for code in own)
    ]
    return [Line(place_word(one), href=reverse("desk:place", args=[one.code])) for one in found[:MOST]]


def policy_lines(viewer: Viewer, text: str) -> list[Line]:
    """Return the policies whose name holds the text."""
    if not viewer.can(Can.READ_POLICY):
        return []
    return [
        Line(in_language(policy.name), href=reverse("policy:policy", args=[policy.id]))
        for policy in library()
        if text in policy.name.zh or text.lower() in policy.name.en.lower()
    ][:MOST]
