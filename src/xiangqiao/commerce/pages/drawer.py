"""The drawer: what moved, what should be there, the day's close, corrections; and the turnover by month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import CashForm, CloseForm, CorrectForm
from xiangqiao.commerce.pages.counter import crumbs, no_station
from xiangqiao.commerce.pages.parts import (
    Block,
    FormPart,
    act_of,
    attempt,
    day,
    or_404,
    show,
    try_step,
    yuan_of,
)
from xiangqiao.commerce.queries import keeping
from xiangqiao.commerce.queries.turnover import Month, turnover
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.charts import stacked_chart
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Station

MONTHS = 13


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def drawer(request: DeskRequest) -> HttpResponse:
    """Show the drawer; take a movement, a close or a correction."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    step = request.POST.get("step", "")
    cash = CashForm(request.POST if step == "cash" else None)
    close = CloseForm(
        request.POST if step == "close" else None, initial={"on": request.viewer.today.isoformat()}
    )
    fix = CorrectForm(
        request.POST if step == "correct" else None, initial={"entry": request.GET.get("entry")}
    )
    done = _do(request, station, cash, close, fix)
    if done:
        messages.success(request, done)
        return redirect("commerce:drawer")
    figures = [
        Figure(
            _("钱箱里应有"), yuan(keeping.expected_now(station, request.viewer.today)), _("元"),
            note=_("上次清点的数，加上以后每一笔"),
        )
    ]  # fmt: skip
    url = request.path
    blocks = [
        Block(
            _("日结"), text=_("数一数钱箱，写下数目。和应有的不一样，要写明原因；签字以后不能改，只能另记更正。"),
            forms=[FormPart(close, url, _("签字日结"), {"step": "close"})],
        ),
        Block(_("记一笔现金"), forms=[FormPart(cash, url, _("记下"), {"step": "cash"}, kind="")]),
    ]  # fmt: skip
    if request.GET.get("entry") or fix.is_bound:
        blocks.insert(0, Block(_("更正一笔"), forms=[FormPart(fix, url, _("记更正"), {"step": "correct"})]))
    return show(
        request, _("钱箱和日结"), [*blocks, _moves(station), _closes(station)], figures=figures,
        crumbs=crumbs(_("钱箱和日结")),
    )  # fmt: skip


def _do(request: DeskRequest, station: Station, cash: CashForm, close: CloseForm, fix: CorrectForm) -> str:
    """Do what was sent; return what to say of it, nothing where nothing was done."""
    act = act_of(request, request.POST.get("reason", "")[:120])
    done: object = None
    if cash.is_bound:
        done = attempt(request, cash, lambda: actions.note_cash(
            act=act, station=station, kind=cash.cleaned_data["kind"], amount_fen=cash.cleaned_data["amount"],
            note=cash.cleaned_data["note"],
        ))  # fmt: skip
        word = _("记下了。")
    elif close.is_bound:
        done = attempt(request, close, lambda: actions.close_day(
            act=act, station=station, on=close.cleaned_data["on"], counted_fen=close.cleaned_data["counted"],
            explanation=close.cleaned_data["explanation"],
        ))  # fmt: skip
        word = _("已经日结，签字人是您。")
    else:
        word = _("更正另记了一行，原来那行留着。")
        if fix.is_bound:
            done = attempt(request, fix, lambda: actions.correct(
                act=act, entry=fix.cleaned_data["entry"], amount_fen=int(fix.cleaned_data["amount"] * 100)
            ))  # fmt: skip
    return word if done is not None else ""


def _moves(station: Station) -> Block:
    rows = [
        Row(
            [
                day(row.on),
                Cell(
                    row.get_kind_display(),
                    sub=row.note,
                    href="" if row.kind == "CORRECTION" else f"?entry={row.public_id}",
                ),
                yuan_of(row.amount_fen),
            ],
            label=row.get_kind_display(),
        )
        for row in keeping.cash_of(station)[:40]
    ]
    heads = [
        Column("on", _("日期")),
        Column("what", _("什么钱")),
        Column("amount", _("收支"), numeric=True),
    ]
    empty = Empty(_("还没有现金收支"), _("收第一笔钱或放备用金时会记在这里。"))
    return Block(
        _("现金收支"),
        text=_("记错的，点“什么钱”另记更正。"),
        table=DataTable(id="cash", columns=heads, rows=rows, caption=_("现金收支"), empty=empty),
    )


def _closes(station: Station) -> Block | None:
    found = list(station.closes.order_by("-on")[:14])
    if not found:
        return None
    rows = [
        Row([day(row.on), yuan_of(row.expected_fen), yuan_of(row.counted_fen), Cell(yuan_of(row.difference_fen), sub=row.explanation), row.signed_label])
        for row in found
    ]  # fmt: skip
    heads = [Column("on", _("日期")), Column("expected", _("应有"), numeric=True), Column("counted", _("清点"), numeric=True), Column("difference", _("差额和说明")), Column("who", _("签字"))]  # fmt: skip
    return Block(_("日结记录"), table=DataTable(id="closes", columns=heads, rows=rows, caption=_("日结记录")))


@page(Can.KEEP_STATION)
@require_GET
def own_turnover(request: DeskRequest) -> HttpResponse:
    """Show the keeper the own station's turnover by month."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    return show(
        request, _("每月营业额"), turnover_blocks(station, request.viewer.today), lede=station.name, crumbs=crumbs(_("每月营业额"))
    )  # fmt: skip


def turnover_blocks(station: Station, today: date) -> list[Block]:
    """Return the chart and the table of a station's months."""
    months = turnover(station, since=(today - timedelta(days=31 * MONTHS)).replace(day=1))
    if not months:
        return [Block(_("每月营业额"), text=_("还没有送达的订单、代买或店里零售。"))]
    parts: dict[str, list[float]] = {
        _("网上卖出"): [round(one.orders_fen / 100_000, 1) for one in months.values()],
        _("店里零售"): [round(one.shop_fen / 100_000, 1) for one in months.values()],
        _("代买"): [round(one.purchases_fen / 100_000, 1) for one in months.values()],
    }
    chart = stacked_chart(
        title=_("每月营业额"),
        labels=[name[2:].replace("-", ".") for name in months],
        series=parts,
        unit=_("千元"),
        width=560,
    )
    return [Block(_("每月营业额"), text=_("送达的订单、领走的代买、店里零售，按送达或领走的那个月。"), chart=chart), _months(months)]  # fmt: skip


def _months(months: dict[str, Month]) -> Block:
    rows = [
        Row([name, yuan_of(one.orders_fen), yuan_of(one.shop_fen), yuan_of(one.purchases_fen), yuan_of(one.total_fen)])
        for name, one in reversed(months.items())
    ]  # fmt: skip
    heads = [Column("month", _("月份")), Column("orders", _("网上卖出"), numeric=True), Column("shop", _("店里零售"), numeric=True), Column("purchases", _("代买"), numeric=True), Column("total", _("合计"), numeric=True)]  # fmt: skip
    return Block(_("各月"), table=DataTable(id="months", columns=heads, rows=rows, caption=_("各月")))


@page(Can.KEEP_STATION)
@require_POST
def close_offer(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Take an offer down."""
    found = or_404(lambda: keeping.offer_named(request.viewer, offer_id))
    try_step(request, lambda: actions.close_offer(act=act_of(request), offer=found.public_id), _("已下架。"))
    return redirect("commerce:lots")
