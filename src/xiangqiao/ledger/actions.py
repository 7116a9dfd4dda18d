"""Writes of the ledger. Who may do it is decided by the app that posts; here the invariants are kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.ledger.models import Account, IncomeLine, Transfer
from xiangqiao.ledger.models import Unit as Unit


def account_of(*, owner: UUID, purpose: str, unit: Unit, division_code: str = "") -> Account:
    """Return the owner's account for a purpose in a unit, opened when it is first needed."""
    found, _made = Account.objects.get_or_create(
        owner=owner, purpose=purpose, unit=unit, defaults={"division_code": division_code}
    )
    return found


def post_transfer(
    *, act: Act, debit: Account, credit: Account, amount: int, on: date, what: str, pending: bool = False
) -> Transfer:
    """Post one positive whole number from one account to another of the same unit.

    `pending` waits for `resolve_transfer` and moves nothing until then. Raises ActionError where amount, unit or
    accounts do not fit.
    """
    if amount <= 0:
        raise ActionError("ledger.amount", _("金额或数量必须大于零。"), field="amount")
    if debit.pk == credit.pk:
        raise ActionError("ledger.same_account", _("付出和收入不能是同一个账户。"))
    if debit.unit != credit.unit:
        raise ActionError("ledger.unit", _("两个账户的计量单位不同，不能直接划转。"))
    with recording(
        "ledger.transfer_posted", act, division_code=debit.division_code, amount=amount, unit=debit.unit
    ) as record:
        return Transfer.objects.create(
            debit=debit,
            credit=credit,
            amount=amount,
            unit=debit.unit,
            state=Transfer.State.PENDING if pending else Transfer.State.POSTED,
            on=on,
            at=act.at,
            what=what,
            event=record.event.public_id,
        )


def resolve_transfer(*, act: Act, transfer: Transfer, confirm: bool, on: date) -> Transfer:
    """Confirm or void a pending transfer by a new row; the old one stays as it is.

    Raises ActionError where it was never pending, Conflict where somebody resolved it before.
    """
    if transfer.state != Transfer.State.PENDING:
        raise ActionError("ledger.not_pending", _("这笔账不是待定的，不用确认。"))
    state = Transfer.State.CONFIRMED if confirm else Transfer.State.VOIDED
    try:
        with (
            transaction.atomic(),
            recording("ledger.transfer_resolved", act, transfer=transfer.public_id, state=state) as record,
        ):
            return Transfer.objects.create(
                debit=transfer.debit,
                credit=transfer.credit,
                amount=transfer.amount,
                unit=transfer.unit,
                state=state,
                pending=transfer,
                on=on,
                at=act.at,
                what=transfer.what,
                event=record.event.public_id,
            )
    except IntegrityError as error:
        raise Conflict("ledger.resolved", _("这笔账已经处理过了，请刷新页面看看。")) from error


def add_evidence(
    *, act: Act, owner: UUID, division_code: str, year: int, line: str, amount_fen: int, source: str
) -> IncomeLine:
    """Add income of a year that a payment, a sale or a document proves. `line` is the fact of the catalogue."""
    if amount_fen < 0:
        raise ActionError("ledger.amount", _("金额不能小于零。"), field="amount_fen")
    row = IncomeLine(
        owner=owner,
        division_code=division_code,
        year=year,
        line=line,
        amount_fen=amount_fen,
        evidence=IncomeLine.Evidence.EVIDENCED,
        source=source,
    )
    with recording("ledger.evidence_added", act, division_code=division_code) as record:
        record.create(row)
    return row
