"""WebM streams as a browser's recorder sends them, made frame by frame: sizes of segment and clusters are not known."""

from __future__ import annotations

from xiangqiao.learning.live import ebml

UNKNOWN = b"\x01\xff\xff\xff\xff\xff\xff\xff"
SECOND = 1000


def _element(name: int, content: bytes) -> bytes:
    return ebml.made(name, content)


def _track(number: int, kind: int) -> bytes:
    return _element(
        ebml.TRACK,
        _element(ebml.TRACK_NUMBER, bytes([number])) + _element(ebml.TRACK_TYPE, bytes([kind])),
    )


def head() -> bytes:
    """Return what stands before the first cluster: a video track 1 and an audio track 2."""
    info = _element(ebml.INFO, _element(ebml.SCALE, (1_000_000).to_bytes(3, "big")))
    tracks = _element(ebml.TRACKS, _track(1, 1) + _track(2, 2))
    return _element(ebml.HEAD, b"\x42\x82\x84webm") + b"\x18\x53\x80\x67" + UNKNOWN + info + tracks


def frame(track: int, after: int, content: bytes, *, key: bool = False) -> bytes:
    """Return one frame, `after` milliseconds into its cluster."""
    flags = b"\x80" if key else b"\x00"
    return _element(
        ebml.SIMPLE_BLOCK, bytes([0x80 | track]) + after.to_bytes(2, "big", signed=True) + flags + content
    )


def cluster(number: int, *, key: bool = True, size: int = 400) -> bytes:
    """Return one second of picture and sound, nine frames of a size; it begins with sound, then the key frame where there is one."""
    begin = b"\x1f\x43\xb6\x75" + UNKNOWN + _element(ebml.TIME, (number * SECOND).to_bytes(4, "big"))
    name = f"{number:05}".encode()
    frames = [frame(2, 0, b"sound" + name), frame(1, 1, b"picture" + name, key=key)]
    frames += [frame(1, at, b"more" + name + bytes([at // 100]) * size) for at in range(100, SECOND, 100)]
    return begin + b"".join(frames)


def frames_of(data: bytes) -> list[bytes]:
    """Return the contents of all frames of a stream or of a sealed file, in order."""
    found, at = [], 0
    while (one := ebml.element(data, at)) is not None:
        if one.id in (ebml.SEGMENT, ebml.CLUSTER):
            at = one.begin
            continue
        assert one.end is not None
        if one.end > len(data):
            break
        if one.id == ebml.SIMPLE_BLOCK:
            found.append(data[one.begin : one.end])
        at = one.end
    return found
