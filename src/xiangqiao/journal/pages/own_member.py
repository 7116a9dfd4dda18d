"""The household's own page for a registered person whose account was linked by a code."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.addresses import client_address
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import link_member, unlink_member
from xiangqiao.journal.forms import LinkForm
from xiangqiao.journal.pages import doorway
from xiangqiao.journal.pages.doorway import Doorway
from xiangqiao.journal.pages.own_code import NO_VISIT
from xiangqiao.journal.pages.parts import act_of, place_words, refused
from xiangqiao.journal.queries.reach import own_home
from xiangqiao.kernel.errors import ActionError


@page(Can.OWN_HOUSEHOLD)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def linked(request: DeskRequest) -> HttpResponse:
    """Show the households that are linked to one's account; link one by its code."""
    form = LinkForm(request.POST or None, initial={"token": request.GET.get("token", "")[:10]})
    if request.method == "POST" and form.is_valid():
        try:
            door = link_member(
                act=act_of(request), token=form.cleaned_data["token"], code=form.cleaned_data["code"],
                address=client_address(request),
            )  # fmt: skip
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("已关联，以后登录就能看自己家的页面。"))
            return redirect("journal:own", door.household)
    homes = [own_home(one, request.viewer.today) for one in queries.linked_households(request.viewer)]
    context = {
        "form": form,
        "rows": [
            (one.head_name, place_words(one.division_code), reverse("journal:own", args=[one.public_id]))
            for one in homes
        ],
    }
    return render(request, "journal/linked.html", context, status=422 if form.errors else 200)


@page(Can.OWN_HOUSEHOLD)
@never_cache
@require_GET
def own(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Show one's own household's page."""
    return doorway.shown(request, _doorway(request, household_id))


@page(Can.OWN_HOUSEHOLD)
@require_POST
def reply(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Take what the household says to a line."""
    return doorway.replied(request, _doorway(request, household_id))


@page(Can.OWN_HOUSEHOLD)
@require_POST
def consent(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Give or take back the consent that the keeper acts for the household."""
    return doorway.consented(request, _doorway(request, household_id))


@page(Can.OWN_HOUSEHOLD)
@require_GET
def photo(request: DeskRequest, household_id: UUID, visit_id: UUID) -> HttpResponse:
    """Hand out the photo of a visit to one's own household."""
    return doorway.photo(_doorway(request, household_id), visit_id)


@page(Can.OWN_HOUSEHOLD)
@require_POST
def unlink(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """End the link between one's account and a household."""
    door = _doorway(request, household_id)
    unlink_member(act=act_of(request), basis=queries.linked_households(request.viewer)[door.household])
    messages.success(request, _("已取消关联。"))
    return redirect("journal:linked")


def _doorway(request: DeskRequest, household: UUID) -> Doorway:
    if household not in queries.linked_households(request.viewer):
        raise Http404
    return Doorway(
        household=household,
        by=request.viewer,
        via="MEMBER",
        now=request.now,
        home_url=reverse("journal:own", args=[household]),
        reply_url=reverse("journal:own_reply", args=[household]),
        photo_url=reverse("journal:own_photo", args=[household, NO_VISIT]),
        consent_url=reverse("journal:own_consent", args=[household]),
        leave_url=reverse("journal:own_unlink", args=[household]),
        leave_word=_("取消和我账号的关联"),
    )
