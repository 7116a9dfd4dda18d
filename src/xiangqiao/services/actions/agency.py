"""Errands at the counter: cash in against a receipt, done with the provider's number, or failed with the money back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import Act, Recording, recording
from xiangqiao.ledger.actions import Unit, account_of, post_transfer
from xiangqiao.services.actions.doors import demand_step
from xiangqiao.services.models import AgentOrder, DrawerDay
from xiangqiao.services.rules.agency import (
    FEE_CAP_FEN,
    MOST_IN_DRAWER_FEN,
    MOST_PER_ORDER_FEN,
    change_of,
    day_balance,
    next_state,
)
from xiangqiao.services.words import Errand

if TYPE_CHECKING:
    from xiangqiao.ledger.models import Account

_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
DRAWER, HELD, PROVIDERS, FEES = (
    "services.cash_drawer", "services.held", "services.providers", "services.fees",
)  # fmt: skip


def take_order(
    *, act: Act, division_code: str, errand: Errand | str, payee: str, customer: str, amount_fen: int, cash_fen: int,
    fee_fen: int = 0, account: str = "", household: UUID | None = None,
) -> AgentOrder:  # fmt: skip
    """Take cash for an errand and give a receipt at once. Money in fen.

    Raises NotAllowed to who keeps no station there, ActionError on too little cash, a fee above the board, or too much money.
    """
    keeper = permit(act, Can.KEEP_STATION, division_code)
    if not isinstance(keeper, Viewer):
        raise NotAllowed("not_allowed", _("收现金的要是登录的站长本人。"))
    if not payee.strip() or not customer.strip():
        raise ActionError("services.empty", _("请写收款单位和顾客称呼，收据上要用。"), field="payee")
    _demand_money(str(errand), amount_fen, fee_fen, cash_fen)
    today = day_of(act.at)
    row = AgentOrder(
        receipt_no=f"{today:%y%m%d}-{''.join(secrets.choice(_LETTERS) for _n in range(6))}",
        keeper=keeper.user.public_id, keeper_label=keeper.label, division_code=division_code, errand=errand,
        payee=payee.strip(), customer=customer.strip(), household=household, amount_fen=amount_fen, fee_fen=fee_fen,
        cash_fen=cash_fen, change_fen=change_of(cash_fen, amount_fen, fee_fen), on=today, account_mask=mask(account),
    )  # fmt: skip
    if account:
        row.account_sealed = vault().seal(account, Place(row._meta.db_table, "account_sealed", row.public_id))
    with recording("services.errand_taken", act, subject=row, division_code=division_code) as record:
        drawer = held_drawer(row.keeper, today) or new_drawer(record, row.keeper, division_code, today)
        if drawer.counted_fen is not None:
            raise ActionError("services.drawer_closed", _("今天的现金箱已经盘点关账，明天再办。"))
        before = AgentOrder.objects.filter(keeper=row.keeper, on=today).values_list(
            "state", "amount_fen", "fee_fen"
        )
        balance = day_balance(drawer.opening_fen, [(state, amount + fee) for state, amount, fee in before])
        if balance.expected_fen + amount_fen + fee_fen > MOST_IN_DRAWER_FEN:
            raise ActionError("services.drawer_full", _("现金箱里的钱已经到上限，请先把现金交存再收。"))
        record.create(row)
        _post(act, row, DRAWER, HELD, amount_fen + fee_fen, _("代办收款"))
    return row


def execute(*, act: Act, order: AgentOrder, reference: str) -> None:
    """The errand is done; `reference` is the provider's number. Raises NotAllowed to another keeper."""
    _demand_keeper(act, order)
    if not reference.strip():
        raise ActionError("services.reference", _("请写对方的流水号或订单号，日后好查。"), field="reference")
    with _step(act, order, "execute", "services.errand_done", reference=reference.strip()):
        _post(act, order, HELD, PROVIDERS, order.amount_fen, _("代办付款"))
        _post(act, order, HELD, FEES, order.fee_fen, _("代办服务费"))
        if order.household is not None:
            add_line(
                act=act.keyless(), household=order.household, division_code=order.division_code,
                programme="SERVICES", sentence=gettext_noop("站点代办成功：%(payee)s"), source_id=order.public_id,
                payee=order.payee,
            )  # fmt: skip


def fail(*, act: Act, order: AgentOrder, reason: str) -> None:
    """The errand failed: all money goes back from the drawer, fee included, and the receipt says so."""
    _demand_keeper(act, order)
    if not reason.strip():
        raise ActionError("services.reason", _("请写没办成的原因，收据上要告诉顾客。"), field="reason")
    with _step(act, order, "fail", "services.errand_failed", failure=reason.strip()):
        _post(act, order, HELD, DRAWER, order.amount_fen + order.fee_fen, _("代办退款"))


def hand_over(*, act: Act, order: AgentOrder) -> None:
    """The ticket or the goods were handed over to who ordered them."""
    _demand_keeper(act, order)
    with _step(act, order, "hand_over", "services.errand_handed_over"):
        pass


def held_drawer(keeper: UUID, on: date) -> DrawerDay | None:
    """Return the keeper's drawer of a day, held until the end of the transaction; None before its first use."""
    return DrawerDay.objects.select_for_update().filter(keeper=keeper, on=on).first()


def new_drawer(
    record: Recording, keeper: UUID, division_code: str, on: date, *, opening_fen: int = 0
) -> DrawerDay:
    """Begin the drawer of a day. Raises Conflict where another hand began it at the same moment."""
    row = DrawerDay(keeper=keeper, division_code=division_code, on=on, opening_fen=opening_fen)
    try:
        record.create(row)
    except IntegrityError as error:
        raise Conflict("services.drawer_busy", _("现金箱刚刚在别处也动过，请再办一次。")) from error
    return row


def keeper_account(keeper: UUID, purpose: str, division_code: str) -> Account:
    """Return the keeper's account for a purpose, in fen."""
    return account_of(owner=keeper, purpose=purpose, unit=Unit.FEN, division_code=division_code)


def _post(act: Act, order: AgentOrder, debit: str, credit: str, amount: int, what: str) -> None:
    """Move money between the keeper's books: what leaves a book of ours is its credit, what comes its debit."""
    if amount == 0:
        return
    # HELD is owed to villagers: taking cash debits the drawer and credits it, paying out the other way round.
    post_transfer(
        act=act.keyless(), amount=amount, on=day_of(act.at), what=f"{what} {order.receipt_no}",
        debit=keeper_account(order.keeper, debit, order.division_code),
        credit=keeper_account(order.keeper, credit, order.division_code),
    )  # fmt: skip


@contextmanager
def _step(act: Act, order: AgentOrder, step: str, kind: str, **values: Any) -> Iterator[None]:
    """A step of an order in one transaction: the row is held and moved first, then the money follows."""
    state = demand_step(next_state(order.state, step))
    with recording(kind, act, subject=order, division_code=order.division_code) as record:
        record.change(order, state=state, ended_on=day_of(act.at), **values)
        yield


def _demand_keeper(act: Act, order: AgentOrder) -> None:
    keeper = permit(act, Can.KEEP_STATION, order.division_code)
    if keeper.public_id != order.keeper:
        raise NotAllowed("services.other_keeper", _("这一单是另一位站长收的款，要由他办。"))


def _demand_money(errand: str, amount_fen: int, fee_fen: int, cash_fen: int) -> None:
    if not 0 < amount_fen <= MOST_PER_ORDER_FEN:
        raise ActionError(
            "services.amount",
            _("一单的金额要大于零，最多 %(yuan)d 元。") % {"yuan": MOST_PER_ORDER_FEN // 100},
            field="amount",
        )
    cap = FEE_CAP_FEN.get(errand, 0)
    if not 0 <= fee_fen <= cap:
        raise ActionError(
            "services.fee",
            _("这一项的服务费最多 %(yuan)g 元，和墙上的价目一样。") % {"yuan": cap / 100},
            field="fee",
        )
    if change_of(cash_fen, amount_fen, fee_fen) < 0:
        raise ActionError("services.cash", _("收到的现金不够，请再核对。"), field="cash")
