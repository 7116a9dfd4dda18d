"""A WebM stream as it comes in: what a room that joins late needs to see a picture at once."""

from __future__ import annotations

from xiangqiao.learning.live import ebml
from xiangqiao.learning.live.ebml import NotWebm

# One element of a lesson's stream is a frame; none is near this size.
_LARGEST = 4 * 1024 * 1024


class Stream:
    """Takes bytes in any pieces, gives them on in whole elements, and holds what a late joiner needs.

    `head` is everything before the first cluster; `tail` is everything since the newest cluster that begins with a key
    frame. A joiner who gets head, tail and then each piece that `feed` returns has a stream that plays.
    """

    def __init__(self) -> None:
        self.head = b""
        self.tail = bytearray()
        self.clusters = 0
        self._rest = bytearray()
        self._opening = bytearray()
        self._cluster = bytearray()
        self._video: int | None = None
        self._fresh = False

    def feed(self, data: bytes) -> bytes:
        """Take bytes and return those of whole elements, in order. Raises NotWebm."""
        self._rest += data
        given = bytearray()
        while (size := self._step()) > 0:
            given += self._rest[:size]
            del self._rest[:size]
        if len(self._rest) > _LARGEST:
            raise NotWebm("an element is too large")
        return bytes(given)

    def _step(self) -> int:
        """Take one element, or the head of one that holds others; return how many bytes it has, 0 where some miss."""
        one = ebml.element(self._rest)
        if one is None:
            return 0
        if not self.clusters and not self._opening and one.id != ebml.HEAD:
            raise NotWebm("the stream does not begin as WebM does")
        if one.id in (ebml.SEGMENT, ebml.CLUSTER):
            self._open(one)
            return one.begin
        if one.end is None:
            raise NotWebm("an element has no end")
        if one.end > len(self._rest):
            return 0
        piece = bytes(self._rest[: one.end])
        if self.clusters:
            self._within(one, piece)
        else:
            self._before(one, piece)
        return one.end

    def _open(self, one: ebml.Element) -> None:
        piece = bytes(self._rest[: one.begin])
        if one.id == ebml.SEGMENT:
            self._opening += piece
            return
        if not self.clusters:
            self.head = bytes(self._opening)
        self.clusters += 1
        self._cluster = bytearray(piece)
        self._fresh = True

    def _before(self, one: ebml.Element, piece: bytes) -> None:
        self._opening += piece
        if one.id == ebml.TRACKS:
            self._video = ebml.video_track(piece[one.begin :])

    def _within(self, one: ebml.Element, piece: bytes) -> None:
        if self._fresh:
            self._cluster += piece
            self._decide(one, piece)
        else:
            self.tail += piece

    def _decide(self, one: ebml.Element, piece: bytes) -> None:
        """At the first frame that tells, begin the tail anew, or go on with the old one."""
        if one.id != ebml.SIMPLE_BLOCK:
            return
        track, _time, key = ebml.block(piece, one)
        if self._video is not None and track != self._video:
            return
        self._fresh = False
        self.tail = self._cluster if key else self.tail + self._cluster
        self._cluster = bytearray()

    def joined(self) -> bytes:
        """Return what somebody needs who joins now; later pieces follow without a gap."""
        return self.head + bytes(self.tail) + (bytes(self._cluster) if self._fresh else b"")
