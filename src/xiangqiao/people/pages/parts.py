"""What the pages of changes share."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.access import act_of as act_of
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.people.queries import changes as queries
from xiangqiao.people.queries.changes import ChangeRequest, Household
from xiangqiao.people.words import STEPS
from xiangqiao.places.queries import place, villages_below

_TONES: dict[str, Tone] = {
    "SUBMITTED": "gold",
    "APPLIED": "green",
    "RETURNED": "orange",
    "REJECTED": "red",
    "CONFLICTED": "orange",
    "UNDONE": "grey",
}


def state_tag(row: ChangeRequest) -> Tag:
    """Return the state of a change; while it waits, for which approval."""
    text = (
        STEPS[row.step]
        if row.state == ChangeRequest.State.SUBMITTED and row.step
        else row.get_state_display()
    )
    return Tag(str(text), _TONES[row.state])


def household_or_404(request: DeskRequest, household_id: UUID) -> Household:
    """Return a household that the person may ask changes for."""
    try:
        return queries.household_for_change(request.viewer, household_id)
    except Household.DoesNotExist:
        raise Http404 from None


def household_address(household: UUID) -> str:
    """Return the address of a household's page, which is the desk's, or nothing where it is not mounted."""
    with suppress(NoReverseMatch):
        return reverse("desk:household", args=[household])
    return ""


def village_choices(viewer: Viewer, *, everywhere: bool = False) -> list[tuple[str, str]]:
    """Return the villages in which a person may ask for changes (or all of the county), township first."""
    codes = viewer.divisions(Can.REQUEST_CHANGE)
    if everywhere:
        codes = list(dict.fromkeys(f"{code[:6]}000000" for code in codes))
    found = []
    for code in codes:
        for one in villages_below(code):
            above = place(one.parent_code)
            found.append((one.code, f"{above.name if above else ''} {one.name}".strip()))
    return [("", "—"), *dict.fromkeys(found)]
