"""How the county is: ages of seal, backup and queue, room on the disk. Tells nothing of anybody."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import Error

from xiangqiao.kernel.models import Event, Job, Seal

# Beyond these somebody should look: seconds that an event may wait for its seal, bytes free on the disk.
_SEAL_LATE, _LEAST_FREE = 600, 500_000_000


def state_of_health(home: Path, *, now: datetime) -> dict[str, Any]:
    """Return database, age of the last seal, backup and queue (seconds, null: none), free disk (bytes)."""
    free = shutil.disk_usage(home).free if home.exists() else None
    backup = max((path.stat().st_mtime for path in (home / "backups").glob("*.xqb")), default=None)
    told: dict[str, Any] = {
        "database": "ok",
        "seal_age": None,
        "waiting_for_seal": None,
        "queue_age": None,
        "backup_age": None if backup is None else round(now.timestamp() - backup),
        "disk_free": free,
    }
    try:
        told["seal_age"] = _age(Seal.objects.order_by("-id").values_list("at", flat=True).first(), now)
        unsealed = Event.objects.filter(sealed__isnull=True).order_by("id")
        told["waiting_for_seal"] = _age(unsealed.values_list("at", flat=True).first(), now)
        waiting = Job.objects.filter(state=Job.State.WAITING).order_by("id")
        told["queue_age"] = _age(waiting.values_list("created_at", flat=True).first(), now)
    except Error:
        told["database"] = "failed"
    late = (told["waiting_for_seal"] or 0) > _SEAL_LATE
    full = free is not None and free < _LEAST_FREE
    return {"ok": told["database"] == "ok" and not late and not full, **told}


def _age(at: datetime | None, now: datetime) -> int | None:
    return None if at is None else round((now - at).total_seconds())
