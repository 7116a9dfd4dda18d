"""What the newest screening found, and what of it nobody has taken up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.policy.models import Claim, Entitlement, Screening
from xq_engine.divisions import range_of

_TOWNSHIP_DIGITS = 9


@dataclass(frozen=True)
class Totals:
    """Entitlements not taken up: how many, of how many households, and their sum in fen where it is known."""

    count: int
    households: int
    amount_fen: int


def latest_screening() -> Screening | None:
    """Return the newest screening."""
    return Screening.objects.order_by("-id").first()


def entitlements(viewer: AnyViewer) -> QuerySet[Entitlement]:
    """Return the entitlements and open questions that a viewer sees."""
    return Entitlement.objects.visible_to(viewer)


def unclaimed(viewer: AnyViewer) -> QuerySet[Entitlement]:
    """Return what households are entitled to and nobody has applied for, received or declined (应享未享)."""
    return _unclaimed(entitlements(viewer))


def _unclaimed(rows: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    # A person's claim goes with the person into another household; a household's stays with the household.
    claims = Claim.objects.filter(policy_id=OuterRef("policy_id"))
    of_person = claims.filter(person__isnull=False, person=OuterRef("person"))
    of_household = claims.filter(person__isnull=True, household=OuterRef("household"))
    return rows.filter(
        Q(verdict=Entitlement.Verdict.YES, received=False), ~Exists(of_person), ~Exists(of_household)
    )


def unclaimed_condition(policy_id: str = "") -> Q:
    """Return the condition on a household of the register: something, or this policy, is not taken up."""
    rows = _unclaimed(Entitlement.objects.all())
    if policy_id:
        rows = rows.filter(policy_id=policy_id)
    return Q(public_id__in=rows.values("household"))


def open_condition(policy_id: str, fact: str = "") -> Q:
    """Return the condition on a household of the register: this policy is open because a fact (or this one) is missing."""
    rows = Entitlement.objects.filter(policy_id=policy_id, verdict=Entitlement.Verdict.UNKNOWN)
    if fact:
        rows = rows.filter(missing=fact)
    return Q(public_id__in=rows.values("household"))


def missing_facts(viewer: AnyViewer, policy_id: str) -> list[tuple[str, int]]:
    """Return the facts that leave a policy open, with how many households each: the next best question first."""
    rows = entitlements(viewer).filter(policy_id=policy_id, verdict=Entitlement.Verdict.UNKNOWN)
    counted = rows.order_by().values("missing").annotate(n=Count("household", distinct=True))
    return sorted(counted.values_list("missing", "n"), key=lambda row: (-row[1], row[0]))


def open_counts(viewer: AnyViewer) -> dict[str, tuple[int, int]]:
    """Return by policy how many households are entitled, and for how many a fact is missing: one query."""
    rows = entitlements(viewer).order_by().values("policy_id")
    yes = Count("household", filter=Q(verdict=Entitlement.Verdict.YES), distinct=True)
    unknown = Count("household", filter=Q(verdict=Entitlement.Verdict.UNKNOWN), distinct=True)
    counted = rows.annotate(yes=yes, unknown=unknown).values_list("policy_id", "yes", "unknown")
    return {policy: (met, missing) for policy, met, missing in counted}


def entitled_condition(policy_id: str) -> Q:
    """Return the condition on a household of the register: it meets this policy, taken up or not."""
    rows = Entitlement.objects.filter(policy_id=policy_id, verdict=Entitlement.Verdict.YES)
    return Q(public_id__in=rows.values("household"))


def unclaimed_counts(viewer: AnyViewer, households: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many entitlements each household of a page has not taken up: one query."""
    rows = unclaimed(viewer).filter(household__in=list(households)).values("household")
    return {row["household"]: row["n"] for row in rows.annotate(n=Count("id"))}


def totals_by_policy(viewer: AnyViewer) -> dict[str, Totals]:
    """Return what is not taken up, by policy."""
    rows = (
        unclaimed(viewer)
        .values("policy_id")
        .annotate(n=Count("id"), homes=Count("household", distinct=True), fen=Sum("amount_fen"))
    )
    return {row["policy_id"]: Totals(row["n"], row["homes"], row["fen"] or 0) for row in rows}


def totals_by_township(
    viewer: AnyViewer, *, digits: int = _TOWNSHIP_DIGITS, division: str = ""
) -> dict[str, Totals]:
    """Return what is not taken up, by the first digits of the division code (nine: townships; twelve: villages)."""
    seen = unclaimed(viewer)
    if division:
        first, after = range_of(division)
        seen = seen.filter(division_code__gte=first, division_code__lt=after)
    rows = seen.annotate(place=Substr("division_code", 1, digits)).values("place")
    counted = rows.annotate(n=Count("id"), homes=Count("household", distinct=True), fen=Sum("amount_fen"))
    return {row["place"].ljust(12, "0"): Totals(row["n"], row["homes"], row["fen"] or 0) for row in counted}
