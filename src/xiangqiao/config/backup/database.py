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
from django.db import connections, router, transaction
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

# The settings that name the databases.
SETTINGS = {"default": "DATABASE_URL", "clinic": "CLINIC_DATABASE_URL"}


@dataclass(frozen=True)
class Standing:
    """What a database holds: rows by table, and the last link of the log's chain."""

    counts: dict[str, int]
    head: str


# The files of a backup by the databases that they hold, in the order in which they are taken. The clinic's comes first:
# what it still has to tell the register it tells again, and telling twice is telling once.
FILES = {"clinic": "clinic", "default": "database"}


def tables(alias: str = "default") -> list[str]:
    """Return the tables of all apps that lie in a database, by name."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sorted({model._meta.db_table for model in models if router.allow_migrate_model(alias, model)})


def standing() -> Standing:
    """Return what the databases in use hold, together."""
    found = []
    for alias in FILES:
        with connections[alias].cursor() as cursor:
            found.append(_standing(alias, cursor))
    return _together(found)


def _together(found: list[Standing]) -> Standing:
    counts = {table: n for one in found for table, n in one.counts.items()}
    return Standing(counts, "".join(one.head for one in found))


def _standing(alias: str, cursor: Any) -> Standing:
    # A database of an earlier version lacks tables that this one knows.
    there = set(_names(alias, cursor))
    counts = {}
    for table in [name for name in tables(alias) if name in there]:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own table names
        counts[table] = cursor.fetchone()[0]
    if "kernel_sealedevent" not in there:
        return Standing(counts, "")
    cursor.execute("SELECT link FROM kernel_sealedevent ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    return Standing(counts, row[0] if row else "")


def _names(alias: str, cursor: Any) -> list[str]:
    if isinstance(cursor, sqlite3.Cursor):
        return [row[0] for row in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return connections[alias].introspection.table_names(cursor)


def take_all(room: Path) -> Standing:
    """Write every database into a folder, each as it is at one moment, while others go on writing."""
    return _together([_take(alias, room / name) for alias, name in FILES.items()])


def _take(alias: str, target: Path) -> Standing:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return _take_sqlite(alias, target)
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        arguments = ("--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
        _pg(alias, "pg_dump", *arguments)
        return _standing(alias, cursor)


def _take_sqlite(alias: str, target: Path) -> Standing:
    source = str(connections[alias].settings_dict["NAME"])
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
        return _standing(alias, copy.cursor())


def put_all(room: Path, *, replace: bool = False) -> None:
    """Make the databases what the files in a folder say; the county's comes last: without it a home is no county.

    A backup of a version before the clinic holds one database only; the upgrade makes the other.
    """
    for alias, name in FILES.items():
        if (room / name).exists():
            _put(alias, room / name, replace=replace)


def _put(alias: str, source: Path, *, replace: bool) -> None:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        _put_sqlite(alias, source)
        return
    if replace:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    elif connection.introspection.table_names():
        raise Refused(
            say(
                f"{SETTINGS[alias]} 指的数据库不是空的，没有恢复。请另建一个空数据库。",
                f"The database at {SETTINGS[alias]} is not empty; nothing was restored. Make an empty one.",
            )
        )
    connection.close()
    name = str(connection.settings_dict["NAME"])
    options = ("--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={name}")
    _pg(alias, "pg_restore", *options, str(source))


def _put_sqlite(alias: str, source: Path) -> None:
    connection = connections[alias]
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


def _pg(alias: str, program: str, *arguments: str) -> None:
    """Run a PostgreSQL program on a database in use. Raises Refused with what it said."""
    found = shutil.which(program) or _newest(program)
    if found is None:
        raise Refused(
            say(
                f"没有 {program}，备份 PostgreSQL 要用它：apt-get install postgresql-client",
                f"{program} is missing: apt-get install postgresql-client",
            )
        )
    said = connections[alias].settings_dict
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
