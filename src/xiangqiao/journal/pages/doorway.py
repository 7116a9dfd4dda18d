"""The household's own page: the same for a code, a linked account and a keeper; only the door differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiangqiao.accounts.queries import who_looked
from xiangqiao.journal import queries
from xiangqiao.journal.actions import give_consent, reply_to_line, withdraw_consent
from xiangqiao.journal.forms import DISPUTING, ReplyForm
from xiangqiao.journal.pages.own_parts import benefits, told_lines, told_promises, told_visits
from xiangqiao.journal.pages.parts import key_of, picture, place_words
from xiangqiao.journal.photos import kept_photo
from xiangqiao.journal.queries.reach import own_home
from xiangqiao.journal.rules.disputes import AGREE
from xiangqiao.kernel.act import Act, Actor, Source
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError

_LOOKED = 5


@dataclass(frozen=True)
class Doorway:
    """An open door: to which household, by whom, how, and where its parts are found."""

    household: UUID
    by: Actor
    via: str
    now: datetime
    home_url: str
    reply_url: str
    photo_url: str
    may_reply: bool = True
    consent_url: str = ""
    leave_url: str = ""
    leave_word: str = ""
    note: str = ""
    around: dict[str, Any] = field(default_factory=dict)

    def act(self, request: HttpRequest) -> Act:
        """Return the act of a request at this door."""
        source = Source.DESK if self.via == "KEEPER" else Source.FIELD
        return Act(by=self.by, at=self.now, source=source, key=key_of(request))


def shown(request: HttpRequest, door: Doorway, *, trouble: str = "") -> HttpResponse:
    """Draw the page of the household behind a door."""
    found = queries.own_page(door.household, now=door.now, before=request.GET.get("before", "")[:60])
    today = day_of(door.now)
    context = {
        "door": door,
        "found": found,
        "place": place_words(found.home.division_code),
        "visits": told_visits(found, door.photo_url),
        "promises": told_promises(found, today),
        "benefits": benefits(found),
        "lines": told_lines(found),
        "choices": DISPUTING,
        "looked": who_looked(door.household, today=today)[:_LOOKED],
        "keepers": _keepers(found, door),
        "trouble": trouble,
        "key": uuid4,
        **door.around,
    }
    answer = render(request, "journal/own.html", context, status=422 if trouble else 200)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _keepers(found: queries.OwnPage, door: Doorway) -> list[tuple[UUID, str]]:
    """Return the keepers to whom the household may still give consent here."""
    if not door.consent_url:
        return []
    given = {one.keeper for one in found.consents}
    every = queries.keepers_of(found.home.division_code, day_of(door.now))
    return [(user, name) for user, name in every if user not in given]


def replied(request: HttpRequest, door: Doorway) -> HttpResponse:
    """Take what the household says to a line."""
    form = ReplyForm(request.POST)
    if not door.may_reply:
        raise Http404
    if not form.is_valid():
        return shown(request, door, trouble=_("请选一项再提交：没有这回事、不一样，或没收到。"))
    try:
        reply_to_line(act=door.act(request), household=door.household, via=door.via, **form.cleaned_data)
    except ActionError as error:
        return shown(request, door, trouble=error.message)
    if form.cleaned_data["choice"] == AGREE:
        messages.success(request, _("谢谢，已记下“是这样”。"))
    else:
        messages.success(request, _("已记下，村里会核实，结果会写在这一条下面。"))
    return HttpResponseRedirect(door.home_url)


def consented(request: HttpRequest, door: Doorway) -> HttpResponse:
    """Give consent to a keeper, or take it back: the household's own word."""
    try:
        if given := request.POST.get("keeper", ""):
            home = own_home(door.household, day_of(door.now))
            give_consent(
                act=door.act(request), household=door.household, division_code=home.division_code,
                keeper=_id(given), scope=request.POST.get("scope") or "READ", given="OWN_PAGE",
            )  # fmt: skip
            messages.success(request, _("好了，站长可以替您看。您随时可以收回。"))
        else:
            withdraw_consent(
                act=door.act(request),
                consent=_id(request.POST.get("consent", "")),
                household=door.household,
            )
            messages.success(request, _("已收回，站长不能再看了。"))
    except ActionError as error:
        return shown(request, door, trouble=error.message)
    return HttpResponseRedirect(door.home_url)


def photo(door: Doorway, visit: UUID) -> HttpResponse:
    """Hand out the photo of a visit to this household."""
    found = next(
        (
            one
            for one in queries.visits_of(door.household, most=100)
            if one.visit.public_id == visit and one.photo
        ),
        None,
    )
    if found is None:
        raise Http404
    return picture(kept_photo(found.photo))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
