"""Orders at the station: which to send, which wait to be picked up, and one order's next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import NoFields, PaidForm, ShipForm, WhyForm
from xiangqiao.commerce.pages.counter import crumbs, no_station
from xiangqiao.commerce.pages.parts import (
    Block,
    FormPart,
    act_of,
    attempt,
    day,
    kg,
    or_404,
    show,
    state_tag,
    yuan_of,
)
from xiangqiao.commerce.queries import keeping
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Order


def order_table(rows: list[Order], name: str, caption: str, empty: Empty, *, links: bool = True) -> DataTable:
    """Return orders as a table."""
    heads = [Column("code", _("订单")), Column("goods", _("货")), Column("amount", _("金额"), numeric=True), Column("way", _("收货和付款")), Column("state", _("进度"))]  # fmt: skip
    drawn = [
        Row(
            [
                Cell(row.code, sub=day(row.placed_on) or ""), Cell(row.offer.title, sub=_("%(n)s 件") % {"n": row.packs}),
                yuan_of(row.amount_fen), Cell(row.get_way_display(), sub=row.get_payment_display()), [state_tag(row), *paid_tags(row)],
            ],
            href=reverse("commerce:order", args=[row.public_id]) if links else "", key=str(row.public_id), label=row.code,
        )
        for row in rows
    ]  # fmt: skip
    return DataTable(id=name, columns=heads, rows=drawn, caption=caption, empty=empty)


def paid_tags(row: Order) -> list[Tag]:
    """Return whether an order is paid."""
    return [Tag(_("已收款"), "green")] if row.paid_on else []


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def orders(request: DeskRequest) -> HttpResponse:
    """List what is to be sent; the ticked leave together under one number."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    form = ShipForm(request.POST or None)
    if request.method == "POST":
        chosen = [UUID(one) for one in request.POST.getlist("picked") if len(one) == 36]
        done = attempt(
            request,
            form,
            lambda: actions.ship(act=act_of(request), station=station, orders=chosen, **form.cleaned_data),
        )
        if done is not None:
            messages.success(request, _("%(n)s 笔订单已发出。") % {"n": len(chosen)})
            return redirect("commerce:orders")
    rows = list(keeping.orders_of(request.viewer)[:200])
    to_send = [row for row in rows if row.state == "PLACED" and row.way == "SEND"]
    others = [row for row in rows if row not in to_send]
    part = FormPart(form, request.path, _("一起发货"), icon="truck")
    blocks = [
        Block(_("其他订单"), table=order_table(others, "orders", _("其他订单"), Empty(_("还没有订单"), _("商品上架并复核以后，顾客才能下单。"))))
    ]  # fmt: skip
    return show(
        request, _("订单和发货"), blocks, crumbs=crumbs(_("订单和发货")), to_send=to_send, ship=part,
        template="commerce/orders.html",
    )  # fmt: skip


@page(Can.KEEP_STATION)
@require_GET
def order(request: DeskRequest, order_id: UUID) -> HttpResponse:
    """Show one order: what, to whom, and the next step."""
    return _page(request, or_404(lambda: keeping.order_named(request.viewer, order_id)))


@page(Can.KEEP_STATION)
@require_POST
def order_step(request: DeskRequest, order_id: UUID, step: str) -> HttpResponse:
    """Take a step of an order."""
    row = or_404(lambda: keeping.order_named(request.viewer, order_id))
    act, key = act_of(request), row.public_id
    forms = {"paid": PaidForm, "cancel": WhyForm, "refused": WhyForm, "returned": WhyForm}
    form = forms.get(step, NoFields)(request.POST)
    steps: dict[str, Callable[[], Any]] = {
        "ready": lambda: actions.lay_ready(act=act, order=key),
        "delivered": lambda: actions.note_delivered(act=act, order=key),
        "paid": lambda: actions.note_paid(act=act, order=key, note=form.cleaned_data["note"]),
        "cancel": lambda: actions.cancel_order(act=act, order=key, why=form.cleaned_data["why"]),
        "refused": lambda: actions.note_refused(act=act, order=key, why=form.cleaned_data["why"]),
        "returned": lambda: actions.note_returned(act=act, order=key, why=form.cleaned_data["why"]),
    }
    if step not in steps:
        raise Http404
    if attempt(request, form, steps[step]) is None and form.errors:
        return _page(request, row, {step: form})
    return redirect("commerce:order", row.public_id)


def _page(request: DeskRequest, row: Order, sent: dict[str, Any] | None = None) -> HttpResponse:
    ended = row.state in {"SETTLED", "CANCELLED", "REFUSED", "RETURNED"}
    # Whose order it is stays open to the keeper only as long as something is to be done.
    buyer = (
        []
        if ended
        else [
            (_("收货人"), opened(row, "buyer_sealed") or None),
            (_("电话"), opened(row, "phone_sealed") or None),
            (_("地址"), opened(row, "address_sealed") or _("到站自取")),
        ]
    )
    pairs = [
        (_("货"), f"{row.offer.title} {kg(row.grams)}"), (_("件数"), row.packs), (_("金额"), yuan_of(row.amount_fen)),
        (_("付款"), f"{row.get_payment_display()} {row.paid_note}"), *buyer,
        *([(_("承运"), f"{row.round.carrier} {row.round.number}")] if row.round else []),
        *([(_("为什么"), row.ended_why)] if row.ended_why else []),
    ]  # fmt: skip
    return show(
        request, row.code, [Block(_("这一笔"), pairs=pairs), *_steps(row, sent or {})], tags=[state_tag(row), *paid_tags(row)],
        crumbs=[Link(_("柜台"), reverse("commerce:counter")), Link(_("订单"), reverse("commerce:orders")), Link(row.code, "")],
    )  # fmt: skip


def _steps(row: Order, sent: dict[str, Any]) -> list[Block]:
    back, why = ("returned", _("退货"), WhyForm, "danger"), WhyForm
    kinds: dict[str, list[tuple[str, str, Any, str]]] = {
        "PLACED": [("cancel", _("取消订单"), why, "danger")],
        "SHIPPED": [
            ("delivered", _("已送达，钱已收"), NoFields, "primary"),
            ("refused", _("买家拒收"), why, "danger"),
        ],
        "READY": [("cancel", _("取消订单"), why, "danger")],
        "DELIVERED": [back],
    }
    steps = kinds.get(row.state, [])
    if row.state == "PLACED" and row.way == "PICK_UP":
        steps = [("ready", _("备好货，等人来取"), NoFields, "primary"), *steps]
    if row.payment == "TRANSFER" and row.paid_on is None and row.state in {"PLACED", "READY", "SHIPPED"}:
        steps = [("paid", _("转账收到了"), PaidForm, "primary"), *steps]
    return [
        Block(
            word,
            forms=[
                FormPart(
                    sent.get(step) or form(),
                    reverse("commerce:order_step", args=[row.public_id, step]),
                    word,
                    kind=kind,
                )
            ],
        )
        for step, word, form, kind in steps
    ]
