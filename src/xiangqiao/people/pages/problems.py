"""The desk where problems are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.tables import BulkAction, Pager
from xiangqiao.people.actions.answers import settle_problem
from xiangqiao.people.forms.problems import ProblemFilterForm
from xiangqiao.people.pages.parts import act_of
from xiangqiao.people.pages.problem_table import problem_table
from xiangqiao.people.queries import intake as queries

if TYPE_CHECKING:
    from xiangqiao.people.models import Problem

_MOST = 500


@page(Can.SETTLE_PROBLEM)
@require_GET
def problems(request: DeskRequest) -> HttpResponse:
    """List the open problems that the filters of the address let through, gravest kinds by choice."""
    rows = queries.matching_problems(request.viewer, request.GET)
    found = page_of(
        rows, "division_code", after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    settle = reverse("people:settle_problems")
    actions = [
        BulkAction(_("已改正"), f"{settle}?outcome=MENDED", icon="check"),
        BulkAction(_("情况属实"), f"{settle}?outcome=CONFIRMED", icon="eye"),
    ]
    table = problem_table(
        found.rows,
        total=rows.count(),
        query=request.GET,
        pager=Pager(found.next_key, found.previous_key),
        actions=actions,
    )
    form = ProblemFilterForm(request.GET, viewer=request.viewer)
    return render(request, "people/intake/problems.html", {"table": table, "form": form})


@page(Can.SETTLE_PROBLEM)
@require_POST
def settle_problems(request: DeskRequest) -> HttpResponse:
    """Ask for the reason, then settle the problems picked, or all that match, one act each."""
    chosen = _chosen(request)
    outcome = request.GET.get("outcome", "")
    reason = request.POST.get("reason", "")
    if not chosen:
        messages.warning(request, _("请先勾选要处理的问题。"))
        return redirect("people:problems")
    if not reason.strip():
        context = {
            "count": len(chosen), "picked": [one.public_id for one in chosen], "asked": "reason" in request.POST,
            "outcome": queries.outcome_word(outcome),
        }  # fmt: skip
        return render(request, "people/intake/settle.html", context, status=422 if context["asked"] else 200)
    done = 0
    for one in chosen:
        try:
            settle_problem(
                act=act_of(request, reason),
                viewer=request.viewer,
                problem=one,
                outcome=outcome,
                reason=reason,
            )
            done += 1
        except ActionError as error:
            messages.error(request, error.message)
    messages.success(request, _("处理了 %(n)s 处问题。") % {"n": done})
    return redirect("people:problems")


def _chosen(request: DeskRequest) -> list[Problem]:
    if filters := request.POST.get("all_matching"):
        return list(
            queries.matching_problems(request.viewer, QueryDict("" if filters == "all" else filters))[:_MOST]
        )
    try:
        picked = [UUID(one) for one in request.POST.getlist("picked")[:_MOST]]
    except ValueError as error:
        raise Http404 from error
    return list(queries.problems(request.viewer).filter(public_id__in=picked))
