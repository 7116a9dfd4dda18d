"""What a county survives: killed processes, a full disk, a lost key, an empty machine, a new version, another database.

XIANGQIAO_DRILLS=n kills each kind of work n times; the suite does it a few times.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.homes import HOUSEHOLDS, Home, build
from tests.postgres import Cluster

pytestmark = pytest.mark.sqlite_only
ROUNDS = int(os.environ.get("XIANGQIAO_DRILLS", "3"))
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A county as the program makes it."""
    return build(tmp_path_factory.mktemp("county") / "a")


@pytest.fixture
def home(built: Home, tmp_path: Path) -> Home:
    """A copy of it that a test may spoil."""
    shutil.copytree(built.folder, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.mark.parametrize("kind", ["import", "seal", "backup"])
def test_killed_at_any_moment_nothing_is_half_done_or_lost(home: Home, kind: str) -> None:
    seed = random.SystemRandom().randrange(10**6)
    done = subprocess.run(
        [sys.executable, "-m", "tests.drill", kind, str(ROUNDS), str(seed)],
        env=home.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"seed {seed}\n{done.stderr[-4000:]}"


def plain(value: object) -> object:
    """Return JSON in one form: PostgreSQL keeps the keys in an order of its own."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        return json.dumps(json.loads(value), sort_keys=True)
    return value


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of ours."""
    with closing(sqlite3.connect(database)) as opened:
        names = [r[0] for r in opened.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {
            name: [tuple(map(plain, row)) for row in opened.execute(f'SELECT * FROM "{name}" ORDER BY 1')]
            for name in names
            if not name.startswith(("sqlite_", "django_migrations"))
        }


def test_a_backup_makes_an_empty_machine_the_county_again(home: Home, tmp_path: Path) -> None:
    archive, sheet, empty = tmp_path / "c.xqb", tmp_path / "sheet.txt", Home(tmp_path / "empty")
    home.told("key", "export", sheet)
    home.told("backup", "--to", archive)
    assert (home.folder / "keys" / "master.key").read_bytes() not in archive.read_bytes()

    lost = empty.run("restore", archive)
    assert lost.returncode == 1
    assert "recovery sheet" in lost.stderr

    told = empty.told("restore", archive, "--key", sheet)
    assert told["audit"]["clean"]
    assert rows_of(empty.folder / "xiangqiao.db") == rows_of(home.folder / "xiangqiao.db")
    again = empty.run("restore", archive, "--key", sheet)
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert empty.told("export", "--to", tmp_path / "out.xlsx", "--year", 2025)["rows"] == HOUSEHOLDS * 2


def test_an_altered_or_cut_backup_is_refused(home: Home, tmp_path: Path) -> None:
    archive = tmp_path / "c.xqb"
    home.told("backup", "--to", archive)
    data = archive.read_bytes()
    for name, spoiled in (("cut", data[:-40]), ("altered", data[:5000] + b"x" + data[5001:])):
        bad = tmp_path / f"{name}.xqb"
        bad.write_bytes(spoiled)
        empty = tmp_path / f"home-{name}"
        refused = home.run("restore", bad, "--home", empty, "--key", home.folder / "keys" / "master.key")
        assert refused.returncode == 1
        assert "incomplete or was altered" in refused.stderr
        assert not (empty / "xiangqiao.db").exists()


def test_a_lost_master_key_comes_back_from_the_sheet(home: Home, tmp_path: Path) -> None:
    sheet, key = tmp_path / "sheet.txt", home.folder / "keys" / "master.key"
    home.told("key", "export", sheet)
    key.unlink()
    refused = home.run("export", "--to", tmp_path / "a.xlsx")
    assert refused.returncode == 1
    assert str(key) in refused.stderr
    wrong = sheet.read_text().replace("  2:  ", "  2:  0000 ", 1)
    (tmp_path / "wrong.txt").write_text(wrong)
    assert "Line 2" in home.run("key", "restore", tmp_path / "wrong.txt").stderr
    home.told("key", "restore", sheet)
    home.told("export", "--to", tmp_path / "a.xlsx")


def test_a_new_data_key_seals_every_number_anew_and_all_of_them_open(home: Home, tmp_path: Path) -> None:
    assert home.told("key", "rotate")["sealed"] > HOUSEHOLDS
    assert home.told("export", "--to", tmp_path / "a.xlsx", "--year", 2025)["rows"] == HOUSEHOLDS * 2


def test_a_full_disk_leaves_the_old_state_whole(home: Home, tmp_path: Path) -> None:
    before, archive = rows_of(home.folder / "xiangqiao.db"), tmp_path / "c.xqb"

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    for words in (
        ("backup", "--to", archive),
        ("import", *sorted((home.folder.parent).glob("*.csv")), "--year", 2025),
    ):
        full = home.run(*words, preexec_fn=no_room)
        assert full.returncode == 1, words
    full = home.run("backup", "--to", archive, preexec_fn=no_room)
    assert "disk is full" in full.stderr
    assert not archive.exists()
    assert rows_of(home.folder / "xiangqiao.db") == before


def test_a_filled_database_is_upgraded_and_a_failed_upgrade_is_put_back(home: Home, tmp_path: Path) -> None:
    database = home.folder / "xiangqiao.db"
    home.manage("migrate", "kernel", "0001", "-v", "0")
    earlier = rows_of(database)
    with closing(
        sqlite3.connect(database)
    ) as opened:  # what the migration would make is there: it fails half-way
        opened.execute(
            "CREATE TRIGGER kernel_seal_no_update BEFORE UPDATE ON kernel_seal BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
        opened.commit()
    failed = home.run("upgrade")
    assert failed.returncode == 1
    assert "put back as it was" in failed.stderr
    assert rows_of(database) == earlier
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("DROP TRIGGER kernel_seal_no_update")
        opened.commit()
    told = home.told("upgrade", "--to", tmp_path / "before.xqb")
    assert "kernel.0002_append_only" in told["migrations"]
    assert Path(told["backup"]).exists()
    after = rows_of(database)
    assert {table: after[table] for table in earlier} == earlier
    assert home.told("upgrade")["migrations"] == []
    assert home.told("audit", "verify")["clean"]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this test's own."""
    started = Cluster()
    yield started
    started.stop()


def test_the_database_moves_to_postgresql_and_back_row_by_row(
    home: Home, cluster: Cluster, tmp_path: Path
) -> None:
    before = rows_of(home.folder / "xiangqiao.db")
    home.told("move-database", "--to", cluster.url)
    there = Home(home.folder, DATABASE_URL=cluster.url)
    assert there.told("audit", "verify")["clean"]
    again = home.run("move-database", "--to", cluster.url)
    assert "not empty" in again.stderr
    archive = tmp_path / "pg.xqb"
    assert there.told("backup", "--to", archive)["engine"] == "postgresql"
    there.told("move-database", "--to", f"sqlite:///{tmp_path / 'back.db'}")
    assert rows_of(tmp_path / "back.db") == before
    # Sequences go on where they were: a new row finds a free number.
    there.told("user", "create", "newcomer", "--name", "New")
