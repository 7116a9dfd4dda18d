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
    seals = _data_keys(DataKey.Purpose.SEAL)
    blind = _data_keys(DataKey.Purpose.BLIND)
    if not seals or not blind:
        raise KeyMissing(master_path())
    return Vault(
        keys=seals,
        current=max(seals),
        blind_key=blind[max(blind)],
        more=lambda: _data_keys(DataKey.Purpose.SEAL),
    )


def _data_keys(purpose: DataKey.Purpose) -> dict[int, bytes]:
    """Open the data keys of a purpose, by the master key or by one that is just taking its place."""
    rows = list(DataKey.objects.filter(purpose=purpose).order_by("id"))
    try:
        master = MasterKey(master_path())
        return {row.pk: master.unwrap(bytes(row.wrapped), row.purpose) for row in rows}
    except KeyMissing:
        if not next_path().exists():
            raise
        master = MasterKey(next_path())
        return {row.pk: master.unwrap(bytes(row.wrapped), row.purpose) for row in rows}


def next_path() -> Path:
    """Return where a new master key waits while the data keys are wrapped anew."""
    return master_path().with_suffix(".next")


def forget() -> None:
    """Drop the cached vault, after keys were made, rotated or restored."""
    vault.cache_clear()
