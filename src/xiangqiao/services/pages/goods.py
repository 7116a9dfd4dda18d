"""The board of farm goods: read by everybody, posted by who has or wants goods, answered without showing phones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.services import actions, published, queries
from xiangqiao.services.following import phone_of
from xiangqiao.services.forms import GoodsFilterForm, GoodsForm, ReplyForm, SettleForm
from xiangqiao.services.pages.asking import asker_of
from xiangqiao.services.pages.parts import (
    Panel,
    act_of,
    day,
    note_opened,
    own_act,
    own_or_none,
    person_of,
    place_choices,
    place_name,
    public_page,
    state_tag,
    take_code,
    title_of,
    tried,
)
from xiangqiao.services.pages.way import way_of
from xiangqiao.services.words import MATCHES, Crop

_USUAL_DAYS = 30


def price_words(fen: int | None) -> str:
    """Return a price for a kilogram in words."""
    return _("每公斤 %(yuan)s 元") % {"yuan": numbers.yuan(fen)} if fen is not None else _("价格面议")


def entry_card(one: Any) -> dict[str, Any]:
    """Return an entry of the board as a card."""
    row = one.row
    offer = row["kind"] == "OFFER"
    return {
        "title": str(Crop(row["crop"]).label),
        "href": reverse("services:entry", args=[one.subject]),
        "tag": Tag(_("供应") if offer else _("求购"), "green" if offer else "blue", "none"),
        "amount": _("%(kg)s 公斤") % {"kg": numbers.whole(row["kilograms"])},
        "lines": [
            price_words(row["price"]),
            row["note"],
            _("%(place)s，有效至 %(day)s 前")
            % {"place": place_name(f"{one.division_code[:9]}000"), "day": row["until"]},
        ],
    }


@public
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """List what is offered and wanted now."""
    kind, crop = request.GET.get("kind", ""), request.GET.get("crop", "")
    found = queries.goods_board(published.GOODS.code, clock.now(), kind=kind, crop=crop)
    context = {
        "heading": _("农产品供求"),
        "lede": _("乡亲们要卖的、客户想买的。发布前由第二个人看过，到期自动撤下；电话不公开，点开留言。"),
        "filter": GoodsFilterForm(request.GET),
        "entries": [entry_card(one) for one in found],
        "empty": _("现在没有符合条件的。可以自己发一条。"),
        "action": Link(_("我要发布"), reverse("services:post_goods"), icon="plus"),
    }
    return public_page(request, "services/public_list.html", "goods", context)


@public
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    """Take an entry for the board, and hand it to the second person at once."""
    by = person_of(request)
    form = GoodsForm(
        request.POST or None, places=place_choices(), signed_in=isinstance(by, Viewer),
        initial={
            "valid_to": clock.today() + timedelta(days=_USUAL_DAYS), "name": by.user.name if isinstance(by, Viewer) else "",
        },
    )  # fmt: skip
    made: list[Any] = []
    if request.method == "POST" and tried(form, lambda: made.append(_post(request, form, by))):
        note_opened(request, made[0].listing.public_id, made[0].code)
        return redirect("services:own_goods", made[0].listing.public_id)
    context = {
        "heading": _("发布供求"),
        "lede": _("只公开品种、数量、价格和乡镇。姓名和电话只有信息服务中心和站长看得到。"),
        "form": form,
        "button": pgettext("button", "发布"),
        "crumbs": [Link(_("农产品供求"), reverse("services:goods")), Link(_("发布供求"), "")],
    }
    return public_page(request, "services/public_form.html", "goods", context)


def _post(request: HttpRequest, form: GoodsForm, by: object) -> actions.goods.Listed:
    given, act = form.cleaned_data, act_of(request)
    return actions.post_goods(
        act=act, asker=asker_of(by, form), kind=given["kind"], crop=given["crop"], grams=given["kilograms"] * 1000,
        valid_from=clock.today(), valid_to=given["valid_to"] + timedelta(days=1), note=given["note"],
        price_fen_per_kg=int(given["price"] * 100) if given["price"] is not None else None,
    )  # fmt: skip


@public
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Show an entry as everybody sees it, and take an answer for the poster."""
    one = queries.entry(published.GOODS.code, listing_id, clock.now())
    if one is None:
        raise Http404
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and tried(form, lambda: _reply(request, listing_id, form)):
        messages.success(request, _("已转给对方。对方会打电话联系您。"))
        return redirect("services:entry", listing_id)
    card = entry_card(one)
    context = {
        "heading": f"{card['tag'].text} {card['title']}",
        "facts": [
            (_("数量"), card["amount"]),
            (_("价格"), card["lines"][0]),
            (_("说明"), one.row["note"] or None),
            (_("乡镇"), place_name(f"{one.division_code[:9]}000")),
            (_("有效至"), _("%(day)s 前") % {"day": one.row["until"]}),
        ],
        "form": form,
        "form_title": _("给对方留言"),
        "button": _("发送"),
        "crumbs": [Link(_("农产品供求"), reverse("services:goods")), Link(card["title"], "")],
    }
    return public_page(request, "services/matter.html", "goods", context)


def _reply(request: HttpRequest, listing_id: UUID, form: ReplyForm) -> None:
    row = queries.own_row("goods", listing_id)
    actions.reply_to(act=act_of(request), listing=row, **form.cleaned_data)


@public
@require_http_methods(["GET", "POST"])
def own_goods(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Show an entry to its poster: who answered, what fits, and the deal."""
    row = own_or_none(request, "goods", listing_id)
    if row is None:
        return redirect("services:follow")
    form = SettleForm(request.POST if request.POST.get("step") == "settle" else None)
    if request.method == "POST":
        if request.POST.get("step") == "down":
            actions.take_down(act=own_act(request, row), listing=row)
            messages.success(request, _("已撤下。"))
            return redirect("services:own_goods", listing_id)
        if tried(form, lambda: _settle(request, row, form)):
            messages.success(request, _("已记成交，公开的条目同时撤下。"))
            return redirect("services:own_goods", listing_id)
    is_open = row.state == "OPEN"
    fits = queries.matches_of(row, clock.today()) if is_open else []
    context = {
        "heading": title_of("goods", row),
        "tag": state_tag(row),
        "code": take_code(request, row.public_id),
        "facts": [
            (_("数量"), _("%(kg)s 公斤") % {"kg": numbers.whole(row.grams // 1000)}),
            (_("价格"), price_words(row.price_fen_per_kg)),
            (_("说明"), row.note or None),
            (_("有效期至"), day(row.valid_to - timedelta(days=1))),
        ],
        "replies": [
            (one.name, phone_of(one), one.text, day(one.replied_on)) for one in row.replies.order_by("-id")
        ],
        "matches": [_match(other, pair) for other, pair in fits],
        "way": way_of(row),
        "panels": _panels(request, form) if is_open else [],
        "crumbs": [Link(_("农产品供求"), reverse("services:goods")), Link(title_of("goods", row), "")],
    }
    return public_page(request, "services/own.html", "goods", context)


def _settle(request: HttpRequest, row: Any, form: SettleForm) -> None:
    given = form.cleaned_data
    actions.settle(
        act=own_act(request, row),
        listing=row,
        grams=given["kilograms"] * 1000,
        total_fen=int(given["total"] * 100),
    )


def _panels(request: HttpRequest, form: SettleForm) -> list[Panel]:
    return [
        Panel(_("成交了"), request.path, _("记成交"), form, "settle"),
        Panel(_("不卖（不买）了"), request.path, _("撤下"), None, "down", kind="", confirm=_("确定撤下吗？")),
    ]


def _match(other: Any, pair: Any) -> dict[str, Any]:
    return {
        "title": _("%(what)s，%(kg)s 公斤")
        % {"what": title_of("goods", other), "kg": numbers.whole(other.grams // 1000)},
        "href": reverse("services:entry", args=[other.public_id]),
        "score": pair.score,
        "reasons": "、".join(str(MATCHES[reason]) for reason in pair.reasons),
    }
