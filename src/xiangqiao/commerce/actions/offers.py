"""Goods offered in a pavilion: priced, told of, approved by a second person, taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.moving import fresh_code, locked, step
from xiangqiao.commerce.models import Beginner, Lot, Offer, Pavilion
from xiangqiao.commerce.rules.money import least_price
from xiangqiao.commerce.rules.states import LOT
from xiangqiao.commerce.rules.story import KEEP_DAYS, KIND
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording

if TYPE_CHECKING:
    from xiangqiao.kernel.models import Publication

OFFER = guard.Kind(
    code=KIND,
    title=gettext_noop("馆里的商品"),
    columns=(
        guard.Column("title", gettext_noop("商品")),
        guard.Column("story", gettext_noop("介绍")),
        guard.Column("title_en", gettext_noop("英文商品名")),
        guard.Column("story_en", gettext_noop("英文介绍")),
        guard.Column("households", gettext_noop("几户的货"), guard.Of.COUNT),
    ),
    name_rule=guard.NameRule.NONE,
    keep_days=KEEP_DAYS,
)


@dataclass(frozen=True)
class Words:
    """How an offer is described, in both languages."""

    title: str
    story: str = ""
    title_en: str = ""
    story_en: str = ""


def offer(
    *, act: Act, lot: UUID, pavilion: str, words: Words, pack_grams: int, price_fen: int, beginner: UUID | None = None
) -> Offer:  # fmt: skip
    """Offer goods of a lot in a pavilion. The public sees it once a second person approved its words.

    Raises LeakFound where the words tell too much, ActionError where the price brings the households less than agreed.
    """
    viewer = permit(act, Can.TAKE_PART if beginner else Can.KEEP_STATION)
    with recording("commerce.offered", act) as record:
        shop = _shop(viewer, beginner)
        rows = (
            Lot.objects.filter(tenant__isnull=False)
            if shop
            else Lot.objects.visible_to(viewer, Can.KEEP_STATION)
        )
        goods = locked(rows, lot)
        _demand_price(goods, pack_grams, price_fen)
        row = Offer(
            code=fresh_code("W"), division_code=shop.division_code if shop else goods.division_code, lot=goods,
            pavilion=Pavilion.objects.get(slug=pavilion), beginner=shop, title=words.title.strip(),
            title_en=words.title_en.strip(), story=words.story.strip(), story_en=words.story_en.strip(),
            pack_grams=pack_grams, price_fen=price_fen, opened_on=day_of(act.at),
        )  # fmt: skip
        record.create(row)
        if goods.state == Lot.State.TAKING_IN:
            step(record, goods, LOT, Lot.State.LISTED)
        record.event.subject = row.public_id
        _publish(act, row)
    return row


def close_offer(*, act: Act, offer: UUID) -> Offer:
    """Take an offer down; orders that were placed go on."""
    viewer = act.by
    with recording("commerce.offer_closed", act) as record:
        mine = Offer.objects.filter(
            beginner__user=viewer.public_id, beginner__user__isnull=False, public_id=offer
        )
        kept = Offer.objects.visible_to(permit(act, Can.KEEP_STATION), Can.KEEP_STATION)
        row = locked(kept if not mine.exists() else Offer.objects.filter(pk__in=mine.values("pk")), offer)
        record.change(row, state=Offer.State.CLOSED, closed_on=day_of(act.at))
    return row


def decide_words(*, act: Act, publication: Publication, good: bool) -> None:
    """Approve the words of an offer, or send them back with the reason in the act. By another person than wrote them."""
    permit(act, Can.APPROVE_PUBLICATION, publication.division_code)
    if good:
        guard.approve(act=act, kind=OFFER, publication=publication)
    else:
        guard.send_back(act=act, publication=publication)


def _shop(viewer: object, beginner: UUID | None) -> Beginner | None:
    if beginner is None:
        return None
    return Beginner.objects.get(public_id=beginner, user=getattr(viewer, "public_id", None))


def _demand_price(lot: Lot, pack_grams: int, price_fen: int) -> None:
    if pack_grams <= 0 or price_fen <= 0:
        raise ActionError("offer.price", _("每件的重量和价钱都要大于零。"), field="price")
    if lot.available_grams < pack_grams:
        raise ActionError("offer.pack", _("这批货剩下的还不够一件。"), field="pack")
    agreed = (
        lot.cost_fen_per_kg
        or lot.intakes.order_by("-price_fen_per_kg").values_list("price_fen_per_kg", flat=True).first()
        or 0
    )
    least = least_price(pack_grams, agreed, lot.fee_bp)
    if price_fen < least:
        raise ActionError(
            "offer.below_agreed",
            _("这个价钱扣掉服务费，到不了和农户说好的价。每件至少 %(yuan)s 元。")
            % {"yuan": f"{least / 100:.2f}"},
            field="price",
        )


def _publish(act: Act, row: Offer) -> None:
    """Hand the words to the guard; it looks for numbers, and for the names of those who brought the goods."""
    intakes = list(row.lot.intakes.values_list("name", "household"))
    guard.submit(
        act=act.keyless(),
        kind=OFFER,
        title=row.title,
        rows=[
            {
                "title": row.title, "story": row.story, "title_en": row.title_en, "story_en": row.story_en,
                "households": len({home for _name, home in intakes}),
            }
        ],
        withdraw_on=day_of(act.at) + timedelta(days=KEEP_DAYS),
        private=sorted({name for name, _home in intakes}),
        subject=row.public_id,
        division_code=row.division_code,
    )  # fmt: skip
