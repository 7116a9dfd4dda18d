"""Offering, matching and delivering a gift. Of two who match the same gift, or the last of a need, one wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.giving.actions.telling import step_gift
from xiangqiao.giving.follow import blind, new_code, sealed_phone
from xiangqiao.giving.models import Appeal, Gift, Initiative, Need
from xiangqiao.giving.models import Unit as GiftUnit
from xiangqiao.giving.rules.needs import UNIT_OF, phone_is_good
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import Act, recording
from xiangqiao.ledger.actions import Unit, account_of, post_transfer, resolve_transfer
from xiangqiao.ledger.queries import transfers_named
from xiangqiao.places.queries import county

if TYPE_CHECKING:
    from xiangqiao.ledger.models import Transfer

State = Gift.State


@dataclass(frozen=True)
class Donor:
    """Who gives: how thanks name them; a guest also leaves a phone."""

    label: str
    phone: str = ""


@dataclass(frozen=True)
class Offered:
    """A gift that was offered, and for a guest the code to follow it by: shown once, kept nowhere."""

    gift: Gift
    code: str = ""


def offer_gift(
    *,
    act: Act,
    donor: Donor,
    what: str,
    unit: str,
    amount: int,
    value_fen: int = 0,
    need: Need | None = None,
    message: str = "",
    initiative: Initiative | None = None,
) -> Offered:
    """Offer a gift for one need, or to whoever needs it. Raises ActionError at the field that must be mended.

    Members are known by their account; a guest leaves a phone, which is sealed, and gets a code.
    """
    member = act.by if isinstance(act.by, Viewer) else None
    if member is None and not phone_is_good(donor.phone):
        raise ActionError("giving.phone", _("请留一个能打通的手机号，只有工作人员能看到。"), field="phone")
    if amount <= 0:
        raise ActionError("giving.quantity", _("数量要大于零。"), field="amount")
    if need is not None:
        _demand_open(need, unit, amount)
    home = county()
    row = Gift(
        need=None, initiative=initiative, donor=member.public_id if member else None, donor_label=donor.label[:60],
        division_code=need.appeal.division_code if need else home.code if home else "", what=what,
        unit=GiftUnit(unit), amount=amount, value_fen=amount if unit == GiftUnit.FEN else value_fen, message=message,
        offered_at=act.at,
    )  # fmt: skip
    row.need = need
    code = ""
    if member is None:
        code = new_code()
        row.code_hash = blind("follow", code)
        for name, value in sealed_phone(donor.phone, row.public_id).items():
            setattr(row, name, value)
    with recording("giving.gift_offered", act, subject=row, division_code=row.division_code) as record:
        record.create(row)
    return Offered(row, code)


def match_gift(*, act: Act, viewer: AnyViewer, gift: Gift, need: Need) -> None:
    """Match a gift with one need: the ledger notes it as pending. Raises Conflict for all but the first who try."""
    viewer.demand(Can.MANAGE_GIVING, need.appeal.division_code)
    _demand_open(need, gift.unit, gift.amount)
    appeal = need.appeal
    with recording("giving.gift_matched", act, subject=gift, division_code=appeal.division_code) as record:
        # Held until the end: nobody freezes or closes it meanwhile.
        state = Appeal.objects.select_for_update().values_list("state", flat=True).get(pk=appeal.pk)
        # No join here: PostgreSQL looks again at the row itself once it is free, but not at a subquery.
        taken = Need.objects.filter(pk=need.pk, taken__lte=F("quantity") - gift.amount)
        if state != Appeal.State.OPEN or not taken.update(taken=F("taken") + gift.amount):
            raise Conflict("giving.need_met", _("这项需求已经有人认下了，请换一项。"))
        step_gift(record, gift, State.MATCHED, need_id=need.pk)
        transfer = _post(act, gift, appeal)
        Gift.objects.filter(pk=gift.pk).update(
            transfer=transfer.public_id, matched_at=act.at, division_code=appeal.division_code
        )
    gift.refresh_from_db()


def deliver_gift(*, act: Act, viewer: AnyViewer, gift: Gift, voucher: str = "") -> None:
    """Note that a gift arrived at the household, which has yet to confirm it. Money needs the number of its voucher."""
    if not (viewer.can(Can.MANAGE_GIVING, gift.division_code) or _serves(viewer, gift.division_code)):
        raise NotAllowed("not_allowed", _("送达由网络公益办、站长或志愿者登记。"))
    if gift.unit == GiftUnit.FEN and not voucher.strip():
        raise ActionError(
            "giving.voucher", _("钱款要写凭证号（银行回单或收条）；系统不经手钱。"), field="voucher"
        )
    with recording("giving.gift_delivered", act, subject=gift, division_code=gift.division_code) as record:
        step_gift(record, gift, State.DELIVERED, voucher=voucher.strip())
        Gift.objects.filter(pk=gift.pk).update(delivered_at=act.at)
    gift.refresh_from_db()


def cancel_gift(*, act: Act, viewer: AnyViewer | None, gift: Gift) -> None:
    """Take an offer back: the giver, or the office with a reason in `act`. `viewer` None: a guest who knows the code."""
    office = viewer is not None and viewer.can(Can.MANAGE_GIVING, gift.division_code)
    own = viewer is None or (gift.donor is not None and viewer.public_id == gift.donor)
    if not (office or own):
        raise NotAllowed("not_allowed", _("只有捐助人本人或网络公益办可以取消。"))
    if not own and not act.reason.strip():
        raise ActionError("giving.reason", _("请写明为什么取消，捐助人会看到。"), field="reason")
    with recording("giving.gift_cancelled", act, subject=gift, division_code=gift.division_code) as record:
        step_gift(record, gift, State.CANCELLED, reason=act.reason[:200])
        release(act, gift)


def release(act: Act, gift: Gift) -> None:
    """Give back what a gift held of its need, and void its pending transfer; after its step, which read it anew."""
    Gift.objects.filter(pk=gift.pk).update(ended_at=act.at)
    if gift.need_id is not None and gift.transfer is not None:
        Need.objects.filter(pk=gift.need_id).update(taken=F("taken") - gift.amount)
        settle(act, gift, confirm=False)
    gift.refresh_from_db()


def settle(act: Act, gift: Gift, *, confirm: bool) -> None:
    """Confirm or void the pending transfer of a gift."""
    transfer = transfers_named([gift.transfer] if gift.transfer else []).get()
    resolve_transfer(act=act.keyless(), transfer=transfer, confirm=confirm, on=day_of(act.at))


def _post(act: Act, gift: Gift, appeal: Appeal) -> Transfer:
    unit = Unit(gift.unit)
    # The giver stands in the ledger under the gift's id: the books show every gift and no name.
    giver = account_of(
        owner=gift.public_id, purpose="giving.given", unit=unit, division_code=appeal.division_code
    )
    home = account_of(
        owner=appeal.household, purpose="giving.received", unit=unit, division_code=appeal.division_code
    )
    return post_transfer(
        act=act.keyless(),
        debit=home,
        credit=giver,
        amount=gift.amount,
        on=day_of(act.at),
        what=gift.what,
        pending=True,
    )


def _demand_open(need: Need, unit: str, amount: int) -> None:
    if need.kind == Need.Kind.MONEY:
        raise ActionError(
            "giving.money_elsewhere",
            _("善款请捐给页面上写明的慈善组织或指定平台，本系统不收钱。"),
            field="unit",
        )
    if UNIT_OF[need.kind] != unit:
        raise ActionError("giving.unit", _("捐的种类和这项需求不同，请换一项需求。"), field="unit")
    if need.appeal.state != Appeal.State.OPEN:
        raise Conflict("giving.not_open", _("这份求助现在不接受捐助。"))
    if amount > need.open:
        raise Conflict(
            "giving.too_much",
            _("这项只差 %(open)d 了，请少报一些，多的可以帮别家。") % {"open": need.open},
            field="amount",
        )


def _serves(viewer: AnyViewer, division_code: str) -> bool:
    """Return whether a person carries gifts there: a keeper, a volunteer, a cadre's post with a range."""
    if viewer.can(Can.KEEP_STATION, division_code):
        return True
    return viewer.can(Can.VERIFY_APPEAL, division_code)
