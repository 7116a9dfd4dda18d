"""The board of farm goods: put up, answered, settled, taken down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.doors import demand_asker, demand_may_ask
from xiangqiao.services.actions.publishing import take_off_board
from xiangqiao.services.following import (
    Asker,
    demand_phone,
    followed_values,
    new_code,
    phone_hash,
    refuse_numbers,
)
from xiangqiao.services.models import Listing, Reply
from xiangqiao.services.words import Crop

# An entry disappears by itself: an old price on a board sends people to a place where nothing is left.
LONGEST_DAYS = 90


class Listed(NamedTuple):
    """The entry, and the code by which it is changed without an account."""

    listing: Listing
    code: str


def list_goods(
    *, act: Act, asker: Asker, kind: Listing.Kind | str, crop: Crop | str, grams: int, valid_from: date, valid_to: date,
    price_fen_per_kg: int | None = None, note: str = "",
) -> Listed:  # fmt: skip
    """Put goods offered or wanted on the board, for at most ninety days; the public sees it once it is approved.

    Raises ActionError where amount or days make no sense, NotAllowed where somebody may not speak for another.
    """
    demand_may_ask(act, asker)
    refuse_numbers(note, "note")
    if grams <= 0:
        raise ActionError("services.amount", _("数量要大于零。"), field="kilograms")
    if not valid_from < valid_to <= valid_from + timedelta(days=LONGEST_DAYS):
        raise ActionError(
            "services.days",
            _("有效期最长 %(days)d 天，到期自动撤下。") % {"days": LONGEST_DAYS},
            field="valid_to",
        )
    code = new_code()
    row = Listing(
        kind=kind, crop=crop, grams=grams, price_fen_per_kg=price_fen_per_kg, note=note,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    for name, value in followed_values(asker, row, code, by=act.by).items():
        setattr(row, name, value)
    with recording("services.goods_listed", act, subject=row, division_code=asker.division_code) as record:
        record.create(row)
    return Listed(row, code)


def reply_to(*, act: Act, listing: Listing, name: str, phone: str, text: str) -> Reply:
    """Answer an entry; only the poster and the station see the phone. Raises ActionError where the entry is over."""
    today = day_of(act.at)
    if listing.state != Listing.State.OPEN or not listing.valid_from <= today < listing.valid_to:
        raise ActionError("services.listing_over", _("这一条已经成交或到期，请看看别的。"))
    if not name.strip() or not text.strip():
        raise ActionError("services.empty", _("请写称呼和想说的话。"), field="text")
    refuse_numbers(text)
    row = Reply(listing=listing, name=name.strip()[:60], text=text.strip()[:300], replied_on=today)
    plain = demand_phone(phone)
    row.phone_sealed = vault().seal(plain, Place(row._meta.db_table, "phone_sealed", row.public_id))
    row.phone_hash, row.phone_mask = phone_hash(plain), mask(plain)
    with recording(
        "services.goods_answered", act, subject=listing, division_code=listing.division_code
    ) as record:
        record.create(row)
    return row


def settle(*, act: Act, listing: Listing, grams: int, total_fen: int) -> None:
    """Say that an entry came to a deal, over how much and for how much. Raises NotAllowed to others."""
    demand_asker(act, listing)
    if listing.state != Listing.State.OPEN:
        raise ActionError("services.listing_over", _("这一条已经成交或撤下了。"))
    if grams <= 0 or total_fen < 0:
        raise ActionError("services.amount", _("成交数量要大于零，金额不能是负数。"), field="grams")
    with recording(
        "services.goods_settled", act, subject=listing, division_code=listing.division_code
    ) as record:
        record.change(listing, state=Listing.State.SETTLED, settled_grams=grams, settled_fen=total_fen)
        take_off_board(act, listing.notice, _("已成交"))
        if listing.household is not None:
            # Money passes between the two parties; the line tells of the deal, the books are those who sell.
            add_line(
                act=act.keyless(), household=listing.household, division_code=listing.division_code,
                programme="SERVICES", sentence=gettext_noop("供求成交：%(crop)s %(kg)s 公斤"),
                source_id=listing.public_id, crop=str(Crop(listing.crop).label), kg=f"{grams / 1000:g}",
            )  # fmt: skip


def take_down(*, act: Act, listing: Listing) -> None:
    """Take an entry off the board. Raises NotAllowed to others."""
    demand_asker(act, listing)
    with recording(
        "services.goods_down", act, subject=listing, division_code=listing.division_code
    ) as record:
        record.change(listing, state=Listing.State.WITHDRAWN)
        take_off_board(act, listing.notice, _("本人撤下"))
