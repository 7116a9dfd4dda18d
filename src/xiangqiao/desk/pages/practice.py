"""Practice: the household on which everything may be tried, for nothing of it is kept."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.desk import panels
from xiangqiao.desk.rehearsal import MOST_STEPS, PREFIX, Practice, Stage, may_practise, rehearsal
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.queries.changes import change

# The pages that can be practised; every other address of practice leads to the real page.
OF_A_HOUSEHOLD = frozenset({"desk:household", "desk:claim", "people:choose_change", "people:ask_change"})
OF_A_CHANGE = frozenset({"people:change", "people:undo_change"})


@page(Can.REQUEST_CHANGE)
@never_cache
def practice(request: DeskRequest) -> HttpResponse:
    """Lead to the practice household as this person left it."""
    _demand(request)
    kept = Practice.of(request)
    kept.keep(request)
    with rehearsal(request, kept) as stage:
        return HttpResponseRedirect(reverse("desk:household", args=[stage.home]))


@page(Can.REQUEST_CHANGE)
@require_POST
def begin_again(request: DeskRequest) -> HttpResponse:
    """Forget what was practised and begin with a fresh household."""
    Practice().keep(request)
    return HttpResponseRedirect(reverse("desk:practice"))


@page(Can.REQUEST_CHANGE)
@never_cache
def rehearse(request: DeskRequest, inner: str) -> HttpResponseBase:
    """Show or do on the practice household what the real page of the same address would."""
    path = f"/{inner}"
    try:
        name = resolve(path).view_name
    except Resolver404:
        raise Http404 from None
    if name not in OF_A_HOUSEHOLD | OF_A_CHANGE:
        return HttpResponseRedirect(path)
    _demand(request)
    kept = Practice.of(request)
    if len(kept.steps) >= MOST_STEPS and request.method == "POST":
        raise ActionError("practice.long", _("练得够多了。请点“重新开始”，换一户新的再练。"))
    request.practice = True  # type: ignore[attr-defined]  # the frame says so on the page
    # Addresses that are asked for once a process are asked for before the rehearsal turns all of them to itself.
    panels.frame(request)
    with rehearsal(request, kept) as stage:
        _of_the_household(request, stage, path)
        answer = stage.play(path)
    if request.method == "POST" and answer.status_code == 302:
        kept.steps.append({"path": path, "data": request.POST.urlencode(), "at": request.now.isoformat()})
        kept.keep(request)
    return answer


def _demand(request: DeskRequest) -> None:
    if not may_practise(request.viewer):
        raise ActionError("practice.no_village", _("您的岗位没有可以办变更的村，所以没有练习户。"))


def _of_the_household(request: DeskRequest, stage: Stage, path: str) -> None:
    """Answer 404 for any household but the one of practice."""
    told = resolve(path).kwargs
    home = told.get("public_id") or told.get("household_id")
    if home is None:
        try:
            home = change(request.viewer, told["change_id"]).household.public_id
        except ObjectDoesNotExist:
            raise Http404 from None
    if UUID(str(home)) != stage.home:
        raise Http404(_("这不是您的练习户。请从“练一练”重新打开。"))


__all__ = ["PREFIX", "begin_again", "practice", "rehearse"]
