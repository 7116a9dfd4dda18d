"""Subsidised loans: applied for, decided by the bank, paid out, repaid. Decisions are noted as they came."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.moving import locked, step
from xiangqiao.commerce.models import Beginner, Loan
from xiangqiao.commerce.rules.loans import terms_on
from xiangqiao.commerce.rules.states import LOAN
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording


def apply_for_loan(
    *, act: Act, beginner: UUID, bank: str, amount_fen: int, months: int, purpose: str
) -> Loan:
    """Apply for a loan, as the beginner or as the office for the beginner. Raises ActionError beyond the dated terms."""
    own = Beginner.objects.filter(user=act.by.public_id, user__isnull=False, public_id=beginner)
    rows = (
        own
        if own.exists()
        else Beginner.objects.visible_to(permit(act, Can.MANAGE_COMMERCE), Can.MANAGE_COMMERCE)
    )
    today = day_of(act.at)
    _demand_terms(amount_fen, months, purpose, bank, today)
    try:
        with recording("commerce.loan_applied", act) as record:
            who = locked(rows, beginner)
            row = Loan(
                beginner=who, division_code=who.division_code, bank=bank.strip(), amount_fen=amount_fen,
                months=months, purpose=purpose.strip(), applied_on=today,
            )  # fmt: skip
            record.create(row)
            record.event.subject, record.event.division_code = row.public_id, row.division_code
            add_line(
                act=act.keyless(), household=who.household, division_code=who.division_code, programme="COMMERCE",
                sentence=gettext_noop("申请贴息贷款"), source_id=row.public_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("loan.open", _("已经有一笔没办完的贷款，办完才能再申请。")) from error
    return row


def note_decision(
    *, act: Act, loan: UUID, good: bool, decision_no: str = "", rate_bp: int = 0, why: str = ""
) -> Loan:
    """Note what the bank decided: its number and yearly rate (basis points), or why not."""
    if good and not (decision_no.strip() and 0 < rate_bp <= 2400):
        raise ActionError("loan.decision", _("请写银行的批复编号和年利率。"), field="decision_no")
    if not good and not why.strip():
        raise ActionError("loan.why", _("请写银行不同意的原因，好告诉本人怎么办。"), field="why")
    values = (
        {"rate_bp": rate_bp, "decision_no": decision_no.strip()}
        if good
        else {"why": why.strip(), "decision_no": decision_no.strip()}
    )
    return _go(act, loan, "APPROVED" if good else "DECLINED", decided_on=day_of(act.at), **values)


def note_paid_out(*, act: Act, loan: UUID, on: date) -> Loan:
    """Note the day on which the bank paid the loan out."""
    return _go(act, loan, "PAID_OUT", paid_out_on=on)


def note_repaid(*, act: Act, loan: UUID, on: date) -> Loan:
    """Note the day on which the loan was repaid."""
    return _go(act, loan, "REPAID", repaid_on=on)


def _go(act: Act, loan: UUID, to: str, **values: object) -> Loan:
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording(f"commerce.loan_{to.lower()}", act) as record:
        row = locked(Loan.objects.visible_to(viewer, Can.MANAGE_COMMERCE), loan)
        step(record, row, LOAN, to, **values)
        record.event.subject, record.event.division_code = row.public_id, row.division_code
    return row


def _demand_terms(amount_fen: int, months: int, purpose: str, bank: str, on: date) -> None:
    terms = terms_on(on)
    if terms is None:
        raise ActionError("loan.terms", _("这一天没有贴息贷款政策。"))
    if not 0 < amount_fen <= terms.cap_fen or not 0 < months <= terms.most_months:
        raise ActionError(
            "loan.beyond",
            _("贴息贷款最多 %(yuan)s 元、%(months)s 个月。")
            % {"yuan": terms.cap_fen // 100, "months": terms.most_months},
            field="amount",
        )
    if not purpose.strip() or not bank.strip():
        raise ActionError("loan.purpose", _("请写贷款银行和用途。"), field="purpose")
