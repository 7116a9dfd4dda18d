"""One live lesson at about 350 kbit/s to 30 and to 200 rooms: CPU and memory of the server, and the longest gap at a room.

Run: `python bench/live_class.py [seconds]`. The rooms of this measurement are sockets that only read; pictures are not drawn.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("XIANGQIAO_HOME", tempfile.mkdtemp(prefix="xq-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")

import django

django.setup()

from websockets.asyncio.client import connect  # noqa: E402 - Django first

from xiangqiao.learning.tests import lesson_stream  # noqa: E402
from xiangqiao.learning.tests.rooms_process import KIND, Rooms, token  # noqa: E402

PIECES, FRAME = 5, 350_000 // 8 // 9


def _second(number: int) -> list[bytes]:
    """Return a second of the lesson, which begins with a key frame, in five pieces."""
    whole = lesson_stream.cluster(number, size=FRAME)
    step = len(whole) // PIECES + 1
    return [whole[at : at + step] for at in range(0, len(whole), step)]


def _used(pid: int) -> tuple[float, int]:
    """Return the CPU seconds and the resident bytes of a process and those below it."""
    seconds, size = 0.0, 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(path.parent.name) == pid or int(fields[1]) == pid:
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            size += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return seconds, size


async def _read(address: str, number: int, gaps: list[float], got: list[int]) -> None:
    async with connect(address, max_size=None, compression=None) as socket:
        await socket.send(json.dumps({"token": token(number)}))
        last = None
        async for message in socket:
            if isinstance(message, bytes):
                now = time.monotonic()
                if last is not None:
                    gaps.append(now - last)
                last = now
                got.append(len(message))


async def _lesson(rooms: Rooms, viewers: int, seconds: int) -> None:
    gaps: list[float] = []
    got: list[int] = []
    async with connect(rooms.address, max_size=None, compression=None) as lead:
        await lead.send(json.dumps({"token": token(1, teaches=True)}))
        await lead.recv()
        await lead.send(json.dumps({"kind": KIND}))
        await lead.send(lesson_stream.head())
        here = [asyncio.create_task(_read(rooms.address, 2 + n, gaps, got)) for n in range(viewers)]
        drain = asyncio.create_task(_drain(lead))
        await asyncio.sleep(2 + viewers / 40)
        before, _size = _used(rooms.process.pid)
        begun = time.monotonic()
        for number in range(seconds):
            for n, piece in enumerate(_second(number)):
                await lead.send(piece)
                await asyncio.sleep(max(0.0, begun + number + (n + 1) / PIECES - time.monotonic()))
        lasted = time.monotonic() - begun
        after, size = _used(rooms.process.pid)
        for task in (*here, drain):
            task.cancel()
        await asyncio.gather(*here, drain, return_exceptions=True)
    kbits = sum(got) * 8 / 1000 / lasted / viewers
    sys.stdout.write(
        f"{viewers:>4} rooms  {kbits:5.0f} kbit/s each  server CPU {100 * (after - before) / lasted:5.1f} % of a core"
        f"  RSS {size / 1e6:4.0f} MB  longest gap {max(gaps):.2f} s\n"
    )


async def _drain(lead: object) -> None:
    async for _message in lead:  # type: ignore[attr-defined]
        pass


def main() -> None:
    """Measure 30 and 200 rooms."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for viewers in (30, 200):
        rooms = Rooms(Path(tempfile.mkdtemp(prefix="xq-bench-")))
        try:
            asyncio.run(_lesson(rooms, viewers, seconds))
        finally:
            rooms.kill()


if __name__ == "__main__":
    main()
