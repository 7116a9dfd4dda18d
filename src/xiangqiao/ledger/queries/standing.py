"""How accounts stand: balances, and what still waits."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from xiangqiao.ledger.models import Account, Transfer

# A pending transfer counts once it is confirmed; the row that resolves it moves nothing by itself.
_MOVED = Q(state=Transfer.State.POSTED) | Q(
    state=Transfer.State.PENDING, resolution__state=Transfer.State.CONFIRMED
)


def balances(accounts: QuerySet[Account] | None = None) -> QuerySet[Account]:
    """Return accounts with their `balance`: debits less credits of what has moved, in the account's unit.

    Over all accounts of a unit the balances add up to nothing.
    """
    rows = Account.objects.all() if accounts is None else accounts
    return rows.annotate(balance=_sum("debit") - _sum("credit"))


def _sum(side: str) -> Coalesce:
    moved = Transfer.objects.filter(_MOVED, **{side: OuterRef("pk")}).order_by().values(side)
    total = moved.annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


def transfers_named(public_ids: Iterable[UUID]) -> QuerySet[Transfer]:
    """Return transfers by their ids, with their accounts and how they were resolved at hand."""
    rows = Transfer.objects.filter(public_id__in=list(public_ids))
    return rows.select_related("debit", "credit", "resolution")


def pending_transfers(owner: UUID) -> QuerySet[Transfer]:
    """Return an owner's transfers that still wait to be confirmed or voided."""
    rows = Transfer.objects.filter(state=Transfer.State.PENDING, resolution__isnull=True)
    return rows.filter(Q(debit__owner=owner) | Q(credit__owner=owner)).order_by(F("at"), "id")
