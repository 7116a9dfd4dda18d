"""The key ring of this county: the vault in use, and its keys' life."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from xiangqiao.kernel.chain import create_signing_key
from xiangqiao.kernel.crypto import KeyMissing, MasterKey, Vault
from xiangqiao.kernel.models import DataKey

_KEY_BYTES = 32


def master_path() -> Path:
    """Return where the master key lies: XIANGQIAO_MASTER_KEY, else `keys/master.key` in our home."""
    return Path(os.environ.get("XIANGQIAO_MASTER_KEY") or Path(settings.HOME) / "keys" / "master.key")


def create_keys() -> None:
    """Make the master key, the first data keys and the signing key of a new county. Does nothing where they exist."""
    path = master_path()
    if DataKey.objects.exists():
        return
    create_signing_key()
    master = MasterKey(path) if path.exists() else MasterKey.create(path)
    for purpose in (DataKey.Purpose.SEAL, DataKey.Purpose.BLIND):
        DataKey.objects.create(purpose=purpose, wrapped=master.wrap(os.urandom(_KEY_BYTES), purpose))
    forget()


@lru_cache(maxsize=1)
def vault() -> Vault:
    """Return the vault of this county. Raises KeyMissing where the master key is lost or wrong."""
    master = MasterKey(master_path())
    seals: dict[int, bytes] = {}
    blind: bytes | None = None
    for row in DataKey.objects.order_by("id"):
        key = master.unwrap(bytes(row.wrapped), row.purpose)
        if row.purpose == DataKey.Purpose.SEAL:
            seals[row.pk] = key
        else:
            blind = key
    if not seals or blind is None:
        raise KeyMissing(master.path)
    return Vault(keys=seals, current=max(seals), blind_key=blind)


def forget() -> None:
    """Drop the cached vault, after keys were made, rotated or restored."""
    vault.cache_clear()
