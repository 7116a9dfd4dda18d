"""Elements of EBML, the frame of WebM files.

Source: RFC 8794 (EBML), RFC 9559 (Matroska); WebM container guidelines of the WebM project.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD, SEGMENT, INFO, TRACKS, CLUSTER, CUES = (
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0x1F43B675,
    0x1C53BB6B,
)
TAGS = 0x1254C367
TIME, SIMPLE_BLOCK, BLOCK_GROUP, DURATION, SCALE = 0xE7, 0xA3, 0xA0, 0x4489, 0x2AD7B1
TRACK, TRACK_NUMBER, TRACK_TYPE, VIDEO = 0xAE, 0xD7, 0x83, 1
CUE_POINT, CUE_TIME, CUE_PLACES, CUE_TRACK, CUE_CLUSTER = 0xBB, 0xB3, 0xB7, 0xF7, 0xF1


class NotWebm(Exception):
    """Bytes that are no WebM stream."""


@dataclass(frozen=True)
class Element:
    """The head of an element: its id, where its content begins and ends (None: not known)."""

    id: int
    begin: int
    end: int | None


def element(data: bytes | bytearray | memoryview, at: int = 0) -> Element | None:
    """Return the head of the element at a place, None where bytes are missing. Raises NotWebm."""
    read = _number(data, at, keep_mark=True, most=4)
    if read is None:
        return None
    name, after = read
    read = _number(data, after, keep_mark=False, most=8)
    if read is None:
        return None
    size, begin = read
    unknown = size == (1 << 7 * (begin - after)) - 1
    return Element(name, begin, None if unknown else begin + size)


def _number(data: bytes | bytearray | memoryview, at: int, *, keep_mark: bool, most: int) -> tuple[int, int] | None:  # fmt: skip
    if at >= len(data):
        return None
    first = data[at]
    length = 9 - first.bit_length() if first else 9
    if length > most:
        raise NotWebm("a number is longer than it may be")
    if at + length > len(data):
        return None
    value = first if keep_mark else first & ((1 << (8 - length)) - 1)
    for byte in data[at + 1 : at + length]:
        value = value << 8 | byte
    return value, at + length


def children(data: bytes | memoryview, begin: int, end: int) -> list[Element]:
    """Return the elements within a stretch. Raises NotWebm where one does not fit."""
    found = []
    while begin < end:
        one = element(data, begin)
        if one is None or one.end is None or one.end > end:
            raise NotWebm("an element is cut off")
        found.append(one)
        begin = one.end
    return found


def unsigned(data: bytes | memoryview, one: Element) -> int:
    """Return the content of an element as a number."""
    return int.from_bytes(bytes(data[one.begin : one.end]), "big")


def made(name: int, content: bytes, *, wide: bool = False) -> bytes:
    """Return an element with a content; `wide` sizes take eight bytes whatever they hold."""
    return head(name, len(content), wide=wide) + content


def head(name: int, size: int, *, wide: bool = False) -> bytes:
    """Return the head of an element of a known size."""
    length = 8 if wide else next(n for n in range(1, 9) if size < (1 << 7 * n) - 1)
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + (size | 1 << 7 * length).to_bytes(
        length, "big"
    )


def video_track(tracks: bytes | memoryview) -> int | None:
    """Return the number of the first video track of a Tracks element's content, None where there is none."""
    for entry in children(tracks, 0, len(tracks)):
        if entry.id != TRACK or entry.end is None:
            continue
        parts = {one.id: one for one in children(tracks, entry.begin, entry.end)}
        if TRACK_TYPE in parts and unsigned(tracks, parts[TRACK_TYPE]) == VIDEO:
            return unsigned(tracks, parts[TRACK_NUMBER])
    return None


def block(data: bytes | bytearray | memoryview, one: Element) -> tuple[int, int, bool]:
    """Return track, time within the cluster and whether it is a key frame, of a SimpleBlock. Raises NotWebm."""
    read = _number(data, one.begin, keep_mark=False, most=8)
    if read is None or one.end is None or read[1] + 3 > one.end:
        raise NotWebm("a block is cut off")
    track, at = read
    return track, int.from_bytes(bytes(data[at : at + 2]), "big", signed=True), bool(data[at + 2] & 0x80)
