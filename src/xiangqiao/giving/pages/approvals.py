"""The second person: public texts that wait, each as readers will see it, with what the guard found doubtful."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.giving import actions, queries
from xiangqiao.giving.forms.fields import ReasonForm
from xiangqiao.giving.kinds import KINDS
from xiangqiao.giving.pages.parts import act_of, day, desk_tabs, tried
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.review import review_of
from xiangqiao.kernel.ui.tables import Column, DataTable, Row


@page(Can.APPROVE_PUBLICATION)
@require_GET
def approvals(request: DeskRequest) -> HttpResponse:
    """List the texts that wait for a second person where the person decides."""
    rows = [
        one
        for one in queries.waiting_publications()
        if request.viewer.can(Can.APPROVE_PUBLICATION, one.division_code)
    ]
    table = DataTable(
        id="approvals", caption=_("等复核的公开稿"),
        columns=(Column("title", _("标题")), Column("kind", _("种类")), Column("day", _("提交")), Column("until", _("撤下日期"))),
        rows=[
            Row(
                [one.title, _(KINDS[one.kind].title), day(one.submitted_at), day(one.withdraw_on)],
                href=reverse("giving:approval", args=[one.public_id]), label=one.title,
            )
            for one in rows
        ],
        empty=Empty(_("没有等复核的公开稿"), _("网络公益办送来以后会出现在这里。")),
    )  # fmt: skip
    context = {
        "table": table, "heading": _("公开稿复核"), "tabs": desk_tabs("appeals") if request.viewer.can(Can.READ_GIVING) else [],
        "lede": _("提交的人不能自己复核。看一看：邻居能不能猜出是谁家？"),
    }  # fmt: skip
    return render(request, "giving/list.html", context)


@page(Can.APPROVE_PUBLICATION)
@require_http_methods(["GET", "POST"])
def approval(request: DeskRequest, publication_id: UUID) -> HttpResponse:
    """Show a text as readers will see it, and approve it or send it back."""
    one = queries.waiting_publications().filter(public_id=publication_id).first()
    if one is None or not request.viewer.can(Can.APPROVE_PUBLICATION, one.division_code):
        raise Http404
    approve, back = request.POST.get("step") == "approve", request.POST.get("step") == "back"
    form = ReasonForm(
        request.POST if approve or back else None, label=_("说明（退回和拿不准时必填）"), required=back
    )

    def do() -> None:
        act = act_of(request, form.cleaned_data["reason"])
        if approve:
            actions.approve_appeal(act=act, viewer=request.viewer, publication=one)
        else:
            actions.send_back(act=act, viewer=request.viewer, publication=one)

    if form.is_bound and tried(form, do):
        messages.success(request, _("已公开。") if approve else _("已退回。"))
        return redirect("giving:approvals")
    context = review_of(one) | {
        "form": form, "key": new_id(),
        "crumbs": [Link(_("公开稿复核"), reverse("giving:approvals")), Link(one.title, "")],
    }  # fmt: skip
    return render(request, "kernel/approval.html", context, status=422 if request.method == "POST" else 200)
