"""How the log writes a value."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """Return a value as plain JSON: dates in ISO form, UUIDs as text, choices as their code.

    Raises TypeError on a kind that the log does not know, so that nothing enters it by accident.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"the log cannot hold a {type(value).__name__}")


def canonical(value: Any) -> bytes:
    """Return the one byte form of a plain value, over which digests are taken."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of a plain value in its canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()
