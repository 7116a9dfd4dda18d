"""Words of offers that wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.office import ReasonForm
from xiangqiao.commerce.pages.parts import Block, FormPart, act_of, or_404, show, try_step
from xiangqiao.commerce.queries import offices
from xiangqiao.kernel import publication as guard
from xiangqiao.places.queries import names

if TYPE_CHECKING:
    from xiangqiao.kernel.models import Publication


@page(Can.APPROVE_PUBLICATION)
@require_GET
def words(request: DeskRequest) -> HttpResponse:
    """Show what waits: exactly what the public would see, and what the guard is not sure of."""
    blocks = [_block(one) for one in offices.words_waiting(request.viewer)[:30]]
    text = _("站点上架商品以后，介绍文字会排在这里，等您看。")
    return show(
        request, _("商品介绍复核"), blocks or [Block(_("没有等复核的介绍"), text=text)],
        lede=_("看看有没有写出农户是谁、电话、病情；货和介绍是不是相符。自己写的要别人复核。"),
    )  # fmt: skip


def _block(one: Publication) -> Block:
    row = guard.contents(one).rows[0]
    place = names([one.division_code])[one.division_code]
    pairs = [
        (_("介绍"), row["story"] or None), (_("英文商品名"), row["title_en"] or None), (_("英文介绍"), row["story_en"] or None),
        (_("几户的货"), row["households"]), (_("哪里的货"), place),
    ]  # fmt: skip
    doubts = "；".join(f"{one.where}：{one.what}" for one in guard.doubts(one))
    url = reverse("commerce:decide_words", args=[one.public_id])
    parts = [
        FormPart(ReasonForm(initial={"reason": _("看过，可以")}), url, _("可以公布"), {"good": "1"}),
        FormPart(ReasonForm(prefix="back"), url, _("退回"), {"good": "0"}, kind="danger", icon="x"),
    ]
    return Block(one.title, pairs=pairs, note=doubts, forms=parts)


@page(Can.APPROVE_PUBLICATION)
@require_POST
def decide_words(request: DeskRequest, publication_id: UUID) -> HttpResponse:
    """Approve words or send them back."""
    found = or_404(lambda: offices.words_named(request.viewer, publication_id))
    good = request.POST.get("good") == "1"
    reason = request.POST.get("reason" if good else "back-reason", "")[:200]
    done = _("已公布，顾客看得到了。") if good else _("已退回。")
    act = act_of(request, reason)
    try_step(request, lambda: actions.decide_words(act=act, publication=found, good=good), done)
    return redirect("commerce:words")
