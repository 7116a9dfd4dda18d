"""Runs and their proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.pairing.models import Cadre, Proposal, Run
from xiangqiao.pairing.queries.cadres import visible_cadres
from xiangqiao.people import queries as people
from xiangqiao.people.queries import HouseholdFilter
from xq_engine.divisions import range_of


def _seen(viewer: AnyViewer) -> QuerySet[Run]:
    """A run is seen by who sees any of its proposals; its totals are of the division it was made for."""
    proposals = Proposal.objects.filter(scope(viewer, Can.READ_PAIRING, subject=None))
    return Run.objects.filter(pk__in=proposals.values("run"))


def latest_run(viewer: AnyViewer) -> Run | None:
    """Return the newest run that is not discarded."""
    return _seen(viewer).exclude(state=Run.State.DISCARDED).order_by("-id").first()


def one_more_place(viewer: AnyViewer, run: Run, *, on: date) -> list[tuple[Cadre, int]]:
    """Return the cadres seen with whom one place more would have helped the run most, with the points it saves."""
    saved = {UUID(key): points for key, points in run.counts.get("one_more", [])}
    found = visible_cadres(viewer, on).filter(public_id__in=list(saved)).select_related("unit")
    return sorted(((row, saved[row.public_id]) for row in found), key=lambda one: -one[1])


def run_named(viewer: AnyViewer, public_id: UUID) -> Run:
    """Return one run. Raises Run.DoesNotExist where unseen."""
    return _seen(viewer).get(public_id=public_id)


def proposals_of(viewer: AnyViewer, run: Run) -> QuerySet[Proposal]:
    """Return the proposals of a run that a viewer sees, with cadre and unit."""
    return Proposal.objects.visible_to(viewer).filter(run=run).select_related("cadre__unit")


def proposal_named(viewer: AnyViewer, public_id: UUID) -> Proposal:
    """Return one proposal with its run, cadre and unit. Raises Proposal.DoesNotExist where unseen."""
    return Proposal.objects.visible_to(viewer).select_related("run", "cadre__unit").get(public_id=public_id)


def household_names(viewer: AnyViewer, keys: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return number and head of the households of a page that a viewer sees: one query."""
    wanted = HouseholdFilter(closed="1")
    rows = people.households(viewer, wanted, extra=Q(public_id__in=list(keys)), act=Can.READ_PAIRING)
    return {key: (no, name) for key, no, name in rows.values_list("public_id", "household_no", "head_name")}


def numbered_household(viewer: AnyViewer, number: str) -> tuple[UUID, str] | None:
    """Return the household of a number, with its village, where the viewer may decide on pairs."""
    rows = people.households(viewer, HouseholdFilter(), extra=Q(household_no=number), act=Can.DECIDE_PAIRING)
    return rows.values_list("public_id", "division_code").first()


@dataclass(frozen=True)
class ProposalFilter:
    """What a table of proposals is narrowed by. Every field is text as it stands in the address."""

    division: str = ""
    state: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> ProposalFilter:
        """Read the filter from the parameters of an address."""
        return cls(**{field.name: query.get(field.name, "").strip()[:60] for field in fields(cls)})


def matching_proposals(viewer: AnyViewer, run: Run, wanted: ProposalFilter) -> QuerySet[Proposal]:
    """Return the proposals of a run that a filter lets through."""
    rows = proposals_of(viewer, run)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.division:
        first, after = range_of(wanted.division.ljust(12, "0")) if wanted.division.isdigit() else ("", "")
        rows = rows.filter(division_code__gte=first, division_code__lt=after)
    return rows.filter(cadre__name__startswith=wanted.q) if wanted.q else rows
