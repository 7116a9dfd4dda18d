"""The clinic's own key ring: who holds the county's key opens no health record with it."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import models

from xiangqiao.kernel.keyring import KeyRing


def clinic_key_path() -> Path:
    """Return where the clinic's master key lies: XIANGQIAO_CLINIC_KEY, else `keys/clinic.key` in our home."""
    return Path(os.environ.get("XIANGQIAO_CLINIC_KEY") or Path(settings.HOME) / "keys" / "clinic.key")


def _table() -> type[models.Model]:
    from xiangqiao.clinic.models import ClinicKey  # the ring exists before the tables do

    return ClinicKey


ring = KeyRing(_table, clinic_key_path)
