"""Lots of a station: whose goods, how much is left, offered where, settled how."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import NoFields, OfferForm, SettleForm, WriteOffForm
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
from xiangqiao.commerce.queries.offices import words_of
from xiangqiao.commerce.queries.shop import packs_left, pavilions
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link, Tag, Tone
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Lot, Offer

WORDS_TONES: dict[str, Tone] = {
    "SUBMITTED": "gold",
    "APPROVED": "green",
    "SENT_BACK": "red",
    "WITHDRAWN": "grey",
}


@page(Can.KEEP_STATION)
@require_GET
def lots(request: DeskRequest) -> HttpResponse:
    """List the lots of the station."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    rows = [
        Row(
            [
                Cell(f"{row.product} {row.grade}", sub=row.code), kg(row.taken_grams), kg(row.available_grams),
                yuan_of(keeping.unsettled_fen(row)), state_tag(row),
            ],
            href=reverse("commerce:lot", args=[row.public_id]), label=row.product,
        )
        for row in keeping.lots_of(station)[:60]
    ]  # fmt: skip
    heads = [Column("goods", _("货")), Column("taken", _("收了"), numeric=True), Column("left", _("还能卖"), numeric=True), Column("due", _("等结算"), numeric=True), Column("state", _("进度"))]  # fmt: skip
    empty = Empty(
        _("还没有货"), _("收第一份货，就有第一批。"), Link(_("收货"), reverse("commerce:take_in"), "scale")
    )
    table = DataTable(id="lots", columns=heads, rows=rows, caption=_("货"), empty=empty)
    return show(request, _("货和结算"), [Block(_("各批货"), table=table)], crumbs=crumbs(_("货和结算")))


@page(Can.KEEP_STATION)
@require_GET
def lot(request: DeskRequest, lot_id: UUID) -> HttpResponse:
    """Show one lot."""
    return _page(request, or_404(lambda: keeping.lot_named(request.viewer, lot_id)))


@page(Can.KEEP_STATION)
@require_POST
def lot_step(request: DeskRequest, lot_id: UUID, step: str) -> HttpResponse:
    """Offer, settle, write off or close a lot."""
    row = or_404(lambda: keeping.lot_named(request.viewer, lot_id))
    kinds: dict[str, Any] = {
        "offer": OfferForm,
        "settle": SettleForm,
        "write_off": WriteOffForm,
        "close": NoFields,
    }
    if step not in kinds:
        raise Http404
    form = kinds[step](request.POST)
    if isinstance(form, OfferForm):
        form.choose(pavilion_choices(request))
    given = form.cleaned_data if form.is_valid() else {}
    act, key = act_of(request), row.public_id
    steps: dict[str, Callable[[], Any]] = {
        "offer": lambda: actions.offer(
            act=act, lot=key, pavilion=given["pavilion"], pack_grams=given["pack"], price_fen=given["price"],
            words=actions.Words(given["title"], given["story"], given["title_en"], given["story_en"]),
        ),
        "settle": lambda: actions.settle(act=act, lot=key, way=given["way"]),
        "write_off": lambda: actions.write_off(
            act=act, lot=key, kind=given["kind"], grams=given["kg"], reason=given["reason"]
        ),
        "close": lambda: actions.close_lot(act=act, lot=key),
    }  # fmt: skip
    if attempt(request, form, steps[step]) is None and form.errors:
        return _page(request, row, {step: form})
    if step == "offer":
        messages.success(request, _("已提交。等乡镇或县里另一位同事复核介绍文字以后，顾客就能看到。"))
    return redirect("commerce:lot", row.public_id)


def pavilion_choices(request: DeskRequest) -> list[tuple[str, str]]:
    """Return the pavilions that goods may be offered in."""
    return [(one.slug, one.name) for one in pavilions(request.now)]


def _page(request: DeskRequest, row: Lot, sent: dict[str, Any] | None = None) -> HttpResponse:
    due = keeping.unsettled_fen(row)
    figures = [
        Figure(_("收了"), kg(row.taken_grams)), Figure(_("还能卖"), kg(row.available_grams)),
        Figure(_("有人订了"), kg(row.reserved_grams)), Figure(_("卖出"), kg(row.sold_grams)),
        Figure(_("损耗和退还"), kg(row.lost_grams + row.given_back_grams)),
    ]  # fmt: skip
    blocks = [_shares(row), _offers(row), _settlements(row), *_steps(request, row, due, sent or {})]
    return show(
        request, f"{row.product} {row.grade}", blocks, figures=figures, tags=[state_tag(row)],
        lede=_("收了 = 还能卖 + 有人订了 + 卖出 + 损耗和退还。"),
        crumbs=[Link(_("柜台"), reverse("commerce:counter")), Link(_("货和结算"), reverse("commerce:lots")), Link(row.code, "")],
    )  # fmt: skip


def _shares(row: Lot) -> Block:
    rows = [
        Row([name, kg(grams), yuan_of(amount)], label=name)
        for _home, name, grams, amount in keeping.shares_of(row)
    ]
    heads = [Column("who", _("谁的货")), Column("kg", _("重量"), numeric=True), Column("amount", _("说好的价合计"), numeric=True)]  # fmt: skip
    return Block(
        _("各户的份"),
        text=_("按重量分钱，分到每一分；余下的分给余数最大的户。"),
        table=DataTable(id="shares", columns=heads, rows=rows, caption=_("各户的份")),
    )


def _offers(row: Lot) -> Block | None:
    found = list(row.offers.select_related("pavilion", "lot").order_by("-id"))
    if not found:
        return None
    rows = [
        Row(
            [
                Cell(one.title, sub=one.pavilion.name), yuan_of(one.price_fen), packs_left(one),
                [state_tag(one), *words_tags(one)],
            ],
            href=reverse("commerce:product", args=[one.code]), label=one.title,
        )
        for one in found
    ]  # fmt: skip
    heads = [Column("goods", _("商品")), Column("price", _("每件"), numeric=True), Column("left", _("还有几件"), numeric=True), Column("state", _("状态"))]  # fmt: skip
    closing = [
        FormPart(
            NoFields(), reverse("commerce:close_offer", args=[one.public_id]), _("下架：%(title)s") % {"title": one.title},
            kind="", icon="x",
        )
        for one in found
        if one.state == "OPEN"
    ]  # fmt: skip
    return Block(
        _("上架的商品"),
        table=DataTable(id="offers", columns=heads, rows=rows, caption=_("上架的商品")),
        forms=closing,
    )


def words_tags(offer: Offer) -> list[Tag]:
    """Return how far the words of an offer are with the guard."""
    words = words_of(offer)
    return [Tag(words.get_state_display(), WORDS_TONES[words.state])] if words else []


def _settlements(row: Lot) -> Block | None:
    found = list(keeping.settlements_of(row))
    if not found:
        return None
    rows = [
        Row([day(one.on), yuan_of(one.gross_fen), yuan_of(one.fee_fen), yuan_of(one.net_fen), len(one.shares.all()), one.get_way_display()])
        for one in found
    ]  # fmt: skip
    heads = [Column("on", _("日期")), Column("gross", _("卖了"), numeric=True), Column("fee", _("服务费"), numeric=True, meaning=_("按批开始时的费率，舍去不足一分的部分。")), Column("net", _("分给各户"), numeric=True), Column("homes", _("几户"), numeric=True), Column("way", _("怎么付"))]  # fmt: skip
    return Block(
        _("结算过的"), table=DataTable(id="settlements", columns=heads, rows=rows, caption=_("结算过的"))
    )


def _steps(request: DeskRequest, row: Lot, due: int, sent: dict[str, Any]) -> list[Block]:
    """Return what can be done next with a lot."""
    steps: list[tuple[str, str, str, Any, str]] = []
    if due:
        text = _("等结算 %(yuan)s：每户的账、收入凭证、时间线一起记好。") % {"yuan": yuan_of(due)}
        steps.append(("settle", _("结算给各户"), text, SettleForm, "primary"))
    if row.state != "CLOSED" and row.available_grams:
        text = _("介绍文字要另一位同事复核以后，顾客才看得到。")
        steps.append(("offer", _("上架"), text, OfferForm, "" if due else "primary"))
        steps.append(("write_off", _("记损耗或退还"), "", WriteOffForm, ""))
    elif row.state != "CLOSED" and not due:
        steps.append(("close", _("收尾"), _("全部卖完、结清以后收尾。"), NoFields, ""))
    blocks = []
    for step, word, text, kind, look in steps:
        form = sent.get(step) or kind()
        if isinstance(form, OfferForm) and not form.is_bound:
            form.choose(pavilion_choices(request))
        url = reverse("commerce:lot_step", args=[row.public_id, step])
        blocks.append(Block(word, text=text, forms=[FormPart(form, url, word, kind=look)]))
    return blocks
