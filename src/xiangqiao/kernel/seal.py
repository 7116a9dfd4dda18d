"""Sealing the log: events that wait are linked into the chain, signed, and the seal is written to a file outside.

A seal is made after the fact, every few seconds, so that no transaction of the day's work waits for another
(measured: a chain head locked inside each transaction cut 565 transactions a second to 159).
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from django.db import connection, transaction

from xiangqiao.kernel import chain
from xiangqiao.kernel.models import Event, Seal, SealedEvent

logger = logging.getLogger(__name__)

# Events in one seal at most: bounds memory, and the loss of work when the sealer is killed.
AT_ONCE = 2000
_LOCK = 0x7871_5EA1  # the name of our advisory lock on PostgreSQL


def seal_pending(now: datetime) -> int:
    """Seal every committed event that is not sealed yet, and return how many.

    Safe beside other sealers and against kill -9: a seal is one transaction, the file catches up with the next call.
    Events are taken because they have no seal, not because of their number: one that committed late is not skipped.
    Raises KeyMissing where the signing key is lost.
    """
    if not Seal.objects.exists():
        chain.create_signing_key()
    total = 0
    while sealed := _seal_some(now):
        total += sealed
    export_seals()
    return total


def _seal_some(now: datetime) -> int:
    waiting = Event.objects.filter(sealed__isnull=True).order_by("id")
    if not waiting.exists():
        return 0
    key = chain.signing_key()
    with transaction.atomic():
        _lock_chain()
        events = list(waiting[:AT_ONCE])
        if not events:
            return 0
        last = SealedEvent.objects.order_by("-id").first()
        previous = last.link if last else chain.GENESIS
        digests = chain.event_digests(events)
        links = chain.chain_of(previous, (digests[event.pk] for event in events))
        said = chain.statement(previous=previous, head=links[-1], count=len(events), at=now)
        seal = Seal.objects.create(
            at=now, count=len(events), previous=previous, head=links[-1], signature=key.sign(said).hex()
        )
        SealedEvent.objects.bulk_create(
            [SealedEvent(event=event, seal=seal, link=one) for event, one in zip(events, links, strict=True)],
            batch_size=500,
        )
    return len(events)


def _lock_chain() -> None:
    """Let one sealer in until the transaction ends. On SQLite a transaction is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def export_seals() -> int:
    """Append the seals that the file does not have yet, each with the digests it covers. Return how many.

    A line is written only where the events still carry their links: what was altered meanwhile is left to `verify`.
    """
    with _file() as file:
        last, written = _last_seal(file), 0
        for seal in Seal.objects.filter(pk__gt=last).order_by("id"):
            line = _line(seal)
            if line is None:
                logger.error("seal %s does not fit its events; run `xiangqiao audit verify`", seal.pk)
                break
            file.write(line)
            written += 1
        if written:
            file.flush()
            os.fsync(file.fileno())
    return written


def _line(seal: Seal) -> bytes | None:
    entries = list(SealedEvent.objects.filter(seal=seal).select_related("event").order_by("id"))
    digests = chain.event_digests([entry.event for entry in entries])
    leaves = [digests[entry.event_id] for entry in entries]
    links = chain.chain_of(seal.previous, leaves)
    if not links or links[-1] != seal.head:
        return None
    body: dict[str, Any] = {
        "seal": seal.pk,
        "at": seal.at.isoformat(),
        "count": seal.count,
        "previous": seal.previous,
        "head": seal.head,
        "signature": seal.signature,
        "events": [[str(entry.event.public_id), leaf] for entry, leaf in zip(entries, leaves, strict=True)],
    }
    return json.dumps(body, separators=(",", ":")).encode() + b"\n"


@contextmanager
def _file() -> Iterator[IO[bytes]]:
    """Open the seals' file alone, at its end; a line that a killed sealer left torn is cut off."""
    path = chain.file_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _cut_torn_line(file)
        yield file


def _cut_torn_line(file: IO[bytes]) -> None:
    end = file.seek(0, os.SEEK_END)
    if end and _read(file, end - 1, 1) != b"\n":
        file.truncate(_line_start(file, end))
    file.seek(0, os.SEEK_END)


def _last_seal(file: IO[bytes]) -> int:
    end = file.seek(0, os.SEEK_END)
    if not end:
        return 0
    start = _line_start(file, end - 1)
    number: int = json.loads(_read(file, start, end - start))["seal"]
    file.seek(0, os.SEEK_END)
    return number


def _line_start(file: IO[bytes], end: int) -> int:
    """Return where the line that reaches to `end` begins, read backwards in steps."""
    while end:
        size = min(65536, end)
        found = _read(file, end - size, size).rfind(b"\n")
        if found >= 0:
            return end - size + found + 1
        end -= size
    return 0


def _read(file: IO[bytes], start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)
