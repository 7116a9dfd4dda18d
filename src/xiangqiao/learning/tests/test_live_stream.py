"""A stream in any pieces: nothing is lost, a late joiner begins at a key frame, a sealed part can be jumped in."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.learning.live import ebml
from xiangqiao.learning.live.ebml import NotWebm
from xiangqiao.learning.live.sealing import seal
from xiangqiao.learning.live.stream import Stream
from xiangqiao.learning.tests import webm

LESSON = webm.head() + b"".join(webm.cluster(n, key=n % 2 == 0) for n in range(6))


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=60))
def test_whatever_the_pieces_the_same_bytes_go_on(sizes: list[int]) -> None:
    stream, given_on, at = Stream(), b"", 0
    for size in [*sizes, len(LESSON)]:
        given_on += stream.feed(LESSON[at : at + size])
        at += size
    assert given_on == LESSON


@given(st.integers(len(webm.head()) + 40, len(LESSON)))
def test_who_joins_at_any_byte_gets_the_head_a_key_frame_and_all_that_follows(cut: int) -> None:
    stream = Stream()
    stream.feed(LESSON[:cut])
    seen = stream.joined() + stream.feed(LESSON[cut:])
    assert seen.startswith(webm.head())
    frames = webm.frames_of(seen)
    first = next(one for one in frames if one[0] == 0x81)
    assert first[3] & 0x80, "the first picture is a key frame"
    assert frames == webm.frames_of(LESSON)[-len(frames) :], "no frame is lost or doubled"


@pytest.mark.parametrize("bad", [b"<html>not a film</html>", b"\x00" * 64, webm.cluster(0), b"\xff" * 64])
def test_what_is_no_webm_is_refused(bad: bytes) -> None:
    with pytest.raises(NotWebm):
        Stream().feed(bad)


@pytest.mark.parametrize("cut", [0, 1, 7, 150, 999])
def test_a_part_cut_off_anywhere_is_sealed_up_to_its_last_whole_frame(tmp_path: Path, cut: int) -> None:
    raw, final = tmp_path / "a.part", tmp_path / "a.webm"
    sent = LESSON[: len(LESSON) - cut]
    raw.write_bytes(sent)
    done = seal(raw, final)
    assert done is not None
    whole = final.read_bytes()
    assert webm.frames_of(whole) == webm.frames_of(sent)
    assert (done.size, done.digest) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert done.seconds == 6
    assert not raw.exists()


def test_a_sealed_part_has_its_length_and_an_index_that_leads_to_key_frames(tmp_path: Path) -> None:
    raw, final = tmp_path / "a.part", tmp_path / "a.webm"
    raw.write_bytes(LESSON)
    seal(raw, final)
    data = final.read_bytes()
    segment = ebml.element(data, ebml.children(data, 0, len(data))[0].end or 0)
    assert segment is not None
    assert segment.end == len(data), "the segment has a size"
    parts = {one.id: one for one in ebml.children(data, segment.begin, len(data)) if one.id != ebml.CLUSTER}
    info = {one.id: one for one in ebml.children(data, parts[ebml.INFO].begin, parts[ebml.INFO].end or 0)}
    length = data[info[ebml.DURATION].begin : info[ebml.DURATION].end]
    assert struct.unpack(">d", length)[0] == 5900.0
    times = []
    for point in ebml.children(data, parts[ebml.CUES].begin, parts[ebml.CUES].end or 0):
        inner = {one.id: one for one in ebml.children(data, point.begin, point.end or 0)}
        place = inner[ebml.CUE_PLACES]
        where = {one.id: one for one in ebml.children(data, place.begin, place.end or 0)}
        cluster = ebml.element(data, segment.begin + ebml.unsigned(data, where[ebml.CUE_CLUSTER]))
        assert cluster is not None
        assert cluster.id == ebml.CLUSTER
        times.append(ebml.unsigned(data, inner[ebml.CUE_TIME]))
    assert times == [0, 2000, 4000]


def test_nothing_recorded_is_nothing_kept(tmp_path: Path) -> None:
    raw = tmp_path / "a.part"
    raw.write_bytes(webm.head())
    assert seal(raw, tmp_path / "a.webm") is None
    assert not list(tmp_path.iterdir())
