"""What an apply carries along: where rows come from, what goes to the log, what must be asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xiangqiao.kernel import bulk
from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.merge import Difference, Origin, Present, verified_since, write_differences
from xiangqiao.kernel.models import Recorded
from xiangqiao.people.models import Batch, Question

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a person: the value present and the one offered, and why it was not simply taken."""

    why: str
    kind: str
    subject: str
    attribute: str
    present: Any
    offered: Any
    household: str
    division_code: str


@dataclass(frozen=True, slots=True)
class Home:
    """A household of the register as the other tables need it; `id` in 32 hex digits."""

    pk: int
    id: str
    division_code: str


@dataclass
class Work:
    """One batch on its way into the register."""

    batch: Batch
    since: datetime
    changes: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    # (table, id, column, sealed value) of personal numbers that were changed: what an undo puts back.
    previous: list[tuple[str, str, str, bytes]] = field(default_factory=list)

    @property
    def origin(self) -> Origin:
        """The batch as the origin of rows."""
        return Origin(self.batch.public_id.hex)

    def count(self, what: str, number: int) -> None:
        """Add to what was done."""
        self.counts[what] = self.counts.get(what, 0) + number

    def change(
        self, model: type[Recorded], differences: Sequence[Difference], homes: Sequence[Home | None]
    ) -> list[Difference]:
        """Write what differs, but ask where the present value was verified since; returns what was written.

        `homes` are the households of the offered rows, by place.
        """
        if not differences:
            return []
        verified = verified_since((one.row.id for one in differences), self.since)
        taken = [one for one in differences if (one.row.id, one.attribute) not in verified]
        kind = model.subject_kind()
        for one in differences:
            if (one.row.id, one.attribute) in verified and (home := homes[one.place]):
                self.ask("VERIFIED", kind, one.row.id, one.attribute, one.old, one.new, home)
        self.changes += write_differences(model, taken)
        self.count("changed", len(taken))
        return taken

    def verified(self, subjects: Iterable[str]) -> set[str]:
        """Return those subjects of which any attribute was changed at the desk since."""
        return {subject for subject, _ in verified_since(subjects, self.since)}

    def keep(self, model: type[Recorded], column: str, rows: Sequence[Present]) -> None:
        """Keep the sealed values that are about to be changed."""
        for part in bulk.chunks([row.pk for row in rows]):
            kept = model._default_manager.filter(pk__in=part).exclude(**{column: None})
            self.previous += [
                (model.subject_kind(), public_id.hex, column, bytes(sealed))
                for public_id, sealed in kept.values_list("public_id", column)
            ]

    def ask(
        self, why: str, kind: str, subject: str, attribute: str, present: Any, offered: Any, home: Home
    ) -> None:
        """Note a question."""
        self.questions.append(
            Asked(why, kind, subject, attribute, present, offered, home.id, home.division_code)
        )


def write_questions(batch: Batch, asked: Iterable[Asked]) -> int:
    """Insert questions, but none that is open already or was answered by keeping the present value."""
    wanted = {(one.subject, one.attribute, _sense(one.offered)): one for one in asked}
    known: set[tuple[str, str, str]] = set()
    for part in bulk.chunks(sorted({one.subject for one in wanted.values()})):
        rows = Question.objects.filter(subject__in=part).exclude(state=Question.State.TAKEN)
        known |= {(s.hex, a, _sense(o)) for s, a, o in rows.values_list("subject", "attribute", "offered")}
    new = [one for key, one in wanted.items() if key not in known]
    if new:
        bulk.insert(
            Question,
            {
                "public_id": new_ids(len(new)),
                "batch_id": [batch.pk] * len(new),
                "division_code": [one.division_code for one in new],
                "household": [one.household for one in new],
                "subject_kind": [one.kind for one in new],
                "subject": [one.subject for one in new],
                "attribute": [one.attribute for one in new],
                "present": [bulk.as_json(one.present) for one in new],
                "offered": [bulk.as_json(one.offered) for one in new],
                "why": [one.why for one in new],
                "state": [Question.State.OPEN.value] * len(new),
                "settled_label": [""] * len(new),
            },
        )
    return len(new)


def _sense(offered: Any) -> str:
    """What an offered value is compared by: of a personal number its hash, for its sealing differs each time."""
    return json.dumps(
        offered.get("hash") if isinstance(offered, dict) and "hash" in offered else offered, sort_keys=True
    )
