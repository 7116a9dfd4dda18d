"""A new master key in place of the old one; a replacement that was cut short is finished or dropped."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from xiangqiao.kernel import keyring
from xiangqiao.kernel.crypto import KeyMissing, MasterKey
from xiangqiao.kernel.models import DataKey
from xiangqiao.kernel.record import Act, recording


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
