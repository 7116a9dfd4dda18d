"""Key rings: data keys in a database, wrapped by a master key outside of it. The county has one, the clinic another."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import models

from xiangqiao.kernel.chain import create_signing_key
from xiangqiao.kernel.crypto import KeyMissing, MasterKey, Vault
from xiangqiao.kernel.models import DataKey

_KEY_BYTES = 32
_SEAL, _BLIND = str(DataKey.Purpose.SEAL), str(DataKey.Purpose.BLIND)


class KeyRing:
    """The vault over the data keys of one table, and their life."""

    def __init__(self, table: Callable[[], type[models.Model]], path: Callable[[], Path]) -> None:
        """`table` is where the wrapped data keys lie, `path` where the master key does."""
        self._table, self.path = table, path
        self._vault: Vault | None = None
        _rings.append(self)

    def next_path(self) -> Path:
        """Return where a new master key waits while the data keys are wrapped anew."""
        return self.path().with_suffix(".next")

    def create(self) -> bool:
        """Make the master key and the first data keys. Returns False, and does nothing, where there are data keys."""
        rows = self._table()._default_manager
        if rows.exists():
            return False
        path = self.path()
        master = MasterKey(path) if path.exists() else MasterKey.create(path)
        for purpose in (_SEAL, _BLIND):
            rows.create(purpose=purpose, wrapped=master.wrap(os.urandom(_KEY_BYTES), purpose))
        self.forget()
        return True

    def vault(self) -> Vault:
        """Return the vault. Raises KeyMissing where the master key is lost or wrong."""
        if self._vault is None:
            seals, blind = self._data_keys(_SEAL), self._data_keys(_BLIND)
            if not seals or not blind:
                raise KeyMissing(self.path())
            self._vault = Vault(
                keys=seals,
                current=max(seals),
                blind_key=blind[max(blind)],
                more=lambda: self._data_keys(_SEAL),
            )
        return self._vault

    def forget(self) -> None:
        """Drop the vault that is held, after keys were made, rotated or restored."""
        self._vault = None

    def _data_keys(self, purpose: str) -> dict[int, bytes]:
        """Open the data keys of a purpose, by the master key or by one that is just taking its place."""
        rows = list(self._table()._default_manager.filter(purpose=purpose).order_by("id"))
        try:
            return _opened(rows, MasterKey(self.path()))
        except KeyMissing:
            if not self.next_path().exists():
                raise
            return _opened(rows, MasterKey(self.next_path()))


def _opened(rows: list[models.Model], master: MasterKey) -> dict[int, bytes]:
    return {row.pk: master.unwrap(bytes(row.wrapped), row.purpose) for row in rows}  # type: ignore[attr-defined]


_rings: list[KeyRing] = []


def master_path() -> Path:
    """Return where the master key lies: XIANGQIAO_MASTER_KEY, else `keys/master.key` in our home."""
    return Path(os.environ.get("XIANGQIAO_MASTER_KEY") or Path(settings.HOME) / "keys" / "master.key")


_county = KeyRing(lambda: DataKey, master_path)


def create_keys() -> None:
    """Make the master key, the first data keys and the signing key of a new county. Does nothing where they exist."""
    if not DataKey.objects.exists():
        create_signing_key()
        _county.create()


def vault() -> Vault:
    """Return the vault of this county. Raises KeyMissing where the master key is lost or wrong."""
    return _county.vault()


def next_path() -> Path:
    """Return where a new master key waits while the data keys are wrapped anew."""
    return _county.next_path()


def forget() -> None:
    """Drop every vault that is held, after keys were made, rotated or restored."""
    for ring in _rings:
        ring.forget()
