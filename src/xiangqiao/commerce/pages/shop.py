"""Pavilions, goods, the order form, and where an order is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.office import LookUpForm, OrderForm
from xiangqiao.commerce.pages.parts import attempt, day, key_of, state_tag, yuan_of
from xiangqiao.commerce.queries import shop
from xiangqiao.commerce.queries.looking import order_by_code, order_by_id
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.kernel import clock
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.marks import Link

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Offer, Order

_SALT = "commerce.order"
_A_WEEK = 7 * 24 * 3600


def english() -> bool:
    """Return whether the reader reads English."""
    return (get_language() or "").startswith("en")


def _card(offer: Offer) -> dict[str, Any]:
    """Return what a card of the shop shows."""
    return {
        "title": (english() and offer.title_en) or offer.title, "story": (english() and offer.story_en) or offer.story,
        "price": yuan_of(offer.price_fen), "pack": f"{offer.pack_grams / 1000:g} kg", "left": shop.packs_left(offer),
        "url": reverse("commerce:product", args=[offer.code]), "product": offer.lot.product, "grade": offer.lot.grade,
        "seller": offer.beginner.shop_name if offer.beginner else offer.lot.station and offer.lot.station.name,
    }  # fmt: skip


def _home() -> Link:
    return Link(_("网上特产馆"), reverse("commerce:pavilions"))


@public
@require_GET
def pavilions(request: HttpRequest) -> HttpResponse:
    """List the pavilions with what is newest."""
    now = clock.now()
    found = [
        {
            "name": one.name_en if english() else one.name, "about": (english() and one.about_en) or one.about,
            "url": reverse("commerce:pavilion", args=[one.slug]),
            "goods": shop.in_stock(shop.public_offers(now)).filter(pavilion=one).count(),
        }
        for one in shop.pavilions(now)
    ]  # fmt: skip
    cards = [_card(one) for one in shop.in_stock(shop.public_offers(now))[:12]]
    return render(request, "commerce/pavilions.html", {"pavilions": found, "cards": cards})


@public
@require_GET
def pavilion(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one pavilion."""
    now = clock.now()
    one = shop.pavilions(now).filter(slug=slug).first()
    if one is None:
        raise Http404(_("没有这个馆。"))
    name = one.name_en if english() else one.name
    cards = [_card(row) for row in shop.public_offers(now).filter(pavilion=one)[:120]]
    context = {"name": name, "about": (english() and one.about_en) or one.about, "cards": cards}
    return render(request, "commerce/pavilion.html", {**context, "crumbs": [_home(), Link(name, "")]})


@public
@csrf_protect
@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, code: str) -> HttpResponse:
    """Show one offer, and take an order."""
    now = clock.now()
    offer = shop.public_offer(code, now=now)
    if offer is None:
        raise Http404(_("这件商品已经下架，看看馆里别的吧。"))
    form = OrderForm(request.POST or None)
    if request.method == "POST":
        placed = attempt(request, form, lambda: _place(request, offer, form))
        if placed is not None:
            return redirect("commerce:order_placed", token_of(placed))
    name = offer.pavilion.name_en if english() else offer.pavilion.name
    card = _card(offer)
    context = {
        "card": card, "offer": offer, "form": form, "key": new_id(), "taken": _trace(offer),
        "crumbs": [_home(), Link(name, reverse("commerce:pavilion", args=[offer.pavilion.slug])), Link(card["title"], "")],
    }  # fmt: skip
    return render(request, "commerce/product.html", context, status=422 if form.errors else 200)


def _trace(offer: Offer) -> list[tuple[str, Any]]:
    """Where the goods come from: how many households, never which."""
    homes = offer.lot.intakes.values("household").distinct().count()
    first = offer.lot.intakes.order_by("on").first()
    return [
        (_("品名"), offer.lot.product), (_("等级"), offer.lot.grade), (_("批号"), offer.lot.code),
        *([(_("几户的货"), _("%(n)s 户") % {"n": homes}), (_("最早收货"), day(first.on))] if first else []),
    ]  # fmt: skip


def _place(request: HttpRequest, offer: Offer, form: OrderForm) -> Order:
    user, now = request.user, clock.now()
    by: Any = Viewer.of(user, clock.day_of(now)) if user.is_authenticated else actions.Guest()
    return actions.place_order(
        act=Act(by=by, at=now, key=key_of(request)),
        offer=offer.code,
        wanted=actions.Wanted(**form.cleaned_data),
    )


def token_of(order: Order) -> str:
    """Return the pass to an order's page, good for a week."""
    return signing.dumps(str(order.public_id), salt=_SALT)


@public
@require_GET
def order_placed(request: HttpRequest, token: str) -> HttpResponse:
    """Show the order that was just placed, by a pass that ends in a week."""
    try:
        order = order_by_id(UUID(signing.loads(token, salt=_SALT, max_age=_A_WEEK)))
    except (signing.BadSignature, ValueError):
        order = None
    if order is None:
        return redirect("commerce:look_up")
    return _status(request, order, fresh=order.state == "PLACED")


@public
@csrf_protect
@require_http_methods(["GET", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Show where an order is to who knows its code and the end of the phone."""
    form = LookUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = order_by_code(form.cleaned_data["code"], form.cleaned_data["tail"])
        if found is not None:
            return _status(request, found, fresh=False)
        form.add_error(None, _("订单号和电话后四位对不上。多次输错会停用查询，可以到站点问。"))
    return render(
        request,
        "commerce/look_up.html",
        {"form": form, "crumbs": [_home(), Link(_("查订单"), "")]},
        status=422 if form.errors else 200,
    )


def _status(request: HttpRequest, order: Order, *, fresh: bool) -> HttpResponse:
    title = (english() and order.offer.title_en) or order.offer.title
    pairs = [
        (_("订单号"), order.code), (_("货"), title), (_("件数"), order.packs), (_("金额"), yuan_of(order.amount_fen)),
        (_("怎么收货"), order.get_way_display()), (_("怎么付钱"), order.get_payment_display()),
        *([(_("承运"), f"{order.round.carrier} {order.round.number}")] if order.round else []),
        *([(_("为什么"), order.ended_why)] if order.ended_why else []),
    ]  # fmt: skip
    code = opened(order, "collect_sealed") if order.state == "READY" else ""
    station = order.lot.station.name if order.lot.station else ""
    context = {
        "pairs": pairs, "fresh": fresh, "state": state_tag(order), "code": code, "station": station,
        "crumbs": [_home(), Link(order.code, "")],
    }  # fmt: skip
    answer = render(request, "commerce/order_status.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
