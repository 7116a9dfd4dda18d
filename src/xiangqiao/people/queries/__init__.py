"""Reads of the register, by noun."""

from xiangqiao.people.queries.households import HouseholdFilter, household, households, matching, ordered
from xiangqiao.people.queries.relation import Relations, relations

__all__ = ["HouseholdFilter", "Relations", "household", "households", "matching", "ordered", "relations"]
