"""A new data key, and sealing anew with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models, transaction

from xiangqiao.kernel import keyring
from xiangqiao.kernel.crypto import MasterKey, Place
from xiangqiao.kernel.models import DataKey, Recorded
from xiangqiao.kernel.record import Act, recording

Step = Callable[[int, int, dict[str, Any]], None]
_AT_ONCE = 500


def sealed_columns() -> list[tuple[type[Recorded], str]]:
    """Return every sealed column of living rows: binary columns of recorded tables whose name ends in `_sealed`."""
    found = [
        (model, field.name)
        for model in apps.get_models()
        if issubclass(model, Recorded)
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.name.endswith("_sealed")
    ]
    return sorted(found, key=lambda pair: (pair[0]._meta.db_table, pair[1]))


def new_data_key(*, act: Act) -> int:
    """Make a new data key, with which everything is sealed from now on, and return its id.

    No data key is ever dropped: backups, kept and staged files, requests that wait and the numbers that an undo puts back
    stay sealed with the key of their day. Running processes learn of the new key when they first meet it. `seal_anew`
    then moves living rows to it.
    """
    with recording("kernel.data_key_made", act) as record:
        master = MasterKey(keyring.master_path())
        wrapped = master.wrap(os.urandom(32), DataKey.Purpose.SEAL)
        key = DataKey.objects.create(purpose=DataKey.Purpose.SEAL, wrapped=wrapped)
        record.note(key=key.pk)
    keyring.forget()
    return key.pk


def seal_anew(cursor: dict[str, Any], step: Step) -> int:
    """Seal every living row anew with the present data key, in batches, and return how many values were.

    `step(done, total, cursor)` is called after each batch, in its transaction; with the cursor of the last batch the
    work goes on where it stopped. A value that somebody writes meanwhile is left as they wrote it.
    """
    columns = sealed_columns()
    total = sum(model._base_manager.filter(**{f"{name}__isnull": False}).count() for model, name in columns)
    done, changed = int(cursor.get("done", 0)), 0
    for place, (model, name) in enumerate(columns):
        if place < cursor.get("column", 0):
            continue
        last = cursor.get("row", 0) if place == cursor.get("column", 0) else 0
        while True:
            with transaction.atomic():
                rows = list(
                    model._base_manager.filter(pk__gt=last, **{f"{name}__isnull": False})
                    .order_by("pk")
                    .values_list("pk", "public_id", name)[:_AT_ONCE]
                )
                if not rows:
                    break
                changed += sum(_seal_row(model, name, *row) for row in rows)
                last, done = rows[-1][0], done + len(rows)
                step(done, total, {"column": place, "row": last, "done": done})
    return changed


def _seal_row(model: type[Recorded], name: str, pk: int, public_id: Any, sealed: Any) -> bool:
    vault, old = keyring.vault(), bytes(sealed)
    if int.from_bytes(old[1:3]) == vault.current:
        return False
    place = Place(model._meta.db_table, name, public_id)
    fresh = vault.seal(vault.open(old, place), place)
    return bool(model._base_manager.filter(pk=pk, **{name: old}).update(**{name: fresh}))
