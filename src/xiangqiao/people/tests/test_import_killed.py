"""An import killed at any moment leaves all or nothing, and is simply done again."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xiangqiao.people.tests.sheets import household, person, write

# What the child does, over and over: each step is safe to repeat.
_CHILD = """
import os, sys
from pathlib import Path
from datetime import UTC, datetime
import django
django.setup()
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.record import Act
from xiangqiao.people.actions.intake import apply_batch, check_batch, undo_batch, upload_files
from xiangqiao.people.models import Batch
from xiangqiao.places.actions import DivisionRow, load_divisions
from xiangqiao.people.tests.sheets import DIVISIONS

folder, step = Path(sys.argv[1]), sys.argv[2]
me = SystemViewer("test")
act = Act(by=me, at=datetime(2017, 3, 1, tzinfo=UTC))
if step == "begin":
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    create_keys()
    load_divisions(act=act, viewer=me, rows=[DivisionRow(*row) for row in DIVISIONS])
    upload_files(act=act, viewer=me, files=sorted(folder.glob("*.csv")), source="s", year=2016, division_code="360730000000")
print("ready", flush=True)
batch = Batch.objects.get()
if step == "check" and batch.state == "UPLOADED":
    check_batch(act=act, viewer=me, batch=batch)
if step == "apply":
    apply_batch(act=act, viewer=me, batch=batch)
if step == "undo":
    undo_batch(act=act, viewer=me, batch=batch)
"""
_TABLES = ("household", "householdyear", "membership", "person", "personyear")
_KILLS = 4


class County:
    """A county of its own, in a folder of its own, worked on by child processes."""

    def __init__(self, home: Path) -> None:
        self.files = home / "files-in"
        self.home = home / "home"
        self.database = home / "x.db"
        homes = [household(f"H{n}") for n in range(400)]
        people = [person(f"H{n}", "甲", n % 100, birth_on="", id_number="", id_type="") for n in range(400)]
        write(self.files, homes, people)

    def run(self, step: str, kill_after: float | None = None) -> bool:
        """Do a step; with `kill_after`, kill -9 so many seconds after it began. Return whether it ended by itself."""
        env = {
            **os.environ,
            "XIANGQIAO_HOME": str(self.home),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "xiangqiao.config.settings",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(self.files), step],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stderr is not None
        ready = child.stdout.readline()
        assert ready, child.stderr.read().decode()
        if kill_after is not None:
            time.sleep(kill_after)
            child.send_signal(signal.SIGKILL)
        _out, error = child.communicate()
        assert kill_after is not None or child.returncode == 0, error.decode()
        return child.returncode == 0

    def rows(self) -> tuple[int, ...]:
        """Count the rows of each table, as another process sees them."""
        with sqlite3.connect(self.database) as connection:
            return tuple(
                connection.execute(f"SELECT count(*) FROM people_{t}").fetchone()[0] for t in _TABLES
            )

    def indexes(self) -> set[str]:
        """Name the indexes that there are."""
        with sqlite3.connect(self.database) as connection:
            return {
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
            }

    def is_whole(self) -> bool:
        """Let SQLite check the file and its references."""
        with sqlite3.connect(self.database) as connection:
            connection.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)))
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not broken


@pytest.mark.parametrize("seed", [1])
def test_kills_at_random_moments_leave_all_or_nothing(tmp_path: Path, seed: int) -> None:
    moments = random.Random(seed)
    county = County(tmp_path)
    county.run("begin")
    nothing, indexes = county.rows(), county.indexes()
    assert set(nothing) == {0}
    everything: tuple[int, ...] | None = None
    for step in ("check", "apply", "undo"):
        for _ in range(_KILLS):
            county.run(step, kill_after=moments.uniform(0.0, 0.5))
            assert county.is_whole()
            assert county.indexes() == indexes
            assert set(county.rows()) in ({0}, {400})
        county.run(step)
        if step == "apply":
            everything = county.rows()
            assert set(everything) == {400}
    assert county.rows() == nothing
    assert everything != nothing
    assert not list((county.home / "staging").glob("*"))
