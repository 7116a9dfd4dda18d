"""A WebM stream made for tests, as a browser's recorder writes one: clusters of unknown size, blocks of sound and picture."""

from __future__ import annotations

from xiangqiao.learning.live import ebml

_UNKNOWN = b"\x01" + b"\xff" * 7
_HEAD = ebml.made(ebml.HEAD, ebml.made(0x4282, b"webm"))
_INFO = ebml.made(
    ebml.INFO, ebml.made(ebml.SCALE, (1_000_000).to_bytes(3, "big")) + ebml.made(0x4D80, b"test")
)


def _track(number: int, kind: int) -> bytes:
    return ebml.made(
        ebml.TRACK, ebml.made(ebml.TRACK_NUMBER, bytes([number])) + ebml.made(ebml.TRACK_TYPE, bytes([kind]))
    )


def opening() -> bytes:
    """Return everything before the first cluster: sound is track 1, picture track 2."""
    tracks = ebml.made(ebml.TRACKS, _track(1, 2) + _track(2, 1))
    return _HEAD + ebml.SEGMENT.to_bytes(4, "big") + _UNKNOWN + _INFO + tracks


def block(track: int, time: int, *, key: bool) -> bytes:
    """Return a SimpleBlock."""
    content = (
        bytes([0x80 | track]) + time.to_bytes(2, "big", signed=True) + bytes([0x80 if key else 0]) + b"x" * 40
    )
    return ebml.made(ebml.SIMPLE_BLOCK, content)


def cluster(at: int, *, key: bool, frames: int = 5) -> bytes:
    """Return a cluster of unknown size that begins at a millisecond: a sound first, then pictures of 100 ms."""
    begin = ebml.CLUSTER.to_bytes(4, "big") + _UNKNOWN + ebml.made(ebml.TIME, at.to_bytes(4, "big"))
    shown = b"".join(block(2, 100 * n, key=key and n == 0) for n in range(frames))
    return begin + block(1, 0, key=True) + shown


def stream(clusters: int, *, every: int = 3) -> bytes:
    """Return a stream of clusters of half a second; every so many begins with a key frame."""
    return opening() + b"".join(cluster(500 * n, key=n % every == 0) for n in range(clusters))
