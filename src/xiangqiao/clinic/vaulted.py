"""Files of case files: sealed whole with the clinic's key, named by the digest of what they hold."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings

from xiangqiao.clinic.keys import ring

_PURPOSE = "clinic file "


def _path(digest: str) -> Path:
    # Below `files`, so that a backup takes it along.
    return Path(settings.HOME) / "files" / "clinic" / digest[:2] / f"{digest}.sealed"


def keep(data: bytes) -> str:
    """Seal bytes into a file and return their SHA-256; the same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(ring.vault().seal_bytes(data, _PURPOSE + digest))
        part.chmod(0o600)
        part.replace(path)
    return digest


def fetch(digest: str) -> bytes:
    """Return the bytes of a digest. Raises FileNotFoundError, SealBroken."""
    return ring.vault().open_bytes(_path(digest).read_bytes(), _PURPOSE + digest)
