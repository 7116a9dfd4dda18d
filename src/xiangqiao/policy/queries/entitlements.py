"""What the newest screening found, and what of it nobody has taken up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.policy.models import Claim, Entitlement, Screening

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
    same = Q(person=OuterRef("person")) | Q(person__isnull=True)
    claims = Claim.objects.filter(same, household=OuterRef("household"), policy_id=OuterRef("policy_id"))
    return rows.filter(Q(verdict=Entitlement.Verdict.YES), ~Exists(claims))


def unclaimed_condition(policy_id: str = "") -> Q:
    """Return the condition on a household of the register: something, or this policy, is not taken up."""
    rows = _unclaimed(Entitlement.objects.all())
    if policy_id:
        rows = rows.filter(policy_id=policy_id)
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


def totals_by_township(viewer: AnyViewer, *, digits: int = _TOWNSHIP_DIGITS) -> dict[str, Totals]:
    """Return what is not taken up, by the first digits of the division code (nine: townships; twelve: villages)."""
    rows = unclaimed(viewer).annotate(place=Substr("division_code", 1, digits)).values("place")
    counted = rows.annotate(n=Count("id"), homes=Count("household", distinct=True), fen=Sum("amount_fen"))
    return {row["place"].ljust(12, "0"): Totals(row["n"], row["homes"], row["fen"] or 0) for row in counted}
