"""A draft: rows to be made and attributes to be set, in order; nothing is written until it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiangqiao.kernel.models import Recorded
from xiangqiao.kernel.record import Recording
from xiangqiao.kernel.values import plain
from xiangqiao.people.models import Household, Membership, Person
from xiangqiao.people.names import initials

_SEALED = "_sealed"


@dataclass(frozen=True)
class Difference:
    """One attribute of one row, as it is and as it shall be, in plain values."""

    kind: str
    subject: str
    attribute: str
    old: Any
    new: Any

    def as_json(self) -> dict[str, Any]:
        """Return it as a request keeps it."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "attribute": self.attribute,
            "old": self.old,
            "new": self.new,
        }


@dataclass
class _Step:
    row: Recorded
    values: dict[str, Any] | None  # None: the row is new
    valid_from: date | None


@dataclass
class Draft:
    """What a change does. `homes` are the households whose derived columns follow; `events` go out afterwards."""

    steps: list[_Step] = field(default_factory=list)
    homes: list[Household] = field(default_factory=list)
    named: list[Person] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)

    def add(self, row: Recorded, *, on: date | None = None) -> None:
        """Make a row."""
        self.steps.append(_Step(row, None, on))

    def set(self, row: Recorded, *, on: date | None = None, **values: Any) -> None:
        """Set attributes of a row."""
        self.steps.append(_Step(row, values, on))

    def differences(self) -> list[Difference]:
        """Return what would change: attributes of present rows, and what new rows hold."""
        found = []
        for step in self.steps:
            before = step.row.recorded_state()
            given = before if step.values is None else step.values
            for name, value in given.items():
                if name.endswith(_SEALED):
                    continue
                old, new = None if step.values is None else before[name], plain(value)
                if old != new and not (step.values is None and new in (None, "")):
                    subject = str(step.row.public_id)
                    found.append(Difference(step.row.subject_kind(), subject, name, old, new))
        return found

    def versions(self) -> dict[str, int]:
        """Return the versions of the present rows that would change."""
        made = {step.row.public_id for step in self.steps if step.values is None}
        touched = (step.row for step in self.steps if step.values is not None)
        return {str(row.public_id): row.version for row in touched if row.public_id not in made}

    def replaced(self) -> dict[str, str]:
        """Return the sealed numbers that would be overwritten, as hex by `<subject>|<column>`: an undo needs them."""
        found = {}
        for step in self.steps:
            for name in step.values or ():
                if name.endswith(_SEALED) and (sealed := getattr(step.row, name)):
                    found[f"{step.row.public_id}|{name}"] = bytes(sealed).hex()
        return found

    def write(self, record: Recording) -> None:
        """Make and set everything, in the order drafted, within a recording."""
        for step in self.steps:
            if step.values is None:
                record.create(step.row, valid_from=step.valid_from)
            else:
                record.change(step.row, valid_from=step.valid_from, **step.values)
        derive(self.homes, self.named)


def derive(homes: list[Household], named: list[Person] | None = None) -> None:
    """Bring the derived columns of households and people up to date: head's name and initials, size."""
    for person in named or ():
        Person.objects.filter(pk=person.pk).update(name_pinyin=initials(person.name))
    for home in homes:
        present = list(
            Membership.objects.filter(household=home, valid_to__isnull=True).values_list(
                "is_head", "person__name"
            )
        )
        # An ended household keeps the name under which it is remembered.
        names = [name for is_head, name in present if is_head] or ([] if present else [home.head_name])
        values: Mapping[str, Any] = {
            "head_name": names[0] if names else "",
            "head_pinyin": initials(names[0]) if names else "",
            "size": len(present),
        }
        Household.objects.filter(pk=home.pk).update(**values)
