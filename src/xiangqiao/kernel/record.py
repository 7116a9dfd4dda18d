"""Writing: every act is one event with its changes, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.kernel.act import Act as Act
from xiangqiao.kernel.act import Actor as Actor
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Change, Event, Recorded
from xiangqiao.kernel.values import plain

# The attribute under which the log says that a whole row was removed; `old` is its last state.
REMOVED = "*"


class Recording:
    """The event being written, and what changes with it."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self._changes: list[Change] = []

    def create(self, row: Recorded, *, valid_from: date | None = None) -> None:
        """Insert a row; each recorded attribute that is not empty becomes a change from nothing."""
        row.save(force_insert=True)
        for attribute, new in row.recorded_state().items():
            if new not in (None, ""):
                self._note(row, attribute, None, new, valid_from)

    def create_many(self, rows: Sequence[Recorded]) -> None:
        """Insert rows of one table in batches, recorded as by `create`. Rows get their keys."""
        if not rows:
            return
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
        for row in rows:
            for attribute, new in row.recorded_state().items():
                if new not in (None, ""):
                    self._note(row, attribute, None, new, None)

    def change(
        self, row: Recorded, *, version: int | None = None, valid_from: date | None = None, **values: Any
    ) -> bool:
        """Set attributes of a row and return whether anything changed.

        `version` is what the person saw; raises Conflict when somebody else was faster. Raises KeyError on an
        attribute that the table does not record.
        """
        self._lock(row, version)
        before = row.recorded_state()
        for attribute, value in values.items():
            if attribute not in before:
                _allow_sealed(row, attribute)
            setattr(row, attribute, value)
        after = row.recorded_state()
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return False
        row.version += 1
        row.save(update_fields=[*values, "version"])
        for attribute in changed:
            self._note(row, attribute, before[attribute], after[attribute], valid_from)
        return True

    def remove(self, row: Recorded) -> None:
        """Delete a row that should never have been; its last state stays in the log."""
        self._note(row, REMOVED, row.recorded_state(), None, None)
        row.delete()

    def note(self, **data: Any) -> None:
        """Add plain facts to the event itself (counts, choices), before it is written."""
        self.event.data = {**self.event.data, **plain(data)}

    def write(self) -> None:
        """Insert the event and its changes."""
        self.event.save(force_insert=True)
        for change in self._changes:
            change.event = self.event
        Change.objects.bulk_create(self._changes, batch_size=500)

    def _note(self, row: Recorded, attribute: str, old: Any, new: Any, valid_from: date | None) -> None:
        self._changes.append(
            Change(
                subject_kind=row.subject_kind(),
                subject=row.public_id,
                attribute=attribute,
                old=old,
                new=new,
                valid_from=valid_from,
            )
        )

    def _lock(self, row: Recorded, seen: int | None) -> None:
        """Hold the row until the end of the transaction, and refuse a second hand."""
        current = type(row)._default_manager.select_for_update().only("version").get(pk=row.pk).version
        if current != (row.version if seen is None else seen):
            raise Conflict(
                "record.conflict",
                _("这条记录刚刚被别人改过。请看看现在的内容，再决定要不要改。"),
                theirs=current,
            )
        row.version = current


def _allow_sealed(row: Recorded, attribute: str) -> None:
    """Sealed columns are written beside their hash and mask, which are what is recorded."""
    if not attribute.endswith("_sealed"):
        raise KeyError(f"{type(row).__name__}.{attribute} is not recorded")


@contextmanager
def recording(
    kind: str, act: Act, *, subject: Recorded | None = None, division_code: str = "", **data: Any
) -> Iterator[Recording]:
    """Open the transaction of an action and write its event at the end.

    `kind` is `app.verb_done`; `subject` is what the act is about; `division_code` says where. Raises AlreadyDone when
    the act's key was used before; then nothing is written.
    """
    try:
        with transaction.atomic():
            _refuse_repeat(act)
            event = _event(kind, act, subject, division_code, data)
            record = Recording(event)
            yield record
            record.write()
    except (IntegrityError, ActionError) as refusal:
        # Two hands sent the same key at once: the slower one learns that it is done, and not that it clashes.
        if not isinstance(refusal, AlreadyDone):
            _refuse_repeat(act)
        raise


def _refuse_repeat(act: Act) -> None:
    done = Event.objects.filter(public_id=act.key).first() if act.key is not None else None
    if done is not None:
        raise AlreadyDone("record.already_done", _("这一步已经办过了。"), event=done)


def _event(kind: str, act: Act, subject: Recorded | None, division_code: str, data: dict[str, Any]) -> Event:
    return Event(
        public_id=act.key or new_id(),
        kind=kind,
        at=act.at,
        actor=act.by.public_id,
        actor_label=act.by.label,
        source=act.source,
        division_code=division_code,
        subject_kind=subject.subject_kind() if subject else "",
        subject=subject.public_id if subject else None,
        reason=act.reason,
        data=plain(data),
    )
