"""Reads of policies, verdicts and entitlements."""

from xiangqiao.policy.queries.entitlements import (
    Totals,
    entitlements,
    latest_screening,
    totals_by_policy,
    totals_by_township,
    unclaimed,
    unclaimed_condition,
    unclaimed_counts,
)
from xiangqiao.policy.queries.verdicts import HouseholdVerdict, HouseholdVerdicts, library, verdicts_for

__all__ = [
    "HouseholdVerdict",
    "HouseholdVerdicts",
    "Totals",
    "entitlements",
    "latest_screening",
    "library",
    "totals_by_policy",
    "totals_by_township",
    "unclaimed",
    "unclaimed_condition",
    "unclaimed_counts",
    "verdicts_for",
]
