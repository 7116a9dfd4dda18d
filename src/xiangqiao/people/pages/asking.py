"""Asking for a change: choose what happened, fill in a form, and see at once what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.people.actions.changes import ChangeRefused, MayBeDouble, submit_change
from xiangqiao.people.forms.changes import FIELD_NAMES, FORMS, ChangeForm, VillageForm
from xiangqiao.people.forms.facts import FactsForm
from xiangqiao.people.pages.differences import shown
from xiangqiao.people.pages.parts import act_of, household_address, household_or_404, village_choices
from xiangqiao.people.queries import changes as queries
from xiangqiao.people.queries.changes import ChangeRequest
from xiangqiao.people.rules.kinds import FACTS, Kind, approvals
from xiangqiao.people.words import KINDS, STEPS, sentence, word


def _groups() -> list[tuple[str, tuple[Kind, ...]]]:
    """Return the kinds as a clerk looks for them."""
    return [
        (
            _("家里的人"),
            (
                Kind.BIRTH,
                Kind.DEATH,
                Kind.MARRIAGE_IN,
                Kind.MARRIAGE_OUT,
                Kind.MOVE_IN,
                Kind.MOVE_OUT,
                Kind.HEAD,
            ),
        ),
        (_("每个人的情况"), (Kind.PERSON_YEAR, Kind.PERSON, Kind.ID_NUMBER, Kind.DISABILITY, Kind.DIBAO)),
        (
            _("这一户的情况"),
            (
                Kind.PHONE,
                Kind.BANK_CARD,
                Kind.INCOME,
                Kind.LAND,
                Kind.LIVING,
                Kind.HOUSEHOLD_TYPE,
                Kind.WATCH,
            ),
        ),
        (_("整户的变动"), (Kind.SPLIT, Kind.MERGE, Kind.HOUSEHOLD_MOVE, Kind.CLOSE)),
    ]


@page(Can.REQUEST_CHANGE)
@require_GET
def choose(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Ask what happened."""
    home = household_or_404(request, household_id)
    groups = [
        (title, [(str(KINDS[kind]), _address(home.public_id, kind), _needs(kind)) for kind in kinds])
        for title, kinds in _groups()
    ]
    context = {"home": home, "groups": groups, "back": household_address(home.public_id)}
    return render(request, "people/changes/choose.html", context)


def _needs(kind: Kind) -> str:
    return _("，").join(str(STEPS[step]) for step in approvals(kind))


def _address(household: UUID, kind: Kind) -> str:
    return reverse("people:ask_change", args=[household, kind.lower()])


@page(Can.REQUEST_CHANGE)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: DeskRequest, household_id: UUID, kind: str) -> HttpResponse:
    """Show the form of one kind of change, and take it."""
    chosen = _kind(kind)
    if chosen == Kind.REGISTER:
        raise Http404
    home = household_or_404(request, household_id)
    present = queries.present(home, this_year=request.viewer.today.year)
    if FACTS.get(chosen) and FACTS[chosen].entity == "person" and not _member(request, present):
        return _choose_member(request, chosen, present)
    return _answer(request, chosen, present)


@page(Can.REQUEST_CHANGE)
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: DeskRequest) -> HttpResponse:
    """Register a household that is not in the register yet."""
    return _answer(request, Kind.REGISTER, None)


def _kind(text: str) -> Kind:
    try:
        return Kind(text.upper())
    except ValueError:
        raise Http404 from None


def _member(request: DeskRequest, present: queries.Present) -> bool:
    given = request.POST.get("person") or request.GET.get("person")
    return any(str(one.person.public_id) == given for one in present.members)


def _choose_member(request: DeskRequest, kind: Kind, present: queries.Present) -> HttpResponse:
    """Ask whose facts are to be corrected."""
    members = [
        (one.person.name, word("relation", one.relation), f"?person={one.person.public_id}")
        for one in present.members
    ]
    context = {"home": present.home, "title": KINDS[kind], "members": members, **_around(present)}
    return render(request, "people/changes/choose_member.html", context)


def _answer(request: DeskRequest, kind: Kind, present: queries.Present | None) -> HttpResponse:
    form = _form(request, kind, present)
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            done = submit_change(
                act=act_of(request, form.cleaned_data["reason"]),
                kind=kind,
                payload=form.payload(),
                household=present.home.public_id if present else None,
                seen=_seen(request),
                confirmed=form.cleaned_data["confirmed"],
            )
        except ActionError as error:
            told = _tell(form, kind, error)
        else:
            return _done(request, done)
    status = 409 if "conflict" in told else 422 if form.errors or told else 200
    return render(
        request, "people/changes/form.html", _context(request, form, kind, present) | told, status=status
    )


def _form(request: DeskRequest, kind: Kind, present: queries.Present | None) -> ChangeForm:
    form = FORMS.get(kind, FactsForm)(
        request.POST if request.method == "POST" else None,
        kind=kind,
        present=present,
        today=request.viewer.today,
        initial={"person": request.GET.get("person", "")},
    )
    if isinstance(form, VillageForm):
        form.choose("division_code", village_choices(request.viewer, everywhere=kind == Kind.HOUSEHOLD_MOVE))
    if request.method == "GET" and present and (again := _uuid(request.GET.get("again", ""))):
        form.begin_with(queries.asked_again(request.viewer, present.home, kind, again))
    return form


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _context(
    request: DeskRequest, form: ChangeForm, kind: Kind, present: queries.Present | None
) -> dict[str, Any]:
    person = request.POST.get("person") or request.GET.get("person")
    members = present.members if present and kind in FACTS else []
    return {
        "form": form,
        "title": KINDS[kind],
        "needs": _needs(kind),
        "key": request.POST.get("key") or uuid4(),
        "seen": json.dumps(present.versions if present else {}),
        "whose": next((one.person.name for one in members if str(one.person.public_id) == person), ""),
        "year": present.year if present and kind in FACTS and FACTS[kind].is_yearly else None,
        **_around(present),
    }


def _around(present: queries.Present | None) -> dict[str, Any]:
    if present is None:
        return {}
    return {"home": present.home, "back": reverse("people:choose_change", args=[present.home.public_id])}


def _seen(request: DeskRequest) -> Mapping[str, int]:
    """Return the versions that the form was made with."""
    try:
        given = json.loads(request.POST.get("seen", "{}"))
    except ValueError:
        return {}
    return {str(k): v for k, v in given.items() if isinstance(v, int)} if isinstance(given, dict) else {}


def _tell(form: ChangeForm, kind: Kind, error: ActionError) -> dict[str, Any]:
    """Put a refusal where the person can mend it. Return what the page shows besides."""
    if isinstance(error, ChangeRefused):
        for fault in error.faults:
            name = FIELD_NAMES.get((kind, fault.field), fault.field)
            form.add_error(name if name in form.fields else None, sentence(fault))
        return {}
    if isinstance(error, MayBeDouble):
        form.ask_for_reason()
        form.add_error("confirmed", error.message)
        return {"doubles": error.found}
    if isinstance(error, Conflict):
        return {"conflict": error.message, "differences": shown(error.params.get("differences", []))}
    if error.status != ActionError.status:
        raise error
    form.add_error(error.field if error.field in form.fields else None, error.message)
    return {}


def _done(request: DeskRequest, done: ChangeRequest) -> HttpResponse:
    if done.state == ChangeRequest.State.APPLIED:
        messages.success(request, _("已登记，马上生效。"))
    else:
        messages.success(request, _("已提交，等待审批。"))
    return redirect("people:change", done.public_id)
