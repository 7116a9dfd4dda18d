"""The database as one file: taken while the county works, put back whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say


@dataclass(frozen=True)
class Standing:
    """What a database holds: rows by table, and the last link of the log's chain."""

    counts: dict[str, int]
    head: str


def tables() -> list[str]:
    """Return the tables of all apps, by name."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def standing() -> Standing:
    """Return what the database in use holds."""
    with connection.cursor() as cursor:
        return _standing(cursor)


def _standing(cursor: Any) -> Standing:
    # A database of an earlier version lacks tables that this one knows.
    there = set(_names(cursor))
    counts = {}
    for table in [name for name in tables() if name in there]:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own table names
        counts[table] = cursor.fetchone()[0]
    cursor.execute("SELECT link FROM kernel_sealedevent ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    return Standing(counts, row[0] if row else "")


def _names(cursor: Any) -> list[str]:
    if isinstance(cursor, sqlite3.Cursor):
        return [row[0] for row in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return connection.introspection.table_names(cursor)


def take(target: Path) -> Standing:
    """Write the database to a file as it is at one moment, while others go on writing; returns what it holds."""
    if connection.vendor == "sqlite":
        return _take_sqlite(target)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _pg("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
        return _standing(cursor)


def _take_sqlite(target: Path) -> Standing:
    source = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(target)) as copy:
        target.chmod(0o600)
        # In one step, so that a writer in between does not make it begin anew for ever.
        live.backup(copy)
        register(copy)  # the functions that constraints of our tables use
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Refused(
                say(
                    f"数据库文件有损坏（{found}），没有做成备份。请从最近一份好的备份恢复。",
                    f"The database file is damaged ({found}); no backup was made. Restore the last good one.",
                )
            )
        # Alone in a folder the copy needs no write-ahead log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        return _standing(copy.cursor())


def put(source: Path, *, replace: bool = False) -> None:
    """Make the database what the file says. It must be empty, unless it is to be replaced."""
    if connection.vendor == "sqlite":
        _put_sqlite(source)
        return
    if replace:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    elif connection.introspection.table_names():
        raise Refused(
            say(
                "DATABASE_URL 指的数据库不是空的，没有恢复。请另建一个空数据库。",
                "The database at DATABASE_URL is not empty; nothing was restored. Make an empty one.",
            )
        )
    connection.close()
    name = str(connection.settings_dict["NAME"])
    _pg(
        "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={name}", str(source)
    )


def _put_sqlite(source: Path) -> None:
    connection.close()
    target = Path(str(connection.settings_dict["NAME"]))
    part = target.with_name(target.name + ".part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    _sync(part)
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    part.replace(target)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _pg(program: str, *arguments: str) -> None:
    """Run a PostgreSQL program on the database in use. Raises Refused with what it said."""
    found = shutil.which(program) or _newest(program)
    if found is None:
        raise Refused(
            say(
                f"没有 {program}，备份 PostgreSQL 要用它：apt-get install postgresql-client",
                f"{program} is missing: apt-get install postgresql-client",
            )
        )
    said = connection.settings_dict
    known = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    environment = {**os.environ, **{name: str(said[key]) for name, key in known.items() if said.get(key)}}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"{program}: {done.stderr.strip()[-500:]}")


def _newest(program: str) -> str | None:
    # Debian keeps the programs of each version apart.
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else None


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the county's lock for a while. Raises Refused where the website or another such command holds it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                say(
                    f"{home} 的网站或另一个维护命令正在运行。请先停下来（Ctrl-C 或 systemctl stop），再运行一次。",
                    f"The website or another such command is running on {home}. Stop it first, then run this again.",
                )
            ) from error
        yield
