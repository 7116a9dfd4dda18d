"""Identifiers that are made where a thing is made, also without a network."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count as counted
from uuid import NAMESPACE_OID, UUID, uuid5

_VERSION = bytes(byte & 0x0F | 0x70 for byte in range(256))
_VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))
_rehearsed: ContextVar[Iterator[UUID] | None] = ContextVar("rehearsed", default=None)


@contextmanager
def rehearsed_ids(seed: str) -> Iterator[None]:
    """Give the same ids in the same order each time this block is run with a seed: for rehearsals that are rolled back."""
    token = _rehearsed.set(uuid5(NAMESPACE_OID, f"{seed}/{n}") for n in counted())
    try:
        yield
    finally:
        _rehearsed.reset(token)


def new_id() -> UUID:
    """Return a UUIDv7: 48 bits of Unix milliseconds, then random bits. Source: RFC 9562, section 5.7."""
    if (given := _rehearsed.get()) is not None:
        return next(given)
    millis = time.time_ns() // 1_000_000
    value = (millis & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def new_ids(count: int) -> list[str]:
    """Return fresh UUIDv7 as 32 hex digits, ascending, so that their index grows at one end."""
    stamp = f"{time.time_ns() // 1_000_000:012x}"
    noise = os.urandom(10 * count)
    # Byte by byte: the version stands in the first half byte, the variant in the first two bits of the third byte.
    rows = bytearray(noise)
    rows[0::10] = noise[0::10].translate(_VERSION)
    rows[2::10] = noise[2::10].translate(_VARIANT)
    text = rows.hex()
    return sorted([stamp + text[i : i + 20] for i in range(0, 20 * count, 20)])
