"""One policy for several members of a household, said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.policy.queries import HouseholdVerdict

Group = Sequence[HouseholdVerdict]


def together(rows: Iterable[HouseholdVerdict]) -> list[list[HouseholdVerdict]]:
    """Return verdicts in groups that read the same but for whom they are about: policy, outcome, sum, what became of it."""
    groups: dict[tuple[object, ...], list[HouseholdVerdict]] = {}
    for row in rows:
        verdict = row.verdict
        outcome = (verdict.verdict, verdict.decided_by, verdict.amount_fen, verdict.missing)
        became = (row.received, row.claim.state if row.claim else "")
        groups.setdefault((row.policy.id, *outcome, *became), []).append(row)
    return list(groups.values())


def whom(group: Group, names: Mapping[UUID, str]) -> str:
    """Return whom a group is about: nothing for a policy of the household, else its members by name."""
    found = [names.get(row.person, "") for row in group if row.person is not None]
    return _("、").join(name for name in found if name)
