"""Purchases on behalf: quoted, paid, bought, arrived; each with its receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import NoFields, NumberForm, QuoteForm, WhoForm, WhyForm
from xiangqiao.commerce.pages.counter import crumbs, no_station, who_blocks, who_came
from xiangqiao.commerce.pages.intakes import pdf_of
from xiangqiao.commerce.pages.parts import (
    Block,
    FormPart,
    act_of,
    attempt,
    day,
    home_of,
    or_404,
    show,
    state_tag,
    token_of,
    yuan_of,
)
from xiangqiao.commerce.queries import keeping
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Purchase


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def buy(request: DeskRequest) -> HttpResponse:
    """Quote something for whoever came; below, what is under way."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    who, home = WhoForm(), home_of(request)
    if request.POST.get("step") == "who":
        who = WhoForm(request.POST)
        home = who_came(request, who)
    if home is None:
        blocks = [*who_blocks(request, who, request.path), Block(_("代买记录"), table=_table(request))]
        return show(request, _("代买"), blocks, crumbs=crumbs(_("代买")))
    form = QuoteForm(request.POST if request.POST.get("step") == "quote" else None)
    if form.is_bound:
        made = attempt(request, form, lambda: actions.quote(
            act=act_of(request), station=station, home=home, goods=form.cleaned_data["goods"],
            price_fen=form.cleaned_data["price"], fee_fen=form.cleaned_data["fee"],
        ))  # fmt: skip
        if made is not None:
            return redirect("commerce:purchase", made.public_id)
    part = FormPart(form, request.path, _("报价"), {"step": "quote", "home": token_of(home)})
    return show(
        request, _("代买"), [Block(f"{home.name}　{home.village}", forms=[part])], crumbs=crumbs(_("代买"))
    )


def _table(request: DeskRequest) -> DataTable:
    rows = [
        Row(
            [Cell(row.goods, sub=row.receipt), row.name, yuan_of(row.price_fen + row.fee_fen), state_tag(row), day(row.on)],
            href=reverse("commerce:purchase", args=[row.public_id]), label=row.goods,
        )
        for row in keeping.purchases_of(request.viewer)[:50]
    ]  # fmt: skip
    heads = [Column("goods", _("买什么")), Column("who", _("谁买")), Column("price", _("合计"), numeric=True), Column("state", _("进度")), Column("on", _("日期"))]  # fmt: skip
    empty = Empty(_("还没有代买"), _("上面输入户编号和姓名，开始第一笔。"))
    return DataTable(id="purchases", columns=heads, rows=rows, caption=_("代买记录"), empty=empty)


@page(Can.KEEP_STATION)
@require_GET
def purchase(request: DeskRequest, purchase_id: UUID) -> HttpResponse:
    """Show one purchase with the next step."""
    return _page(request, or_404(lambda: keeping.purchase_named(request.viewer, purchase_id)))


@page(Can.KEEP_STATION)
@require_POST
def purchase_step(request: DeskRequest, purchase_id: UUID, step: str) -> HttpResponse:
    """Take a step of a purchase."""
    row = or_404(lambda: keeping.purchase_named(request.viewer, purchase_id))
    act, key = act_of(request), row.public_id
    forms = {"bought": NumberForm, "refund": WhyForm, "cancel": WhyForm}
    form = forms.get(step, NoFields)(request.POST)
    steps: dict[str, Callable[[], Any]] = {
        "paid": lambda: actions.take_cash(act=act, purchase=key),
        "bought": lambda: actions.note_bought(act=act, purchase=key, platform_no=form.cleaned_data["number"]),
        "arrived": lambda: actions.note_arrived(act=act, purchase=key),
        "refund": lambda: actions.refund(act=act, purchase=key, why=form.cleaned_data["why"]),
        "cancel": lambda: actions.cancel_quote(act=act, purchase=key, why=form.cleaned_data["why"]),
    }
    if step not in steps:
        raise Http404
    if attempt(request, form, steps[step]) is None and form.errors:
        return _page(request, row, {step: form})
    return redirect("commerce:purchase", row.public_id)


def _page(request: DeskRequest, row: Purchase, sent: dict[str, Any] | None = None) -> HttpResponse:
    code = opened(row, "collect_sealed") if row.state == "ARRIVED" else ""
    pairs = [
        (_("收据号"), row.receipt), (_("谁买"), f"{row.name} {row.place}"), (_("买什么"), row.goods), (_("价钱"), yuan_of(row.price_fen)),
        (_("代办费"), yuan_of(row.fee_fen)), (_("日期"), day(row.on)),
        *([(_("平台订单号"), row.platform_no)] if row.platform_no else []),
        *([(_("取货码"), code)] if code else []), *([(_("为什么"), row.ended_why)] if row.ended_why else []),
    ]  # fmt: skip
    receipt = Link(_("打印收据"), reverse("commerce:receipt", args=[row.public_id]), "printer")
    return show(
        request, row.goods, [Block(_("这一笔"), pairs=pairs), *_steps(row, sent or {})], links=[receipt],
        crumbs=[Link(_("柜台"), reverse("commerce:counter")), Link(_("代买"), reverse("commerce:buy")), Link(row.receipt, "")],
        tags=[state_tag(row)],
    )  # fmt: skip


def _steps(row: Purchase, sent: dict[str, Any]) -> list[Block]:
    total = yuan_of(row.price_fen + row.fee_fen)
    kinds: dict[str, list[tuple[str, str, Any, str]]] = {
        "QUOTED": [
            ("paid", _("收到现金 %(yuan)s") % {"yuan": total}, NoFields, "primary"),
            ("cancel", _("不买了"), WhyForm, ""),
        ],
        "PAID": [
            ("bought", _("已经下单"), NumberForm, "primary"),
            ("refund", _("没买成，退钱"), WhyForm, "danger"),
        ],
        "BOUGHT": [
            ("arrived", _("货到了"), NoFields, "primary"),
            ("refund", _("没买成，退钱"), WhyForm, "danger"),
        ],
        "ARRIVED": [("refund", _("没买成，退钱"), WhyForm, "danger")],
    }
    return [
        Block(
            word,
            forms=[
                FormPart(
                    sent.get(step) or form(),
                    reverse("commerce:purchase_step", args=[row.public_id, step]),
                    word,
                    kind=kind,
                )
            ],
        )
        for step, word, form, kind in kinds.get(row.state, [])
    ]


@page(Can.KEEP_STATION)
@require_GET
def receipt(request: DeskRequest, purchase_id: UUID) -> HttpResponse:
    """Show the receipt of a purchase, also of one that failed; `?pdf=1` as a file."""
    row = or_404(lambda: keeping.purchase_named(request.viewer, purchase_id))
    code = opened(row, "collect_sealed") if row.state == "ARRIVED" else ""
    answer = render(request, "commerce/receipt.html", {"row": row, "title": _("代买收据"), "code": code})
    return pdf_of(answer, row.receipt) if "pdf" in request.GET else answer
