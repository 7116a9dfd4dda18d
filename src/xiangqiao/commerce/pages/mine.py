"""What a registered person sees: the own orders, and as a beginner the own shop."""

from __future__ import annotations

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
from xiangqiao.commerce.forms.counter import OfferForm, WhyForm
from xiangqiao.commerce.forms.office import LoanForm
from xiangqiao.commerce.pages.beginners import loan_block, steps_block
from xiangqiao.commerce.pages.lots import pavilion_choices, words_tags
from xiangqiao.commerce.pages.orders import order_table
from xiangqiao.commerce.pages.parts import (
    Block,
    FormPart,
    act_of,
    attempt,
    kg,
    show,
    state_tag,
    try_step,
    yuan_of,
)
from xiangqiao.commerce.queries import beginners as known
from xiangqiao.commerce.queries.offices import own_orders
from xiangqiao.commerce.queries.shop import packs_left
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Beginner


@page(Can.TAKE_PART)
@require_GET
def mine(request: DeskRequest) -> HttpResponse:
    """Show the own orders and the own shop."""
    return _page(request, {})


@page(Can.TAKE_PART)
@require_POST
def my_step(request: DeskRequest, step: str) -> HttpResponse:
    """Apply for a loan, list goods of the pool, or cancel an own order."""
    if step == "cancel":
        form: Any = WhyForm(request.POST)
        if form.is_valid() and (order := _uuid(request, "order")):
            why = form.cleaned_data["why"]
            try_step(
                request,
                lambda: actions.cancel_order(act=act_of(request), order=order, why=why),
                _("订单已取消。"),
            )
        return redirect("commerce:mine")
    shop = known.own_shop(request.viewer)
    if shop is None or step not in {"loan", "list"}:
        raise Http404
    form = LoanForm(request.POST) if step == "loan" else OfferForm(request.POST)
    if isinstance(form, OfferForm):
        form.choose(pavilion_choices(request))
    if attempt(request, form, lambda: _do(request, shop, form)) is None and form.errors:
        return _page(request, {step: form})
    messages.success(request, _("已提交。"))
    return redirect("commerce:mine")


def _do(request: DeskRequest, shop: Beginner, form: Any) -> Any:
    given, act = form.cleaned_data, act_of(request)
    if isinstance(form, LoanForm):
        return actions.apply_for_loan(
            act=act, beginner=shop.public_id, amount_fen=given.pop("amount"), **given
        )
    lot = _uuid(request, "lot")
    if lot is None:
        raise Http404
    return actions.offer(
        act=act, lot=lot, pavilion=given["pavilion"], pack_grams=given["pack"], price_fen=given["price"],
        beginner=shop.public_id,
        words=actions.Words(given["title"], given["story"], given["title_en"], given["story_en"]),
    )  # fmt: skip


def _uuid(request: DeskRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, "") or request.GET.get(name, ""))
    except ValueError:
        return None


def _page(request: DeskRequest, sent: dict[str, Any]) -> HttpResponse:
    found = list(own_orders(request.viewer)[:50])
    empty = Empty(
        _("还没有订单"), _("去网上特产馆看看。"), Link(_("网上特产馆"), reverse("commerce:pavilions"))
    )
    blocks: list[Block | None] = [
        Block(_("我的订单"), table=order_table(found, "mine", _("我的订单"), empty, links=False))
    ]
    blocks += [
        Block(
            _("取消订单 %(code)s") % {"code": row.code},
            forms=[FormPart(WhyForm(), reverse("commerce:my_step", args=["cancel"]), _("取消订单"), {"order": str(row.public_id)}, kind="danger", icon="x")],
        )
        for row in found
        if row.state == "PLACED"
    ][:2]  # fmt: skip
    shop = known.own_shop(request.viewer)
    if shop is not None:
        blocks = [steps_block(shop), _goods(shop), *_pool(request, sent), _loan(shop, sent), loan_block(shop, request.viewer.today), *blocks]  # fmt: skip
    return show(request, shop.shop_name if shop else _("我的订单"), blocks)


def _goods(shop: Beginner) -> Block | None:
    rows = [
        Row([Cell(one.title, sub=one.pavilion.name), yuan_of(one.price_fen), packs_left(one), [state_tag(one), *words_tags(one)]])
        for one in known.offers_of(shop)[:30]
    ]  # fmt: skip
    if not rows:
        return None
    heads = [Column("goods", _("商品")), Column("price", _("每件"), numeric=True), Column("left", _("还有几件"), numeric=True), Column("state", _("状态"))]  # fmt: skip
    return Block(
        _("我上架的货"), table=DataTable(id="own", columns=heads, rows=rows, caption=_("我上架的货"))
    )


def _pool(request: DeskRequest, sent: dict[str, Any]) -> list[Block]:
    """The pool of goods, and the form for the one that was chosen."""
    url = reverse("commerce:mine")
    rows = [
        Row(
            [Cell(f"{lot.product} {lot.grade}", sub=lot.tenant.firm if lot.tenant else ""), kg(lot.available_grams), yuan_of(lot.cost_fen_per_kg), Link(_("上架"), f"{url}?lot={lot.public_id}#list")],
            label=lot.product,
        )
        for lot in known.pool()[:40]
    ]  # fmt: skip
    heads = [Column("goods", _("货")), Column("left", _("还有"), numeric=True), Column("cost", _("供货价（每公斤）"), numeric=True), Column("do", _("可以做"))]  # fmt: skip
    empty = Empty(_("货池里现在没有货"), _("园区商户放货以后，这里就能选。"))
    blocks = [
        Block(
            _("网货博览园的货池"),
            text=_("不用自己垫钱进货：卖出以后，扣掉供货价，剩下的归您。"),
            table=DataTable(id="goods", columns=heads, rows=rows, caption=_("货池"), empty=empty),
        )
    ]
    lot = _uuid(request, "lot")
    if lot is not None and known.pool().filter(public_id=lot).exists():
        form = sent.get("list") or OfferForm()
        if not form.is_bound:
            form.choose(pavilion_choices(request))
        part = FormPart(form, reverse("commerce:my_step", args=["list"]), _("上架"), {"lot": str(lot)})
        blocks.insert(0, Block(_("上架选中的货"), forms=[part]))
    return blocks


def _loan(shop: Beginner, sent: dict[str, Any]) -> Block | None:
    loan = known.loans_of(shop).first()
    if loan is not None and loan.state in {"APPLIED", "APPROVED", "PAID_OUT"}:
        return None
    part = FormPart(
        sent.get("loan") or LoanForm(), reverse("commerce:my_step", args=["loan"]), _("提交申请"), kind=""
    )
    return Block(_("申请贴息贷款"), text=_("银行决定给不给；利息由财政按规定贴。"), forms=[part])
