"""A finished part of a lesson: the stream's own frames, with a duration and an index so that a browser can jump in it."""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
from dataclasses import dataclass, field
from pathlib import Path

from xiangqiao.learning.live import ebml
from xiangqiao.learning.live.ebml import Element, NotWebm

_MILLION = 1_000_000


@dataclass(frozen=True)
class Sealed:
    """A part that is whole: seconds, bytes, SHA-256 in hex."""

    seconds: int
    size: int
    digest: str


@dataclass
class _Cluster:
    begin: int
    end: int = 0
    time: int = 0
    last: int = 0
    key: bool = False


@dataclass
class _Found:
    head: tuple[int, int] = (0, 0)
    info: tuple[int, int] = (0, 0)
    tracks: tuple[int, int] = (0, 0)
    clusters: list[_Cluster] = field(default_factory=list)


def seal(raw: Path, final: Path) -> Sealed | None:
    """Write a stream as a file with duration and index, and remove the stream; None where no frame was in it.

    A stream that was cut off anywhere (a killed process, a full disk) is kept up to its last whole frame. The file
    appears under its name only when all of it is on the disk.
    """
    if not raw.stat().st_size:
        raw.unlink()
        return None
    beside = final.with_suffix(".sealing")
    with raw.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as held:
        data = memoryview(held)
        try:
            found = _walk(data)
            found.clusters = [one for one in found.clusters if one.end > one.begin]
            whole = bool(found.clusters) and found.info != (0, 0) and found.tracks != (0, 0)
            sealed = _write(data, found, beside) if whole else None
        finally:
            data.release()
    if sealed is not None:
        beside.replace(final)
    raw.unlink()
    return sealed


def _walk(data: memoryview) -> _Found:
    found, at = _Found(), 0
    video: int | None = None
    while (one := _next(data, at)) is not None:
        if one.id == ebml.CLUSTER:
            found.clusters.append(_Cluster(one.begin, one.begin))
            at = one.begin
            continue
        if one.id == ebml.SEGMENT:
            at = one.begin
            continue
        if one.end is None or one.end > len(data):
            break
        if one.id in (ebml.CUES, ebml.TAGS):
            pass
        elif found.clusters:
            _frame(data, one, found.clusters[-1], video)
        elif one.id == ebml.HEAD:
            found.head = (at, one.end)
        elif one.id == ebml.INFO:
            found.info = (one.begin, one.end)
        elif one.id == ebml.TRACKS:
            found.tracks = (at, one.end)
            video = ebml.video_track(bytes(data[one.begin : one.end]))
        at = one.end
    return found


def _next(data: memoryview, at: int) -> Element | None:
    try:
        return ebml.element(data, at)
    except NotWebm:
        # What a broken disk left behind the last whole frame.
        return None


def _frame(data: memoryview, one: Element, cluster: _Cluster, video: int | None) -> None:
    if one.id == ebml.TIME:
        cluster.time = cluster.last = ebml.unsigned(data, one)
    elif one.id == ebml.SIMPLE_BLOCK:
        track, time, key = ebml.block(data, one)
        cluster.last = max(cluster.last, cluster.time + time)
        cluster.key = cluster.key or (key and video in (None, track))
    cluster.end = one.end or cluster.end


def _write(data: memoryview, found: _Found, beside: Path) -> Sealed:
    parts = ebml.children(bytes(data[slice(*found.info)]), 0, found.info[1] - found.info[0])
    info = bytes(data[slice(*found.info)])
    scale = next((ebml.unsigned(info, one) for one in parts if one.id == ebml.SCALE), _MILLION)
    last = max(one.last for one in found.clusters)
    told = _info(info, parts, last)
    tracks = bytes(data[slice(*found.tracks)])
    cues = _cues(found, len(told) + len(tracks))
    body = len(told) + len(tracks) + len(cues) + sum(12 + one.end - one.begin for one in found.clusters)
    digest, size = hashlib.sha256(), 0
    with beside.open("wb") as out:
        begin = (
            bytes(data[slice(*found.head)]) + ebml.head(ebml.SEGMENT, body, wide=True) + told + tracks + cues
        )
        for piece in (begin, *(piece for one in found.clusters for piece in _cluster(data, one))):
            digest.update(piece)
            size += out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return Sealed(round(last * scale / 1e9), size, digest.hexdigest())


def _info(info: bytes, parts: list[Element], last: int) -> bytes:
    kept, at = b"", 0
    for one in parts:
        end = one.end or one.begin
        if one.id != ebml.DURATION:
            kept += info[at:end]
        at = end
    return ebml.made(ebml.INFO, kept + ebml.made(ebml.DURATION, struct.pack(">d", float(last))))


def _cluster(data: memoryview, one: _Cluster) -> tuple[bytes, memoryview]:
    return ebml.head(ebml.CLUSTER, one.end - one.begin, wide=True), data[one.begin : one.end]


def _cues(found: _Found, before: int) -> bytes:
    """Return the index: where each cluster with a key frame begins, counted from the segment's content."""
    keys = [one for one in found.clusters if one.key] or found.clusters[:1]
    # Numbers have a fixed width, so that the index has its size before its content is known.
    one_point = len(_point(0, 0))
    size = one_point * len(keys)
    at = before + len(ebml.head(ebml.CUES, size, wide=True)) + size
    points = b""
    for one in found.clusters:
        if one in keys:
            points += _point(one.time, at)
        at += 12 + one.end - one.begin
    return ebml.made(ebml.CUES, points, wide=True)


def _point(time: int, place: int) -> bytes:
    where = ebml.made(ebml.CUE_TRACK, b"\x01") + ebml.made(ebml.CUE_CLUSTER, place.to_bytes(8, "big"))
    return ebml.made(
        ebml.CUE_POINT, ebml.made(ebml.CUE_TIME, time.to_bytes(8, "big")) + ebml.made(ebml.CUE_PLACES, where)
    )
