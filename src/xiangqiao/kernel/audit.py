"""Proving the log: every sealed event, every seal and every recorded row is held against what was sealed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xiangqiao.kernel import chain
from xiangqiao.kernel.models import Event, Seal, SealedEvent
from xiangqiao.kernel.replay import check_rows

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Finding:
    """Something that does not hold. `kind` is stable; `subject` names the event, seal, row or batch; no values."""

    kind: str
    subject: str
    detail: str = ""


@dataclass
class Report:
    """What was checked and what was found. `waiting` events are not sealed yet, which is no fault."""

    seals: int = 0
    events: int = 0
    rows: int = 0
    batches: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {**asdict(self), "clean": self.is_clean}

    def add(self, kind: str, subject: object, detail: str = "") -> None:
        """Note a finding."""
        self.findings.append(Finding(kind, str(subject), detail))


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def verify(progress: Progress = _silent) -> Report:
    """Check the whole log and every recorded row; changes nothing.

    Kinds of findings: `event.changed`, `event.removed`, `event.inserted`, `event.reordered`, `seal.signature`,
    `seal.chain`, `seal.removed`, `file.altered`, `row.changed`, `row.unlogged`, `row.removed`, `batch.changed`.
    Memory stays within one seal, one chunk of rows and the digests of one batch. Raises KeyMissing where neither the
    signing key nor its public half is there.
    """
    report = Report()
    _check_chain(report, progress)
    report.waiting = Event.objects.filter(sealed__isnull=True).count()
    check_rows(report, progress)
    return report


def _check_chain(report: Report, progress: Progress) -> None:
    key, previous, total = _key_if_needed(), chain.GENESIS, Seal.objects.count()
    lines = _lines(report)
    line = next(lines, None)
    for seal in Seal.objects.order_by("id").iterator(chunk_size=200):
        while line is not None and line["seal"] < seal.pk:
            _seal_is_gone(report, line)
            line = next(lines, None)
        mine = line if line is not None and line["seal"] == seal.pk else None
        if mine is not None:
            line = next(lines, None)
        _check_seal(report, key, seal, mine, previous)
        previous = seal.head
        report.seals += 1
        progress("seals", report.seals, total)
    while line is not None:
        _seal_is_gone(report, line)
        line = next(lines, None)


def _key_if_needed() -> Ed25519PublicKey | None:
    return chain.public_key() if Seal.objects.exists() else None


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    """Read the exported seals one by one; what is no seal is a finding. A torn last line is no fault: it is rewritten."""
    path = chain.file_path()
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if not raw.endswith(b"\n"):
                return
            try:
                line = json.loads(raw)
                _ = (
                    line["seal"],
                    line["events"],
                    line["head"],
                    line["previous"],
                    line["signature"],
                    line["at"],
                )
            except (ValueError, KeyError, TypeError):
                report.add("file.altered", f"seals.jsonl:{number}", "not a seal")
                continue
            yield line


def _seal_is_gone(report: Report, line: dict[str, Any]) -> None:
    report.add("seal.removed", line["seal"], "in the file, not in the database")
    for public_id, _digest in line["events"]:
        if not Event.objects.filter(public_id=public_id).exists():
            report.add("event.removed", public_id, f"seal {line['seal']}")


def _check_seal(
    report: Report, key: Ed25519PublicKey | None, seal: Seal, line: dict[str, Any] | None, previous: str
) -> None:
    said = chain.statement(previous=seal.previous, head=seal.head, count=seal.count, at=seal.at)
    if key is None or not chain.is_signed(key, seal.signature, said):
        report.add("seal.signature", seal.pk, "the signature does not fit the seal")
    if seal.previous != previous:
        report.add("seal.chain", seal.pk, "does not follow the seal before it")
    # No foreign key is trusted here: a sealed place whose event is gone is still read.
    entries = list(SealedEvent.objects.filter(seal=seal).order_by("id").values_list("event_id", "link"))
    events = {e.pk: e for e in Event.objects.filter(pk__in=[event_id for event_id, _link in entries])}
    digests = chain.event_digests(list(events.values()))
    report.events += len(entries)
    leaves = _trusted_leaves(report, key, seal, line)
    if leaves is None:
        _check_by_links(report, seal, entries, events, digests)
        return
    present = [(str(events[pk].public_id), digests[pk]) for pk, _link in entries if pk in events]
    _compare(report, seal, leaves, present)
    if [one for _pk, one in entries] != chain.chain_of(seal.previous, (leaf for _id, leaf in leaves)):
        report.add("seal.chain", seal.pk, "links were altered")


def _trusted_leaves(
    report: Report, key: Ed25519PublicKey | None, seal: Seal, line: dict[str, Any] | None
) -> list[tuple[str, str]] | None:
    """Return (event, digest) of a seal as the file has them, when its signature proves them."""
    if line is None:
        return None
    leaves = [(str(public_id), str(digest)) for public_id, digest in line["events"]]
    try:
        links = chain.chain_of(line["previous"], (digest for _id, digest in leaves))
        at = datetime.fromisoformat(line["at"])
        said = chain.statement(previous=line["previous"], head=line["head"], count=len(leaves), at=at)
    except (ValueError, TypeError):
        links, said = [], b""
    if (
        not links
        or key is None
        or links[-1] != line["head"]
        or not chain.is_signed(key, line["signature"], said)
    ):
        report.add("file.altered", f"seal {seal.pk}", "the file's line does not fit its signature")
        return None
    if (line["head"], line["previous"]) != (seal.head, seal.previous):
        report.add("seal.chain", seal.pk, "the database's seal is not the one in the file")
    return leaves


def _compare(
    report: Report, seal: Seal, leaves: list[tuple[str, str]], present: list[tuple[str, str]]
) -> None:
    """Name what differs between the events as sealed and as they are."""
    sealed, now, where = dict(leaves), dict(present), f"seal {seal.pk}"
    for public_id, digest in leaves:
        if public_id not in now:
            report.add("event.removed", public_id, where)
        elif now[public_id] != digest:
            report.add("event.changed", public_id, where)
    for public_id in now.keys() - sealed.keys():
        report.add("event.inserted", public_id, where)
    before = [public_id for public_id, _digest in leaves if public_id in now]
    after = [public_id for public_id, _digest in present if public_id in sealed]
    for was, is_now in zip(before, after, strict=False):
        if was != is_now:
            report.add("event.reordered", is_now, where)


def _check_by_links(
    report: Report,
    seal: Seal,
    entries: list[tuple[int, str]],
    events: dict[int, Event],
    digests: dict[int, str],
) -> None:
    """Check a seal that the file does not have: link by link, going on from the stored link after each break."""
    previous, where = seal.previous, f"seal {seal.pk}"
    for pk, stored in entries:
        if pk not in events:
            report.add("event.removed", f"event {pk}", where)
        elif chain.link(previous, digests[pk]) != stored:
            report.add("event.changed", events[pk].public_id, f"{where}: it, or its place, is not as sealed")
        previous = stored
    if len(entries) != seal.count:
        kind = "event.removed" if len(entries) < seal.count else "event.inserted"
        report.add(kind, where, f"{seal.count} sealed, {len(entries)} there")
    elif previous != seal.head:
        report.add("seal.chain", seal.pk, "the last link is not the seal's head")
