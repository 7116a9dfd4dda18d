"""Applications at the office that decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Column, DataTable, Pager, Row
from xiangqiao.services import actions, queries
from xiangqiao.services.desk_forms import CollectForm, DecideForm, ReasonForm
from xiangqiao.services.following import phone_of
from xiangqiao.services.pages.desk import desk_tabs
from xiangqiao.services.pages.parts import Panel, act_of, day, place_name, state_tag, tried
from xiangqiao.services.pages.way import way_of


@page(Can.ANSWER)
@require_GET
def applications(request: DeskRequest) -> HttpResponse:
    """List the applications that the own office decides on."""
    rows = queries.applications(request.viewer, state=request.GET.get("state", ""))
    part = page_of(
        rows, "id", descending=True, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    table = DataTable(
        id="applications", caption=_("申请"), query=request.GET, total=rows.count(), noun=pgettext("applications", "件"),
        columns=(
            Column("matter", _("事项")), Column("who", _("申请人")), Column("place", _("地方")), Column("state", _("进度")),
            Column("due", _("期限")),
        ),
        rows=[
            Row(
                [row.matter.name, row.asker_name or None, place_name(row.division_code), state_tag(row), day(row.due_on)],
                href=reverse("services:application", args=[row.public_id]), key=str(row.public_id), label=row.matter.name,
            )
            for row in part.rows
        ],
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("还没有申请"), _("村民在“办事”里提交后，会出现在这里。")),
    )  # fmt: skip
    context = {
        "tabs": desk_tabs(request, "applications"), "heading": _("申请"),
        "lede": _("由您单位办的申请，按收到的先后。期限按工作日算。"), "table": table,
    }  # fmt: skip
    return render(request, "services/desk_list.html", context)


@page(Can.ANSWER)
@require_http_methods(["GET", "POST"])
def application(request: DeskRequest, application_id: UUID) -> HttpResponse:
    """Show one application with its form and papers, and do its next step."""
    try:
        row = queries.application(request.viewer, application_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    step = request.POST.get("step", "")
    panels = _panels(request, row, step)
    panel = next((one for one in panels if one.step == step and one.form is not None), None)
    if request.method == "POST" and panel is not None:
        form = panel.form
        if form is not None and tried(form, lambda: _do(request, row, step, form.cleaned_data)):
            messages.success(request, _("已办好，记在下面的经过里。"))
            return redirect("services:application", application_id)
    context = {
        "tabs": desk_tabs(request, "applications"),
        "heading": row.matter.name,
        "tag": state_tag(row),
        "facts": [
            (_("申请人"), row.asker_name or None),
            (_("电话"), phone_of(row) or None),
            (_("地方"), place_name(row.division_code)),
            (_("申请日期"), day(row.applied_on)),
            (_("办结期限"), day(row.due_on)),
            (_("已有材料"), "、".join(row.papers_have) or None),
            (_("还缺"), "、".join(p for p in row.matter.papers if p not in row.papers_have) or _("齐了")),
            *queries.entries_of(row, whole=False),
            *([(_("决定"), row.decision)] if row.decision else []),
        ],
        "way": way_of(row, who=True),
        "panels": panels,
        "key": new_id(),
        "crumbs": [Link(_("申请"), reverse("services:applications")), Link(row.matter.name, "")],
    }
    return render(request, "services/desk_one.html", context, status=422 if request.method == "POST" else 200)


def _panels(request: DeskRequest, row: Any, step: str) -> list[Panel]:
    url = request.path

    def sent(name: str) -> Any:
        return request.POST if step == name else None

    if row.state == "SUBMITTED":
        return [
            Panel(_("作决定"), url, _("决定"), DecideForm(sent("decide"), prefix="decide"), "decide"),
            Panel(
                _("要补材料"), url, _("通知补材料"), ReasonForm(sent("want"), prefix="want"), "want", kind=""
            ),
        ]
    if row.state == "GRANTED":
        form = CollectForm(sent("collect"), prefix="collect")
        return [
            Panel(
                _("领取"),
                url,
                _("交给本人"),
                form,
                "collect",
                text=_("核对申请人的 8 位查询码，只能领一次。"),
            )
        ]
    return []


def _do(request: DeskRequest, row: Any, step: str, given: dict[str, Any]) -> None:
    act = act_of(request)
    if step == "decide":
        actions.decide(act=act, application=row, granted=given["granted"] == "yes", reason=given["reason"])
    elif step == "want":
        actions.want_papers(act=act, application=row, wanted=given["reason"])
    else:
        actions.collect(act=act, application=row, code=given["code"])
