"""Reads of the ledger, by noun."""

from xiangqiao.ledger.queries.income import (
    income_lines,
    income_years,
    newest_projection,
    owners_of,
    yearly_projection,
    yearly_sums,
)
from xiangqiao.ledger.queries.standing import balances, pending_transfers, transfers_named

__all__ = [
    "balances",
    "income_lines",
    "income_years",
    "newest_projection",
    "owners_of",
    "pending_transfers",
    "transfers_named",
    "yearly_projection",
    "yearly_sums",
]
