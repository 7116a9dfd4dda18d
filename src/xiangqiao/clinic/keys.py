"""The clinic's own key ring: who holds the county's key opens no health record with it."""

from __future__ import annotations

import os
from pathlib import Path

from django.apps import apps
from django.conf import settings

from xiangqiao.kernel.keyring import KeyRing


def clinic_key_path() -> Path:
    """Return where the clinic's master key lies: XIANGQIAO_CLINIC_KEY, else `keys/clinic.key` in our home."""
    return Path(os.environ.get("XIANGQIAO_CLINIC_KEY") or Path(settings.HOME) / "keys" / "clinic.key")


# The ring exists before the tables do.
ring = KeyRing(lambda: apps.get_model("clinic", "ClinicKey"), clinic_key_path)
