"""Appeals at the desk: the list, one appeal with what may be done next, a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING
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
from xiangqiao.giving.forms.appeals import RaiseForm
from xiangqiao.giving.pages.appeal_steps import STEPS, panels
from xiangqiao.giving.pages.appeal_view import context_of
from xiangqiao.giving.pages.parts import TONES, act_of, day, desk_tabs, state_tag, tried
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row
from xiangqiao.places.queries import names

if TYPE_CHECKING:
    from xiangqiao.giving.models import Appeal


@page(Can.READ_GIVING)
@require_GET
def appeals(request: DeskRequest) -> HttpResponse:
    """List the appeals where the person reads."""
    state = request.GET.get("state", "")
    rows = queries.appeals(request.viewer, state=state if state in TONES else "")
    part = page_of(
        rows,
        "raised_at",
        descending=True,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    where = names([row.division_code for row in part.rows])
    table = DataTable(
        id="appeals", caption=_("求助"),
        columns=(
            Column("case", _("编号")), Column("title", _("需要什么")), Column("place", _("村")), Column("source", _("来源")),
            Column("seen", _("已核实"), numeric=True, meaning=_("去看过的人数；要两个互不相干的人都说属实。")),
            Column("lane", _("通道")), Column("state", _("状态")), Column("day", _("提出日期")),
        ),
        rows=[
            Row(
                [
                    row.case_no, Cell(row.title), where.get(row.division_code, ""), str(row.get_source_display()),
                    row.seen_by,  # type: ignore[attr-defined]  # annotated
                    str(row.get_lane_display()) if row.lane else None, state_tag(row), day(row.raised_at),
                ],
                href=reverse("giving:appeal", args=[row.public_id]), key=str(row.public_id), label=row.case_no,
            )
            for row in part.rows
        ],
        query=request.GET, total=rows.count(), noun=_("份"), pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("还没有求助"), _("农户本人、帮扶干部、站长和志愿者都可以提出。")),
    )  # fmt: skip
    waiting = queries.waiting_publications().count() if request.viewer.can(Can.APPROVE_PUBLICATION) else 0
    context = {
        "tabs": desk_tabs("appeals"), "table": table, "heading": _("求助"), "waiting": waiting,
        "lede": _("谁家需要什么、两个人核实过没有、走哪条合法的路、公开没有。"),
        "action": Link(_("提出求助"), reverse("giving:raise"), icon="plus"),
    }  # fmt: skip
    return render(request, "giving/list.html", context)


@page(Can.READ_GIVING)
@require_http_methods(["GET", "POST"])
def appeal(request: DeskRequest, appeal_id: UUID) -> HttpResponse:
    """Show one appeal, and do the next step on it."""
    row = queries.appeal(request.viewer, appeal_id)
    if row is None:
        raise Http404
    sent = None
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        if step is not None:
            form, found = step.form_for(request, row, request.POST), row
            if tried(form, lambda: step.do(request, found, form)):
                messages.success(request, step.done())
                return redirect("giving:appeal", appeal_id)
            sent = (request.POST["step"], form)
            row = queries.appeal(request.viewer, appeal_id) or row
    context = context_of(row, request.viewer.today) | {
        "panels": panels(request, row, sent), "key": new_id(),
        "crumbs": [Link(_("求助"), reverse("giving:appeals")), Link(row.case_no, "")],
    }  # fmt: skip
    return render(request, "giving/appeal.html", context, status=422 if request.method == "POST" else 200)


@page()
@require_http_methods(["GET", "POST"])
def raise_new(request: DeskRequest) -> HttpResponse:
    """Raise an appeal: for the own household, or one that the post reaches."""
    form = RaiseForm(request.POST or None)
    made: list[Appeal] = []

    def do() -> None:
        data = form.cleaned_data
        made.append(
            actions.raise_appeal(
                act=act_of(request), viewer=request.viewer, household_no=data["household_no"], head_name=data["head_name"],
                title=data["title"], story=data["story"], by_wechat=data["by_wechat"],
                wants=[actions.Want(**want) for want in form.wants()],
            )
        )  # fmt: skip

    if request.method == "POST" and tried(form, do):
        said = (
            _("已登记，编号 %(case)s。会有两个互不相干的人去核实。") % {"case": made[0].case_no}
            if made
            else ""
        )
        messages.success(request, said or _("这一步已经办过了。"))
        return redirect("giving:mine")
    context = {
        "form": form, "key": new_id(), "heading": _("提出求助"),
        "lede": _("写清需要什么、值多少、凭什么这么算。公开的页面不写是谁家。"),
    }  # fmt: skip
    return render(request, "giving/raise.html", context, status=422 if request.method == "POST" else 200)
