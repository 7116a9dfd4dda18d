"""However a stream is cut into pieces: every byte goes on once, a late joiner can play, and what is on the disk can be sealed."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.learning.live import ebml
from xiangqiao.learning.live.ebml import NotWebm
from xiangqiao.learning.live.sealing import seal
from xiangqiao.learning.live.stream import Stream
from xiangqiao.learning.tests.webm import cluster, opening, stream

WHOLE = stream(8)
cuts = st.lists(st.integers(0, len(WHOLE)), max_size=20).map(sorted)


def pieces(places: list[int]) -> list[bytes]:
    edges = [0, *places, len(WHOLE)]
    return [WHOLE[one:other] for one, other in itertools.pairwise(edges)]


@given(cuts)
def test_every_byte_goes_on_once_and_in_order(places: list[int]) -> None:
    one = Stream()
    assert b"".join(one.feed(piece) for piece in pieces(places)) == WHOLE
    assert one.clusters == 8


@given(cuts, st.integers(0, 20))
def test_who_joins_at_any_moment_gets_a_stream_that_begins_with_a_key_frame(places: list[int], when: int) -> None:  # fmt: skip
    one, got = Stream(), b""
    joined = False
    for number, piece in enumerate(pieces(places)):
        given_on = one.feed(piece)
        if joined:
            got += given_on
        elif number >= when and one.head:
            joined, got = True, one.joined()
    if not joined:
        return
    assert got.startswith(opening())
    # From the newest cluster with a key frame on, nothing is missing to the end.
    rest = got.removeprefix(opening())
    starts = [
        opening() + b"".join(cluster(500 * n, key=n % 3 == 0) for n in range(first)) for first in (0, 3, 6)
    ]
    assert any(WHOLE.startswith(start) and WHOLE[len(start) :] == rest for start in starts)


@pytest.mark.parametrize("bad", [b"GIF89a" + b"x" * 50, b"\x00" * 50, opening()[:60] + b"\x00" * 60])
def test_bytes_that_are_no_webm_are_refused(bad: bytes) -> None:
    one = Stream()
    with pytest.raises(NotWebm):
        one.feed(bad + b"\x00" * 100)


@given(st.integers(0, len(WHOLE)))
def test_a_stream_cut_off_anywhere_is_sealed_to_its_last_whole_frame(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("part")
    raw, final = folder / "a.part", folder / "a.webm"
    raw.write_bytes(WHOLE[:cut])
    done = seal(raw, final)
    assert not raw.exists()
    if done is None:
        assert cut < len(opening()) + 80
        assert not final.exists()
        return
    data = final.read_bytes()
    assert (done.size, done.digest) == (len(data), hashlib.sha256(data).hexdigest())
    head = ebml.element(data)
    assert head is not None
    segment = ebml.element(data, head.end or 0)
    assert segment is not None
    assert segment.end == len(data)
    parts = ebml.children(data, segment.begin, len(data))
    assert [one.id for one in parts[:3]] == [ebml.INFO, ebml.TRACKS, ebml.CUES]
    assert {one.id for one in parts[3:]} == {ebml.CLUSTER}


def test_the_index_points_at_clusters_and_the_length_is_that_of_the_last_frame(tmp_path: Path) -> None:
    raw = tmp_path / "a.part"
    raw.write_bytes(WHOLE)
    done = seal(raw, tmp_path / "a.webm")
    assert done is not None
    # Eight half seconds; the last frame begins at 3.9 s.
    assert done.seconds == 4
    data = (tmp_path / "a.webm").read_bytes()
    head = ebml.element(data)
    assert head is not None
    segment = ebml.element(data, head.end or 0)
    assert segment is not None
    cues = next(one for one in ebml.children(data, segment.begin, len(data)) if one.id == ebml.CUES)
    places = []
    for point in ebml.children(data, cues.begin, cues.end or 0):
        where = next(
            one for one in ebml.children(data, point.begin, point.end or 0) if one.id == ebml.CUE_PLACES
        )
        found = {one.id: one for one in ebml.children(data, where.begin, where.end or 0)}
        places.append(segment.begin + ebml.unsigned(data, found[ebml.CUE_CLUSTER]))
    assert len(places) == 3
    assert {ebml.element(data, place).id for place in places} == {ebml.CLUSTER}  # type: ignore[union-attr]
