"""What is hashed: one digest per event with its changes, linked into a chain, signed with a key outside the database."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from xiangqiao.kernel.crypto import KeyMissing
from xiangqiao.kernel.models import Change, Event
from xiangqiao.kernel.values import canonical, plain

GENESIS = "0" * 64
_CHANGE_FIELDS = ("event_id", "subject_kind", "subject", "attribute", "old", "new", "valid_from")


def key_path() -> Path:
    """Return where the signing key lies; the public half lies beside it as `seal.pub`."""
    return Path(settings.HOME) / "keys" / "seal.key"


def file_path() -> Path:
    """Return the file to which every seal is exported, one line each."""
    return Path(settings.HOME) / "seals" / "seals.jsonl"


def create_signing_key() -> None:
    """Make the signing key of a new county (mode 0600) with its public half. Does nothing where it exists."""
    path = key_path()
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(key.private_bytes_raw().hex())
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".pub").write_text(key.public_key().public_bytes_raw().hex())


def signing_key() -> Ed25519PrivateKey:
    """Return the signing key. Raises KeyMissing, which names the file."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_path().read_text().strip()))
    except (OSError, ValueError) as error:
        raise KeyMissing(key_path()) from error


def public_key() -> Ed25519PublicKey:
    """Return the key that proves signatures: from `seal.pub`, which an auditor may hold alone, or the signing key."""
    try:
        return Ed25519PublicKey.from_public_bytes(
            bytes.fromhex(key_path().with_suffix(".pub").read_text().strip())
        )
    except (OSError, ValueError):
        return signing_key().public_key()


def link(previous: str, digest: str) -> str:
    """Return the next link of the chain: SHA-256 over the previous link and an event's digest (hex)."""
    return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(digest)).hexdigest()


def statement(*, previous: str, head: str, count: int, at: datetime) -> bytes:
    """Return the bytes that a seal signs."""
    return canonical({"previous": previous, "head": head, "count": count, "at": _moment(at)})


def is_signed(key: Ed25519PublicKey, signature: str, said: bytes) -> bool:
    """Return whether a signature (hex) is right."""
    try:
        key.verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def event_digests(events: Sequence[Event]) -> dict[int, str]:
    """Return each event's digest (hex) by primary key: its own fields, then its changes in the order written.

    Reads changes as a stream: one event of an import may have hundreds of thousands.
    """
    hashes = {event.pk: hashlib.sha256(canonical(_fields(event))) for event in events}
    changes = Change.objects.filter(event_id__in=hashes).order_by("event_id", "id")
    for event_id, *values in changes.values_list(*_CHANGE_FIELDS).iterator(chunk_size=2000):
        hashes[event_id].update(b"\n" + canonical(plain(values)))
    return {pk: one.hexdigest() for pk, one in hashes.items()}


def chain_of(previous: str, digests: Iterable[str]) -> list[str]:
    """Return the links that follow a link, one per digest."""
    links: list[str] = []
    for digest in digests:
        previous = link(previous, digest)
        links.append(previous)
    return links


def _fields(event: Event) -> dict[str, Any]:
    # Not the primary key: the chain survives a move to another database.
    return {
        "public_id": str(event.public_id),
        "kind": event.kind,
        "at": _moment(event.at),
        "actor": plain(event.actor),
        "actor_label": event.actor_label,
        "source": event.source,
        "division_code": event.division_code,
        "subject_kind": event.subject_kind,
        "subject": plain(event.subject),
        "reason": event.reason,
        "data": event.data,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
