"""Reads of the register, by noun."""

from xiangqiao.people.queries.households import (
    SORTABLE,
    HouseholdFilter,
    household,
    households,
    matching,
    ordered,
    register_totals,
)
from xiangqiao.people.queries.members import member_named
from xiangqiao.people.queries.problems import batch_problems, open_problems
from xiangqiao.people.queries.relation import Relations, relations

__all__ = [
    "SORTABLE",
    "HouseholdFilter",
    "Relations",
    "batch_problems",
    "household",
    "households",
    "matching",
    "member_named",
    "open_problems",
    "ordered",
    "register_totals",
    "relations",
]
