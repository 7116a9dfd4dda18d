"""The bridge to the engine never opens the live database file with a second SQLite library.

Measured once elsewhere: doing so let a second writer in, and the first writer's commit was reported and lost.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime

import duckdb
import pytest
from django.db import connection, transaction

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.record import Act
from xiangqiao.places.actions import found_county
from xiangqiao.places.queries import county
from xiangqiao.policy.actions import screen

NOW = datetime(2026, 1, 5, tzinfo=UTC)
JOB = SystemViewer("桥的试验")
WRITER = """
import sqlite3, sys
con = sqlite3.connect(sys.argv[1], timeout=0.2, isolation_level=None)
try:
    con.execute("BEGIN IMMEDIATE")
    print("let in")
except sqlite3.OperationalError as error:
    print(error)
"""


def _second_writer() -> str:
    command = [sys.executable, "-c", WRITER, str(connection.settings_dict["NAME"])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_screening_inside_a_write_lets_no_second_writer_in_and_loses_nothing() -> None:
    create_keys()
    with transaction.atomic():
        act = Act(by=JOB, at=NOW)
        found_county(act=act, viewer=JOB, code="360730000000", name="宁都县", is_demo=True)
        screen(act=act, viewer=JOB, as_of=date(2025, 12, 31))
        assert _second_writer() == "database is locked"
    kept = county()
    assert kept is not None
    with sqlite3.connect(str(connection.settings_dict["NAME"])) as other:
        assert other.execute("SELECT name FROM places_county").fetchall() == [("宁都县",)]
        other.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)))
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_engine_carries_no_reader_of_foreign_databases() -> None:
    with duckdb.connect() as con:
        loaded = con.execute("SELECT extension_name FROM duckdb_extensions() WHERE loaded").fetchall()
    assert not {"sqlite_scanner", "postgres_scanner"} & {name for (name,) in loaded}
