"""Sealing of personal data, and look-up of it without opening it.

A master key in a file outside the database wraps data keys that lie in the database (`DataKey`). Values are sealed with
AES-256-GCM; key id and place (table, column, row) are authenticated, so a ciphertext moved to another row does not open.
Look-up uses HMAC-SHA-256 with a key of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

FORMAT = 1
_NONCE = 12
_BLOCK = 64  # bytes, of SHA-256


class KeyMissing(Exception):
    """The master key is not where it should be; without it sealed data cannot be opened. Names the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return _(
            "主密钥文件 %(path)s 不在，或不是本县的密钥。证件号、银行卡号和电话暂时打不开，其他资料没有损失。"
            "请用恢复单或备份把密钥文件放回原处，再重新启动。"
        ) % {"path": self.path}


class SealBroken(Exception):
    """A sealed value does not open: wrong key, moved to another row, or altered."""


@dataclass(frozen=True)
class Place:
    """Where a sealed value lives: part of what is authenticated."""

    table: str
    column: str
    row: UUID

    def associated(self, key_id: int) -> bytes:
        """Return the associated data for AES-GCM."""
        return f"{FORMAT}|{key_id}|{self.table}|{self.column}|{self.row}".encode()


class MasterKey:
    """The key-encryption key, read from a file that only the service can read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path) -> MasterKey:
        """Write a fresh key to `path` (mode 0600). Raises FileExistsError rather than overwrite one."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(AESGCM.generate_key(256).hex())
            file.flush()
            os.fsync(file.fileno())
        return cls(path)

    @cached_property
    def _cipher(self) -> AESGCM:
        try:
            return AESGCM(bytes.fromhex(self.path.read_text().strip()))
        except (OSError, ValueError) as error:
            raise KeyMissing(self.path) from error

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """Seal a data key for storage in the database."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, purpose.encode())

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Open a data key. Raises KeyMissing where this master key did not wrap it."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], purpose.encode())
        except InvalidTag as error:
            raise KeyMissing(self.path) from error


class Vault:
    """Seals, opens and blinds values with the data keys of one county."""

    def __init__(
        self,
        *,
        keys: dict[int, bytes],
        current: int,
        blind_key: bytes,
        more: Callable[[], dict[int, bytes]] = dict,
    ) -> None:
        """`more` reads all keys again: another process may have made one since."""
        self._more = more
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.current = current
        self._blind_key = blind_key

    def _cipher_of(self, key_id: int) -> AESGCM | None:
        if key_id not in self._ciphers:
            self._ciphers |= {one: AESGCM(key) for one, key in self._more().items()}
        return self._ciphers.get(key_id)

    def seal(self, value: str, place: Place) -> bytes:
        """Return `format | key id | nonce | ciphertext` of a value bound to its place."""
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self.current].encrypt(nonce, value.encode(), place.associated(self.current))
        return bytes([FORMAT]) + self.current.to_bytes(2) + nonce + sealed

    def open(self, sealed: bytes | memoryview, place: Place) -> str:
        """Return the value. Raises SealBroken where it does not belong to this place or key."""
        data = bytes(sealed)
        key_id = int.from_bytes(data[1:3])
        cipher = self._cipher_of(key_id)
        if not data or data[0] != FORMAT or cipher is None:
            raise SealBroken(f"{place.table}.{place.column}")
        try:
            return cipher.decrypt(data[3 : 3 + _NONCE], data[3 + _NONCE :], place.associated(key_id)).decode()
        except InvalidTag as error:
            raise SealBroken(f"{place.table}.{place.column}") from error

    def seal_column(
        self, values: Iterable[str | None], table: str, column: str, rows: Iterable[str]
    ) -> list[bytes | None]:
        """Seal many values of one column at once; `rows` are the rows' ids as text with dashes. None stays None."""
        encrypt, key_id = self._ciphers[self.current].encrypt, self.current
        head = bytes([FORMAT]) + key_id.to_bytes(2)
        place = f"{FORMAT}|{key_id}|{table}|{column}|"
        listed = list(values)
        nonces = os.urandom(_NONCE * len(listed))
        sealed: list[bytes | None] = []
        for first, value, row in zip(range(0, len(nonces), _NONCE), listed, rows, strict=True):
            if value is None:
                sealed.append(None)
                continue
            nonce = nonces[first : first + _NONCE]
            sealed.append(head + nonce + encrypt(nonce, value.encode(), (place + row).encode()))
        return sealed

    def seal_bytes(self, data: bytes, purpose: str) -> bytes:
        """Seal a whole file for a purpose that opens it again."""
        nonce = os.urandom(_NONCE)
        place = f"{FORMAT}|{self.current}|{purpose}".encode()
        sealed = self._ciphers[self.current].encrypt(nonce, data, place)
        return bytes([FORMAT]) + self.current.to_bytes(2) + nonce + sealed

    def open_bytes(self, sealed: bytes, purpose: str) -> bytes:
        """Open what `seal_bytes` sealed. Raises SealBroken where it is another file's or was altered."""
        key_id = int.from_bytes(sealed[1:3])
        cipher = self._cipher_of(key_id)
        if not sealed or sealed[0] != FORMAT or cipher is None:
            raise SealBroken(purpose)
        try:
            place = f"{FORMAT}|{key_id}|{purpose}".encode()
            return cipher.decrypt(sealed[3 : 3 + _NONCE], sealed[3 + _NONCE :], place)
        except InvalidTag as error:
            raise SealBroken(purpose) from error

    def blind_column(self, kind: str, values: Iterable[str | None]) -> list[str]:
        """Return `blind` of many values at once; the empty string for None."""
        inner, outer = _hmac_pads(self._blind_key)
        inner += f"{kind}|".encode()
        sha256 = hashlib.sha256
        return [
            "" if v is None else sha256(outer + sha256(inner + v.encode()).digest()).hexdigest()
            for v in values
        ]

    def blind(self, kind: str, value: str) -> str:
        """Return the keyed hash (64 hex digits) by which a value of this kind is found without opening any."""
        return hmac.new(self._blind_key, f"{kind}|{value}".encode(), hashlib.sha256).hexdigest()


def _hmac_pads(key: bytes) -> tuple[bytes, bytes]:
    """Return what HMAC-SHA-256 puts before the text and before the inner digest. Source: RFC 2104, section 2.

    Two plain hashes cost less than half of `hmac.digest`, which sets up a context each time.
    """
    block = hashlib.sha256(key).digest() if len(key) > _BLOCK else key
    padded = block.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


def mask(value: str, *, shown: int = 2) -> str:
    """Return what a page shows of a personal number: its last characters only.

    The usual 8+4 mask of an ID number gives the whole number to who knows the birthday; two characters leave about
    ten candidates (see docs/decisions/0002).
    """
    return "•" * 4 + value[-shown:] if value else ""
