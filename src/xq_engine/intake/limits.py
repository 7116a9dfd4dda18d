"""How large a file may be."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file from outside; sizes in bytes, `seconds` is wall time for one file."""

    file_bytes: int = 100 * MEBIBYTE
    unpacked_bytes: int = 1024 * MEBIBYTE
    ratio: int = 250
    members: int = 2_000
    sheets: int = 100
    rows: int = 400_000
    columns: int = 256
    merges: int = 200_000
    memory_bytes: int = 3 * 1024 * MEBIBYTE
    seconds: float = 180.0


DEFAULT_LIMITS = Limits()
