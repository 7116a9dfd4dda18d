"""Gifts: the list, one gift with what may be done next by whom, and what a person gave and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.giving import queries
from xiangqiao.giving.pages.gift_steps import STEPS, panels
from xiangqiao.giving.pages.parts import day, desk_tabs, money, state_tag, tried
from xiangqiao.giving.words import amount_in_words
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row

if TYPE_CHECKING:
    from xiangqiao.giving.models import Gift


@page(Can.READ_GIVING)
@require_GET
def gifts(request: DeskRequest) -> HttpResponse:
    """List the gifts where the person reads."""
    rows = queries.gifts(request.viewer, state=request.GET.get("state", ""))
    part = page_of(
        rows,
        "offered_at",
        descending=True,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = gift_table(list(part.rows), "gifts")
    table = DataTable(
        id=table.id, caption=table.caption, columns=table.columns, rows=table.rows, query=request.GET, total=rows.count(),
        noun=_("份"), pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("还没有人捐"), _("公开的求助在需求榜上，捐助人在那里报名。")),
    )  # fmt: skip
    context = {
        "tabs": desk_tabs("gifts"), "table": table, "heading": _("捐助"),
        "lede": _("谁报了什么、对接给谁、送到没有、农户确认没有。"),
        "action": Link(_("看需求榜"), reverse("giving:board"), icon="external-link"),
    }  # fmt: skip
    return render(request, "giving/list.html", context)


def gift_table(rows: list[Gift], key: str) -> DataTable:
    """Return gifts as a table."""
    return DataTable(
        id=key, caption=_("捐助"),
        columns=(
            Column("what", _("捐什么")), Column("amount", _("数量"), numeric=True), Column("value", _("约值（元）"), numeric=True),
            Column("case", _("给哪一份求助")), Column("day", pgettext("gift", "报名日期")), Column("state", _("状态")),
        ),
        rows=[
            Row(
                [
                    Cell(row.what, sub=row.initiative.title if row.initiative else ""), amount_in_words(row.unit, row.amount),
                    money(row.value_fen) if row.value_fen else None, row.appeal.case_no if row.appeal else None,
                    day(row.offered_at), state_tag(row),
                ],
                href=reverse("giving:gift", args=[row.public_id]), label=row.what,
            )
            for row in rows
        ],
    )  # fmt: skip


@page()
@require_http_methods(["GET", "POST"])
def gift(request: DeskRequest, gift_id: UUID) -> HttpResponse:
    """Show one gift to the office, the carrier, the giver or the household, and do the next step on it."""
    row = queries.gift(request.viewer, gift_id)
    if row is None:
        raise Http404
    sent: tuple[str, Form] | None = None
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        if step is not None:
            form, found = step.form(row, request.POST), row
            if tried(form, lambda: step.run(request, found, form.cleaned_data)):
                messages.success(request, _("已办：%(what)s") % {"what": step.title})
                return redirect("giving:gift", gift_id)
            sent = (request.POST["step"], form)
            row = queries.gift(request.viewer, gift_id) or row
    context = {
        "gift": row, "tag": state_tag(row), "facts": facts(row), "panels": panels(request, row, sent), "key": new_id(),
        "crumbs": [Link(_("我的公益"), reverse("giving:mine")), Link(row.what, "")],
    }  # fmt: skip
    return render(request, "giving/gift.html", context, status=422 if request.method == "POST" else 200)


def facts(row: Gift) -> list[tuple[str, Any]]:
    """Return what is known of a gift, without who gives or gets it."""
    confirmed = f"{day(row.ended_at)} {row.get_confirmed_how_display()}" if row.state == "CONFIRMED" else None
    return [
        (_("捐什么"), f"{row.what} {amount_in_words(row.unit, row.amount)}"),
        (_("约值"), money(row.value_fen) if row.value_fen else None),
        (_("给哪一份求助"), row.appeal.case_no if row.appeal else _("等网络公益办对接")),
        (pgettext("gift", "报名日期"), day(row.offered_at)),
        (_("对接日期"), day(row.matched_at)),
        (_("送达日期"), day(row.delivered_at)),
        (_("凭证号"), row.voucher or None),
        (_("农户确认"), confirmed),
        *([(_("原因"), row.reason)] if row.reason else []),
    ]


@page()
@require_GET
def mine(request: DeskRequest) -> HttpResponse:
    """Show what a person gave, asked for, and has to confirm or to carry."""
    viewer = request.viewer
    own = list(queries.own_gifts(viewer)[:50])
    given = {row.pk for row in own}
    waits = [
        row
        for row in queries.gifts(viewer).filter(state__in=("MATCHED", "DELIVERED"))[:30]
        if row.pk not in given
    ]
    asked = [
        Row([row.case_no, Cell(row.title), state_tag(row), day(row.raised_at)], label=row.case_no)
        for row in queries.appeals(viewer)[:30]
    ]
    context = {
        "heading": _("我的公益"), "lede": _("我捐的、我提出的、等我确认或送达的。"),
        "waits": gift_table(waits, "waits") if waits else None, "own": gift_table(own, "own") if own else None,
        "asked": DataTable(
            id="asked", caption=_("求助"),
            columns=(Column("case", _("编号")), Column("title", _("需要什么")), Column("state", _("状态")), Column("day", _("提出日期"))),
            rows=asked,
        ) if asked else None,
        "may_raise": viewer.can(Can.RAISE_APPEAL) or viewer.can(Can.OWN_HOUSEHOLD),
    }  # fmt: skip
    return render(request, "giving/mine.html", context)
