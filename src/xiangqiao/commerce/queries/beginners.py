"""Beginners, how far each is, and the goods of the pool they may sell."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Min, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.commerce.models import Beginner, Loan, Lot, Offer, Order
from xiangqiao.commerce.rules.beginner import Records
from xiangqiao.commerce.rules.loans import subsidy, terms_on


def beginners(viewer: AnyViewer) -> QuerySet[Beginner]:
    """Return the beginners an office sees, newest first, with the day of each step's first record."""
    return _with_steps(Beginner.objects.visible_to(viewer, Can.MANAGE_COMMERCE)).order_by("-id")


def beginner_named(viewer: AnyViewer, public_id: UUID) -> Beginner:
    """Return one beginner an office sees. Raises Beginner.DoesNotExist."""
    return beginners(viewer).get(public_id=public_id)


def own_shop(viewer: AnyViewer) -> Beginner | None:
    """Return the beginner that a registered person is."""
    if viewer.public_id is None:
        return None
    return _with_steps(Beginner.objects.filter(user=viewer.public_id)).first()


def _with_steps(rows: QuerySet[Beginner]) -> QuerySet[Beginner]:
    return rows.annotate(
        learnt=Min("lessons__on"),
        space=Min("spaces__from_on"),
        loan=Min("loans__applied_on"),
        listed=Min("offers__opened_on"),
    )


def records_of(row: Beginner) -> Records:
    """Return the records that a beginner's steps are read from."""
    sold = Order.objects.filter(offer__beginner=row, state__in=["DELIVERED", "SETTLED"])
    return Records(
        learnt=row.learnt, space=row.space, loan=row.loan, listed=row.listed,  # type: ignore[attr-defined]  # annotated
        sold=sold.aggregate(day=Min("delivered_on"))["day"],
    )  # fmt: skip


def pool() -> QuerySet[Lot]:
    """Return what of the exhibition park's goods can still be sold."""
    rows = Lot.objects.filter(tenant__isnull=False, available_grams__gt=0).exclude(state=Lot.State.CLOSED)
    return rows.select_related("tenant").order_by("product", "id")


def offers_of(row: Beginner) -> QuerySet[Offer]:
    """Return a beginner's offers, newest first."""
    return row.offers.select_related("lot", "pavilion").order_by("-id")


def loans_of(row: Beginner) -> QuerySet[Loan]:
    """Return a beginner's loans, newest first."""
    return row.loans.order_by("-id")


def subsidy_to(loan: Loan, day: date) -> int | None:
    """Return the interest the county subsidises up to a day (fen); None where nothing was paid out."""
    terms = terms_on(loan.applied_on)
    if loan.paid_out_on is None or loan.rate_bp is None or terms is None:
        return None
    end = min(loan.repaid_on or day, day)
    return subsidy(
        amount_fen=loan.amount_fen, rate_bp=loan.rate_bp, from_on=loan.paid_out_on, to_on=end, terms=terms
    )


def shop_orders(row: Beginner) -> QuerySet[Order]:
    """Return the orders of a beginner's offers, newest first."""
    return Order.objects.filter(offer__beginner=row).select_related("offer", "lot").order_by("-id")
