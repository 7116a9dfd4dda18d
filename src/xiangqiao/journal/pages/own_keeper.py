"""The household's own page through the station keeper, while the household's consent is in force; each look is recorded."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.pages import doorway
from xiangqiao.journal.pages.doorway import Doorway
from xiangqiao.journal.pages.own_code import NO_VISIT
from xiangqiao.journal.pages.parts import place_words
from xiangqiao.journal.queries.reach import own_home


@page(Can.KEEP_STATION)
@require_GET
def entrusted(request: DeskRequest) -> HttpResponse:
    """List the households that let this keeper act for them."""
    rows = [
        (own_home(one.household, request.viewer.today), one)
        for one in queries.households_of_keeper(request.viewer)
    ]
    context = {
        "rows": [
            (
                home.head_name,
                place_words(home.division_code),
                one,
                reverse("journal:kept", args=[home.public_id]),
            )
            for home, one in rows
        ]
    }
    return render(request, "journal/entrusted.html", context)


@page(Can.KEEP_STATION)
@never_cache
@require_GET
def kept(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Open a household's page in its name; that it was opened is recorded and the household reads it."""
    door = _doorway(request, household_id)
    note_viewing(request.viewer, [household_id], reason=_("站长代看，有授权"), now=request.now)
    return doorway.shown(request, door)


@page(Can.KEEP_STATION)
@require_POST
def reply(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Take what the household says to a line, by the keeper's hand."""
    return doorway.replied(request, _doorway(request, household_id))


@page(Can.KEEP_STATION)
@require_GET
def photo(request: DeskRequest, household_id: UUID, visit_id: UUID) -> HttpResponse:
    """Hand out the photo of a visit to a household that let the keeper look."""
    return doorway.photo(_doorway(request, household_id), visit_id)


def _doorway(request: DeskRequest, household: UUID) -> Doorway:
    consent = queries.standing_consent(request.viewer, household)
    if consent is None:
        raise Http404
    return Doorway(
        household=household,
        by=request.viewer,
        via="KEEPER",
        now=request.now,
        home_url=reverse("journal:kept", args=[household]),
        reply_url=reverse("journal:kept_reply", args=[household]),
        photo_url=reverse("journal:kept_photo", args=[household, NO_VISIT]),
        may_reply=consent.scope == "REPLY",
        note=_("您在替这一户看。授权到 %(day)s，每次打开都有记录，农户看得到。")
        % {"day": consent.valid_to.isoformat()},
    )
