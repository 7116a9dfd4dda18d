"""Replaying rows: what a row is now, held against its changes in the log, or against the import it came with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef

from xiangqiao.kernel.merkle import gives_root
from xiangqiao.kernel.models import Change, Event, Recorded
from xiangqiao.kernel.record import REMOVED
from xiangqiao.kernel.values import digest

CHUNK = 500
Progress = Callable[[str, int, int], None]
History = dict[str, list[tuple[Any, Any]]]
_EMPTY = (None, "")
T = TypeVar("T")


class Findings(Protocol):
    """Where findings are noted."""

    rows: int
    batches: int

    def add(self, kind: str, subject: object, detail: str = "") -> None: ...


def recorded_models() -> list[type[Recorded]]:
    """Return every table whose rows are recorded, by label."""
    found = [model for model in apps.get_models() if issubclass(model, Recorded) and model.RECORDED]
    return sorted(found, key=lambda model: model.subject_kind())


def check_rows(report: Findings, progress: Progress) -> None:
    """Check every row of every recorded table, every batch, and that no logged row is gone."""
    for model in recorded_models():
        rows, done = model._base_manager.order_by("pk"), 0
        total = rows.count()
        for part in _chunks(rows.iterator(chunk_size=CHUNK)):
            histories = _histories(model, [row.public_id for row in part])
            for row in part:
                _check_row(report, row, histories.get(row.public_id, {}))
            done += len(part)
            report.rows += len(part)
            progress(model.subject_kind(), done, total)
        _check_gone(report, model)
    _check_batches(report, progress)


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    source = iter(rows)
    while part := list(islice(source, CHUNK)):
        yield part


def _histories(model: type[Recorded], subjects: list[UUID]) -> dict[UUID, History]:
    """Return (old, new) of each attribute in the order written, by subject."""
    found: dict[UUID, History] = {}
    changes = Change.objects.filter(subject__in=subjects, subject_kind=model.subject_kind()).order_by("id")
    for subject, attribute, old, new in changes.values_list("subject", "attribute", "old", "new"):
        found.setdefault(subject, defaultdict(list))[attribute].append((old, new))
    return found


def _check_row(report: Findings, row: Recorded, history: History) -> None:
    state = row.recorded_state()
    name = f"{row.subject_kind()} {row.public_id}"
    if REMOVED in history:
        report.add("row.changed", name, "logged as removed, but there")
    wrong = [attribute for attribute, steps in history.items() if _is_broken(steps, state, attribute)]
    origin = {
        attribute: history[attribute][0][0] if attribute in history else now
        for attribute, now in state.items()
    }
    if row.batch is None:
        wrong += [attribute for attribute, first in origin.items() if first not in _EMPTY]
        if wrong and not history:
            report.add("row.unlogged", name, "no change in the log made it")
            return
    elif digest(origin) != row.origin_digest:
        wrong = wrong or ["row as imported"]
    if wrong:
        report.add("row.changed", name, ", ".join(dict.fromkeys(wrong)))


def _is_broken(steps: list[tuple[Any, Any]], state: dict[str, Any], attribute: str) -> bool:
    """Return whether changes do not follow one another up to the present value. Old attributes are history only."""
    if attribute not in state:
        return False
    follows = all(
        before[1] == after[0] or (before[1] in _EMPTY and after[0] in _EMPTY)
        for before, after in pairwise(steps)
    )
    return not follows or steps[-1][1] != state[attribute]


def _check_gone(report: Findings, model: type[Recorded]) -> None:
    """Find rows that the log knows and the table lacks, without an act that removed them."""
    kind = model.subject_kind()
    row = model._base_manager.filter(public_id=OuterRef("subject"))
    removal = Change.objects.filter(subject=OuterRef("subject"), subject_kind=kind, attribute=REMOVED)
    gone = Change.objects.filter(~Exists(row), ~Exists(removal), subject_kind=kind)
    for subject in gone.order_by().values_list("subject", flat=True).distinct().iterator(chunk_size=CHUNK):
        report.add("row.removed", f"{kind} {subject}", "in the log, not in the table")


def _check_batches(report: Findings, progress: Progress) -> None:
    """Hold the origin digests of each import against the root that its event carries."""
    roots = _roots()
    present: set[UUID] = set()
    for model in recorded_models():
        found = model._base_manager.filter(batch__isnull=False).order_by()
        present.update(batch for batch in found.values_list("batch", flat=True).distinct() if batch)
    every = sorted(present | roots.keys())
    for done, batch in enumerate(every, start=1):
        if batch not in roots:
            report.add("batch.changed", batch, "rows of an import that the log does not know")
        elif not gives_root(_leaves(batch), roots[batch]):
            report.add(
                "batch.changed", batch, "rows were added, removed or altered together with their digest"
            )
        report.batches += 1
        progress("batches", done, len(every))


def _leaves(batch: UUID) -> Iterator[str]:
    """Return the origin digests of an import's rows: of those here, and of those that its undo told as removed."""
    for model in recorded_models():
        rows = model._base_manager.filter(batch=batch).order_by("batch_row", "public_id")
        yield from rows.values_list("origin_digest", flat=True).iterator(chunk_size=5000)
    gone = Change.objects.filter(attribute=REMOVED, event__data__batch=str(batch)).order_by("id")
    yield from (
        old for old in gone.values_list("old", flat=True).iterator(chunk_size=5000) if isinstance(old, str)
    )


def _roots() -> dict[UUID, str]:
    """Return the last root that the log states for each batch."""
    stated = Event.objects.filter(data__has_key="merkle_root").order_by("id")
    return {
        UUID(data["batch"]): data["merkle_root"]
        for data in stated.values_list("data", flat=True).iterator(chunk_size=200)
        if "batch" in data
    }
