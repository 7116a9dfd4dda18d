"""What households dispute: the list, one with its answer, and its settlement by another person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import answer_dispute, settle_dispute
from xiangqiao.journal.forms import AnswerForm, SettleForm
from xiangqiao.journal.pages.parts import (
    act_of,
    dispute_tag,
    household_address,
    names_of,
    place_words,
    refused,
    tabs,
)
from xiangqiao.journal.rules.disputes import may_follow, may_settle
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row

if TYPE_CHECKING:
    from xiangqiao.journal.models import Reply


@page(Can.READ_JOURNAL)
@require_GET
def dispute_list(request: DeskRequest) -> HttpResponse:
    """List what households dispute where a person reads: what stands, or everything."""
    division = request.GET.get("division", "")[:12]
    every = request.GET.get("state") == "all"
    rows = queries.disputes(
        request.viewer, division=division if division.isdigit() else "", state="all" if every else ""
    )
    part = page_of(
        rows, "id", descending=True, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    names = names_of(request.viewer, (one.household for one in part.rows))
    table = DataTable(
        id="disputes",
        caption=_("农户异议"),
        columns=(
            Column("line", _("哪一条")),
            Column("choice", _("农户怎么说")),
            Column("home", _("农户")),
            Column("at", _("提出日期")),
            Column("state", _("状态")),
        ),
        rows=[
            Row(
                [
                    one.line,
                    Cell(str(one.get_choice_display()), sub=one.text[:60]),
                    Cell(names.get(one.household) or None, sub=place_words(one.division_code)),
                    date_format(localtime(one.at), "Y-m-d"),
                    dispute_tag(one.state),
                ],
                href=reverse("journal:dispute", args=[one.public_id]),
                key=str(one.public_id),
                label=one.line,
            )
            for one in part.rows
        ],
        query=request.GET,
        total=rows.count(),
        noun=pgettext("disputes", "条"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有等着办的异议"), _("农户在自己的页面上觉得哪一条不对，会到这里来。")),
    )
    context = {
        "tabs": tabs(request.viewer, "disputes"),
        "table": table,
        "heading": _("农户异议"),
        "switch": (
            (_("等着办的"), f"?division={division}", not every),
            (_("全部"), f"?division={division}&state=all", every),
        ),
    }
    return render(request, "journal/list.html", context)


@page(Can.READ_JOURNAL)
@require_http_methods(["GET"])
def dispute(request: DeskRequest, dispute_id: UUID) -> HttpResponse:
    """Show a dispute with what may be done about it by this person."""
    return _shown(request, _found(request, dispute_id))


@page(Can.LOG_VISIT)
@require_POST
def answer(request: DeskRequest, dispute_id: UUID) -> HttpResponse:
    """Say how it was."""
    row, form = _found(request, dispute_id), AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_dispute(act=act_of(request), dispute=row.public_id, text=form.cleaned_data["text"])
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("已答复，等另一个人核实了结。"))
            return redirect("journal:dispute", dispute_id)
    return _shown(request, row, answering=form)


@page(Can.SETTLE_PROBLEM)
@require_POST
def settle(request: DeskRequest, dispute_id: UUID) -> HttpResponse:
    """Settle a dispute after asking the household."""
    row, form = _found(request, dispute_id), SettleForm(request.POST)
    if form.is_valid():
        try:
            settle_dispute(
                act=act_of(request),
                dispute=row.public_id,
                outcome=form.cleaned_data["outcome"],
                text=form.cleaned_data["text"],
            )
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("已了结，农户在自己的页面上能看到结果。"))
            return redirect("journal:dispute", dispute_id)
    return _shown(request, row, settling=form)


def _found(request: DeskRequest, key: UUID) -> Reply:
    row = queries.dispute_named(request.viewer, key)
    if row is None:
        raise Http404
    return row


def _shown(
    request: DeskRequest,
    row: Reply,
    *,
    answering: AnswerForm | None = None,
    settling: SettleForm | None = None,
) -> HttpResponse:
    viewer = request.viewer
    may_answer = may_follow(row.state, "ANSWERED") and viewer.can(Can.LOG_VISIT)
    power = may_follow(row.state, "SETTLED") and viewer.can(Can.SETTLE_PROBLEM, row.division_code)
    own = not may_settle(row.concerned, viewer.public_id)
    context = {
        "row": row,
        "tag": dispute_tag(row.state),
        "name": names_of(viewer, [row.household]).get(row.household, ""),
        "place": place_words(row.division_code),
        "desk_url": household_address(row.household),
        "line_url": reverse("journal:visit", args=[row.subject]) if row.kind == "VISIT" else "",
        "answering": (answering or AnswerForm()) if may_answer else None,
        "settling": (settling or SettleForm(auto_id="settle_%s")) if power and not own else None,
        "own": own and power,
        "key": uuid4(),
        "settle_key": uuid4(),
    }
    wrong = (answering and answering.errors) or (settling and settling.errors)
    return render(request, "journal/dispute.html", context, status=422 if wrong else 200)
