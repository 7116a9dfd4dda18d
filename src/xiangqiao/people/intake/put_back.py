"""Values that an import changed, back to what they were, where nobody changed them again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F, Max

from xiangqiao.kernel import bulk
from xiangqiao.kernel.models import Change, Recorded
from xiangqiao.people.intake import staging
from xiangqiao.people.intake.work import Asked
from xiangqiao.people.models import Batch, Household, HouseholdYear, Membership, Person, PersonYear

_NUMBERS = ("phone", "bank_card", "id_number", "disability_no")


@dataclass
class PutBack:
    """Rows for the log, questions where somebody was there since, households whose head may be another now."""

    changes: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    homes: set[int] = field(default_factory=set)


def put_back(batch: Batch) -> PutBack:
    """Set the values that a batch changed back; one that was changed again since stays and is asked about."""
    result = PutBack()
    made = Change.objects.filter(event__kind="people.batch_applied", event__data__batch=str(batch.public_id))
    rows = list(made.order_by("id").values_list("id", "subject_kind", "subject", "attribute", "old", "new"))
    if not rows:
        return result
    last = _last_changes({row[2] for row in rows})
    sealed = _previous(batch)
    mine = [row for row in rows if last[row[2], row[3]] == row[0]]
    by_table: dict[str, list[Any]] = defaultdict(list)
    for row in mine:
        by_table[row[1]].append(row)
    for kind, found in by_table.items():
        _set(apps.get_model(kind), found, sealed, result)
    disputed = [row for row in rows if last[row[2], row[3]] != row[0]]
    result.questions += _disputes(disputed)
    return result


def _set(
    model: type[Recorded], found: list[Any], sealed: dict[tuple[str, str], bytes], result: PutBack
) -> None:
    pks: dict[UUID, int] = {}
    for part in bulk.chunks(sorted({row[2] for row in found})):
        pks |= dict(model._default_manager.filter(public_id__in=part).values_list("public_id", "pk"))
    # A head steps down before relations change, and rises after: the database insists on one head.
    for row in sorted(found, key=lambda one: (one[3] == "is_head") * (-1 if one[4] is False else 1)):
        _id, kind, subject, attribute, old, new = row
        bulk.update(model, attribute, [(old, pks[subject])])
        result.changes.append((kind, subject.hex, attribute, new, old))
        if (number := attribute.removesuffix("_hash")) in _NUMBERS:
            bulk.update(
                model, f"{number}_sealed", [(sealed.get((subject.hex, f"{number}_sealed")), pks[subject])]
            )
    for part in bulk.chunks(sorted(pks.values())):
        model._default_manager.filter(pk__in=part).update(version=F("version") + 1)
        if model is Membership:
            result.homes |= set(Membership.objects.filter(pk__in=part).values_list("household_id", flat=True))


def _last_changes(subjects: set[UUID]) -> dict[tuple[UUID, str], int]:
    last: dict[tuple[UUID, str], int] = {}
    for part in bulk.chunks(sorted(subjects)):
        rows = (
            Change.objects.filter(subject__in=part)
            .order_by()
            .values("subject", "attribute")
            .annotate(last=Max("id"))
        )
        last |= {(row["subject"], row["attribute"]): row["last"] for row in rows}
    return last


def _previous(batch: Batch) -> dict[tuple[str, str], bytes]:
    table = staging.kept_table(batch.public_id, "previous")
    rows = table.to_pylist() if table is not None else []
    return {(row["subject"], row["column"]): row["sealed"] for row in rows}


def _disputes(rows: list[Any]) -> list[Asked]:
    """A question for each value that was changed again; a number is named by its mask only."""
    asked = []
    for _id, kind, subject, attribute, old, new in rows:
        home = _home_of(apps.get_model(kind), subject)
        if home and not attribute.endswith("_hash"):
            asked.append(Asked("CHANGED_SINCE", kind, subject.hex, attribute, new, old, home[0].hex, home[1]))
    return asked


def _home_of(model: type[Recorded], subject: UUID) -> tuple[UUID, str] | None:
    """The household (id and village) that a row belongs to."""
    paths: dict[type[Recorded], dict[str, Any]] = {
        Household: {"public_id": subject},
        HouseholdYear: {"years__public_id": subject},
        Membership: {"memberships__public_id": subject},
        Person: {"memberships__person__public_id": subject, "memberships__valid_to": None},
        PersonYear: {"memberships__person__years__public_id": subject, "memberships__valid_to": None},
    }
    # A line of income belongs to its owner.
    given = paths.get(model) or {"public_id__in": _owners(model, subject)}
    return Household.objects.filter(**given).values_list("public_id", "division_code").first()


def _owners(model: type[Recorded], subject: UUID) -> list[UUID]:
    rows: Any = model._default_manager.filter(public_id=subject)
    return list(rows.values_list("owner", flat=True))
