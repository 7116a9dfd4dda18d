"""Reads of policies, verdicts and entitlements."""

from xiangqiao.policy.queries.entitlements import (
    Totals,
    entitled_condition,
    entitlements,
    latest_screening,
    missing_facts,
    open_condition,
    open_counts,
    totals_by_policy,
    totals_by_township,
    unclaimed,
    unclaimed_condition,
    unclaimed_counts,
)
from xiangqiao.policy.queries.verdicts import (
    HouseholdVerdict,
    HouseholdVerdicts,
    library,
    subsistence_line,
    verdicts_for,
)
from xiangqiao.policy.queries.words import fact_name, in_language

__all__ = [
    "HouseholdVerdict",
    "HouseholdVerdicts",
    "Totals",
    "entitled_condition",
    "entitlements",
    "fact_name",
    "in_language",
    "latest_screening",
    "library",
    "missing_facts",
    "open_condition",
    "open_counts",
    "subsistence_line",
    "totals_by_policy",
    "totals_by_township",
    "unclaimed",
    "unclaimed_condition",
    "unclaimed_counts",
    "verdicts_for",
]
