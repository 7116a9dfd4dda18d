"""A drill: work is killed with SIGKILL at random moments, over and over, and the county must be whole after each.

usage: python -m tests.drill import|seal|backup ROUNDS SEED     in the home of a county that tests.homes made
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.db import connections  # noqa: E402

from tests.homes import HOUSEHOLDS, register_files  # noqa: E402
from xiangqiao.config.backup.pack import master_key, pack  # noqa: E402
from xiangqiao.config.backup.sealing import Opener  # noqa: E402
from xiangqiao.config.backup.unpack import unpacked  # noqa: E402
from xiangqiao.config.cli.acting import act, operator  # noqa: E402
from xiangqiao.kernel import clock  # noqa: E402
from xiangqiao.kernel.audit import verify  # noqa: E402
from xiangqiao.kernel.chain import file_path  # noqa: E402
from xiangqiao.kernel.models import Event, Seal, SealedEvent  # noqa: E402
from xiangqiao.kernel.record import recording  # noqa: E402
from xiangqiao.kernel.seal import seal_pending  # noqa: E402
from xiangqiao.people.actions.intake import apply_batch, stage_files, undo_batch  # noqa: E402
from xiangqiao.people.queries import register_totals  # noqa: E402
from xiangqiao.people.queries.intake import batch as find_batch  # noqa: E402

COUNTY = "360730000000"
MORE = 150


def fork(work: Callable[[], None]) -> int:
    """Do work in a child of its own; returns its id."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def do(work: Callable[[], None]) -> float:
    """Do work to its end and return the seconds it took."""
    begun = time.monotonic()
    _, status = os.waitpid(fork(work), 0)
    assert status == 0, "the work failed"
    return time.monotonic() - begun


def kill(work: Callable[[], None], within: float, dice: random.Random) -> None:
    """Begin work and kill it at a random moment."""
    child = fork(work)
    time.sleep(dice.uniform(0, within))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def whole() -> None:
    """The log and every recorded row are as they were written."""
    report = verify()
    assert report.is_clean, report.findings


def drill_import(rounds: int, dice: random.Random) -> None:
    """Apply and undo, killed: each happens wholly or not at all, and is done by doing it again."""
    took = {"apply": 0.5, "undo": 0.3}
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            files = register_files(Path(folder) / "s", MORE, income=20000 + number)
            staged = stage_files(
                act=act(), viewer=operator(), files=files, source="drill", year=2025, division_code=COUNTY
            )
        batch_id = staged.public_id

        def again(verb: Callable[..., object], key: object = batch_id) -> Callable[[], None]:
            return lambda: verb(act=act(), viewer=operator(), batch=find_batch(operator(), key)) and None  # type: ignore[arg-type]

        for name, verb, before, after in (
            ("apply", apply_batch, "CHECKED", "APPLIED"),
            ("undo", undo_batch, "APPLIED", "UNDONE"),
        ):
            counts = {
                before: HOUSEHOLDS if name == "apply" else MORE,
                after: MORE if name == "apply" else HOUSEHOLDS,
            }
            kill(again(verb), took[name], dice)
            state = find_batch(operator(), batch_id).state  # type: ignore[union-attr]
            assert register_totals(operator())["households"] == counts[state]
            do(whole)
            took[name] = max(took[name] * 0.5, do(again(verb)))
            assert find_batch(operator(), batch_id).state == after  # type: ignore[union-attr]
            assert register_totals(operator())["households"] == counts[after]
        do(whole)


def drill_seal(rounds: int, dice: random.Random) -> None:
    """Sealing, killed: no event is lost or sealed twice, and the file outside catches up."""
    took = 0.3
    for _ in range(rounds):
        for _ in range(400):
            with recording("drill.noted", act()):
                pass
        kill(lambda: seal_pending(clock.now()) and None, took, dice)
        do(whole)
        took = max(took * 0.5, do(lambda: seal_pending(clock.now()) and None))
        assert SealedEvent.objects.count() == Event.objects.count()
        assert len(file_path().read_bytes().splitlines()) == Seal.objects.count()
    do(whole)


def drill_backup(rounds: int, dice: random.Random) -> None:
    """Backing up under writes, killed: whatever carries a backup's name opens, and nothing else stays behind."""
    home, took = Path(settings.HOME), 0.6
    folder = home / "backups"
    writer = fork(_write_for_ever)
    try:
        for number in range(rounds):
            target = folder / f"{number}.xqb"
            kill(lambda to=target: _back_up(to), took, dice)  # type: ignore[misc]
            if target.exists():
                _opens(target)
            took = max(took * 0.5, do(lambda to=target: _back_up(to)))  # type: ignore[misc]
            _opens(target)
            left = [path.name for path in (*folder.glob(".*"), *home.glob(".backup-*"))]
            assert left == [], left
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    do(whole)


def _back_up(target: Path) -> None:
    pack(Path(settings.HOME), target, opener=Opener(master_key()), now=clock.now())


def _opens(target: Path) -> None:
    with unpacked(target, Path(settings.HOME) / ".opened", Opener(master_key())) as manifest:
        assert manifest["counts"]["people_household"] == HOUSEHOLDS


def _write_for_ever() -> None:
    while True:
        with recording("drill.noted", act()):
            pass
        time.sleep(0.005)


DRILLS = {"import": drill_import, "seal": drill_seal, "backup": drill_backup}

if __name__ == "__main__":
    DRILLS[sys.argv[1]](int(sys.argv[2]), random.Random(int(sys.argv[3])))
