"""The verdicts of one household, computed anew from today's facts with every criterion explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.people.queries import relations
from xiangqiao.policy.models import Claim

if TYPE_CHECKING:
    from xq_engine.policy import Policy, PolicyLibrary
    from xq_engine.screening.one import Screener, Verdict


@dataclass(frozen=True)
class HouseholdVerdict:
    """One policy's verdict for a household, or for one of its members, and what became of it."""

    policy: Policy
    verdict: Verdict
    person: UUID | None
    claim: Claim | None
    # The register itself shows that the benefit is drawn.
    received: bool


@dataclass(frozen=True)
class HouseholdVerdicts:
    """All verdicts of a household, those it is entitled to first, then those that miss a fact."""

    as_of: date
    verdicts: list[HouseholdVerdict]


@cache
def library() -> PolicyLibrary:
    """Return the policies of this deployment, read once."""
    from xq_engine.policy import load_policies  # YAML and the language: not at the start of the web process

    return load_policies()


@cache
def _screener() -> Screener:
    from xq_engine.screening.one import Screener  # as above

    return Screener(library())


def verdicts_for(viewer: AnyViewer, household: UUID, *, as_of: date) -> HouseholdVerdicts:
    """Return every policy in force decided for one household a viewer sees; empty where it sees none."""
    found = relations(viewer, as_of=as_of, households=[household])
    homes = found.household.to_pylist()
    if not homes:
        return HouseholdVerdicts(as_of, [])
    members = found.person.to_pylist()
    theirs = Q(household=household, person__isnull=True) | Q(person__in=[one["key"] for one in members])
    claims = {(row.policy_id, row.person): row for row in Claim.objects.filter(theirs)}
    verdicts = _screener().screen_household(homes[0], members, as_of=as_of, region=homes[0]["division_code"])
    policies = {policy.id: policy for policy in library()}
    rows = [_row(verdict, policies, homes[0], members, claims) for verdict in verdicts]
    order = {"yes": 0, "unknown": 1, "no": 2}
    return HouseholdVerdicts(as_of, sorted(rows, key=lambda row: order[row.verdict.verdict]))


def _row(
    verdict: Verdict,
    policies: dict[str, Policy],
    home: dict[str, Any],
    members: list[dict[str, Any]],
    claims: dict[tuple[str, UUID | None], Claim],
) -> HouseholdVerdict:
    from xq_engine.screening.received import is_received  # as above

    person = None if verdict.person is None else UUID(members[verdict.person]["key"])
    claim = claims.get((verdict.policy_id, person)) or claims.get((verdict.policy_id, None))
    policy = policies[verdict.policy_id]
    received = verdict.verdict == "yes" and is_received(
        policy,
        library(),
        home,
        members,
        as_of=verdict.as_of,
        region=home["division_code"],
        person=verdict.person,
    )
    return HouseholdVerdict(policy, verdict, person, claim, received)


def subsistence_line(division_code: str, on: date) -> int | None:
    """Return the rural subsistence line (fen, a head and year) of a place on a day; None where none is known."""
    month = library().parameters.at(on, division_code).get("dibao_line_month_fen")
    return None if month is None else month * 12
