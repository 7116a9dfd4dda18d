"""The life of keys: a new data key and sealing anew, a new master key, the recovery sheet on paper."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import segno
from django.apps import apps
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xiangqiao.kernel import keyring
from xiangqiao.kernel.crypto import KeyMissing, MasterKey, Place
from xiangqiao.kernel.errors import ActionError
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

    Older keys stay readable, so that backups and staged files open. Running processes learn of the key when they first
    meet it. `seal_anew` then moves living rows to it.
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


def replace_master_key(*, act: Act) -> Path:
    """Make a new master key, wrap every data key with it, and put it in the old one's place. Returns its path.

    Killed at any moment, the county still opens: the new key waits beside the old one until the data keys are wrapped.
    """
    path, waiting = keyring.master_path(), keyring.next_path()
    _finish_replacement()
    old = MasterKey(path)
    with transaction.atomic():
        rows = list(DataKey.objects.select_for_update().order_by("id"))
        opened = {row.pk: old.unwrap(bytes(row.wrapped), row.purpose) for row in rows}
        new = MasterKey.create(waiting)
        with recording("kernel.master_key_replaced", act, keys=len(rows)):
            for row in rows:
                DataKey.objects.filter(pk=row.pk).update(wrapped=new.wrap(opened[row.pk], row.purpose))
    waiting.replace(path)
    keyring.forget()
    return path


def _finish_replacement() -> None:
    """Finish or drop a replacement that was cut short: whichever key opens the data keys is the master key."""
    path, waiting = keyring.master_path(), keyring.next_path()
    if not waiting.exists():
        return
    row = DataKey.objects.order_by("id").first()
    try:
        if row is not None:
            MasterKey(waiting).unwrap(bytes(row.wrapped), row.purpose)
        waiting.replace(path)
    except KeyMissing:
        waiting.unlink()


def recovery_sheet(county: str) -> str:
    """Return the master key as a page to print and lock away: groups with check digits, and a square to scan.

    Whoever holds it opens everything. Raises KeyMissing where the key is not there to be printed.
    """
    keyring.vault()
    key = keyring.master_path().read_text().strip()
    out = io.BytesIO()
    segno.make(f"xiangqiao-master:{key}", error="q").save(out, kind="svg", scale=4, xmldecl=False)
    context = {
        "county": county,
        "lines": [_line(number, key[i : i + 16]) for number, i in enumerate(range(0, 64, 16), start=1)],
        # Our own drawing, with no input of anybody in its markup.
        "picture": mark_safe(out.getvalue().decode()),  # noqa: S308
        "path": keyring.master_path(),
    }
    return render_to_string("kernel/recovery_sheet.html", context)


def restore_master_key(typed: str) -> Path:
    """Write the master key back from the lines of a recovery sheet (or its scanned square). Returns its path.

    Raises ActionError that names the line with a slip, or says that the sheet is another county's. A key file that is
    there and works is left alone.
    """
    path = keyring.master_path()
    text = _typed_key(typed)
    trial = path.with_suffix(".typed")
    trial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    row = DataKey.objects.order_by("id").first()
    try:
        if row is not None:
            MasterKey(trial).unwrap(bytes(row.wrapped), row.purpose)
    except KeyMissing as error:
        trial.unlink()
        raise ActionError("key.other", _("这张恢复单不是本县现在用的密钥。请找日期最新的一张。")) from error
    trial.replace(path)
    keyring.forget()
    return path


def _typed_key(typed: str) -> str:
    scanned = re.search(r"xiangqiao-master:([0-9a-f]{64})", typed)
    if scanned:
        return scanned.group(1)
    parts = re.findall(
        r"\b([0-9a-f]{16})([0-9a-f]{4})\b", re.sub(r"(?<=[0-9a-f])[ \t]+(?=[0-9a-f])", "", typed.lower())
    )
    if len(parts) != 4:
        raise ActionError(
            "key.lines", _("恢复单有 4 行，每行 20 个数字和字母（a 到 f）。请把 4 行都输进来。")
        )
    for number, (group, check) in enumerate(parts, start=1):
        if _check(number, group) != check:
            raise ActionError(
                "key.slip", _("第 %(line)d 行有输错的地方，请对照恢复单改。") % {"line": number}
            )
    return "".join(group for group, _unused in parts)


def _line(number: int, group: str) -> str:
    whole = group + _check(number, group)
    return " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def _check(number: int, group: str) -> str:
    return hashlib.sha256(f"{number}:{group}".encode()).hexdigest()[:4]
