"""Identifiers that are made where a thing is made, also without a network."""

from __future__ import annotations

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a UUIDv7: 48 bits of Unix milliseconds, then random bits. Source: RFC 9562, section 5.7."""
    millis = time.time_ns() // 1_000_000
    value = (millis & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def new_ids(count: int) -> list[str]:
    """Return fresh UUIDv7 as 32 hex digits, ascending, so that their index grows at one end."""
    stamp = f"{time.time_ns() // 1_000_000:012x}"
    noise = os.urandom(10 * count).hex()
    parts = [noise[i : i + 20] for i in range(0, 20 * count, 20)]
    variant = "89ab"
    return sorted(f"{stamp}7{p[:3]}{variant[int(p[3], 16) & 3]}{p[4:19]}" for p in parts)
