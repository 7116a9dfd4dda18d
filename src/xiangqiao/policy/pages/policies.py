"""Policies: what is in force, how it is decided, who is entitled and has not taken it up, whose facts are missing."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import jobs
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import DataTable
from xiangqiao.policy import tasks
from xiangqiao.policy.pages.listing import columns, policy_row
from xiangqiao.policy.pages.one import policy_context
from xiangqiao.policy.queries import latest_screening, library, open_counts, totals_by_policy


@page(Can.READ_POLICY)
@require_GET
def policy_list(request: DeskRequest) -> HttpResponse:
    """Show every policy of the library, those in force first."""
    viewer = request.viewer
    screened = latest_screening()
    own = viewer.can(Can.READ_REGISTER)
    counts, lost = (open_counts(viewer), totals_by_policy(viewer)) if own else ({}, {})
    totals = screened.counts if screened and not own else {}
    ordered = sorted(library(), key=lambda one: (not one.is_in_force(viewer.today), one.category, one.id))
    table = DataTable(
        id="policies",
        columns=columns(opens=own),
        rows=[policy_row(one, viewer.today, counts, lost, totals) for one in ordered],
        caption=_("政策"),
        total=len(ordered),
        noun=_("项"),
        empty=Empty(_("还没有政策文件"), _("请系统管理员检查政策文件夹。"), Link(_("回首页"), "/")),
    )
    context = {"table": table, "screened": screened, "may_screen": viewer.can(Can.SCREEN), "own": own}
    return render(request, "policy/policies.html", context)


@page(Can.READ_POLICY)
@require_GET
def policy(request: DeskRequest, policy_id: str) -> HttpResponse:
    """Show one policy with its conditions, sources, examples, and who waits for it."""
    found = next((one for one in library() if one.id == policy_id), None)
    if found is None:
        raise Http404(_("没有这项政策。"))
    return render(request, "policy/policy.html", policy_context(request.viewer, found))


@page(Can.SCREEN)
@require_POST
def screen_again(request: DeskRequest) -> HttpResponse:
    """Start a screening of the whole register as of today; its page shows how far it is."""
    job = jobs.start(tasks.SCREEN, owner=request.viewer.public_id, as_of=request.viewer.today.isoformat())
    return HttpResponseRedirect(reverse("job", args=[job.public_id]))
