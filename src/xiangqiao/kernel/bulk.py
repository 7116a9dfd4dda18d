"""Writing many rows at once from columns: no object per row. For imports and other set-based actions."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import repeat
from typing import Any

from django.db import connection, models

from xiangqiao.kernel.models import Change, Event

CHUNK = 900  # SQLite takes at least 999 parameters in one statement.
_PAGES_KB = 32_768
# Of each load that runs: the statements by table that make its indexes again.
_loading: list[dict[str, list[str]]] = []


def dashed(ids: Iterable[str]) -> list[str]:
    """Return ids of 32 hex digits in the form with dashes, which seals are bound to."""
    return [f"{i[:8]}-{i[8:12]}-{i[12:16]}-{i[16:20]}-{i[20:]}" for i in ids]


def reserve(model: type[models.Model], count: int) -> range | list[int]:
    """Return primary keys for rows to be inserted in this transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction began IMMEDIATE: nobody else can take these. Keys are never used twice (AUTOINCREMENT).
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)


def insert(
    model: type[models.Model], columns: Mapping[str, Iterable[Any]], same: Mapping[str, Any] | None = None
) -> None:
    """Insert rows given as columns by database column name; ids as hex, dates in ISO form, JSON as text.

    `same` are columns with one value for all rows: written into the statement they are bound once, not per row.
    """
    once = dict(same or {})
    table = f'"{model._meta.db_table}"'
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        names = ", ".join(f'"{name}"' for name in [*columns, *once])
        rows = zip(*columns.values(), *(repeat(value) for value in once.values()), strict=False)
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    _postpone_indexes(model)
    names = ", ".join(f'"{name}"' for name in [*columns, *once])
    marks = ", ".join([*"?" * len(columns), *map(_literal, once.values())])
    rows = zip(*columns.values(), strict=False)
    connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _literal(value: str | int | None) -> str:
    """Return a plain value as SQLite's SQL. SQLite knows no escape in a text but the doubled quote."""
    if value is None:
        return "NULL"
    return str(int(value)) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


@contextmanager
def bulk_load() -> Iterator[None]:
    """Make a large load cheap, inside one transaction; afterwards everything is as it was.

    SQLite gets room for its pages, and an index of a table that is empty is built when the rows are in (six times as
    fast); it is part of the transaction. The collector of cyclic garbage rests: there is none, but millions of rows.
    """
    gc.disable()
    _loading.append({})
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA cache_size = -{_PAGES_KB}")
        yield
        with connection.cursor() as cursor:
            for statements in _loading[-1].values():
                for sql in statements:
                    cursor.execute(sql)
    finally:
        _loading.pop()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size = -2000")
        gc.enable()


def _postpone_indexes(model: type[models.Model]) -> None:
    """Within `bulk_load`: drop the indexes of an empty table, to be made again at the end."""
    table = model._meta.db_table
    if (
        not _loading
        or table in _loading[-1]
        or connection.vendor != "sqlite"
        or model._default_manager.exists()
    ):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql <> ''",
            [table],
        )
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f'DROP INDEX "{name}"')
    _loading[-1][table] = [sql for _name, sql in found]


def update(model: type[models.Model], column: str, pairs: Sequence[tuple[Any, int]]) -> None:
    """Set one column of many rows: pairs of (value, primary key)."""
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE "id" = %s', pairs)  # noqa: S608


def insert_changes(event: Event, rows: Iterable[tuple[str, str, str, Any, Any]]) -> int:
    """Insert changes of an event: (subject kind, subject, attribute, old, new), plain values. Returns how many."""
    found = list(rows)
    if found:
        kinds, subjects, attributes, old, new = zip(*found, strict=True)
        insert(
            Change,
            {
                "event_id": repeat(event.pk),
                "subject_kind": kinds,
                "subject": subjects,
                "attribute": attributes,
                "old": map(as_json, old),
                "new": map(as_json, new),
            },
        )
    return len(found)


def as_json(value: Any) -> str:
    """Return a plain value as the text of a JSON column, as Django writes it (None as JSON's null)."""
    return json.dumps(value, ensure_ascii=False)


def moment(at: datetime) -> Any:
    """Return an instant as a database column takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Cut a list into parts that fit into one statement."""
    for first in range(0, len(values), CHUNK):
        yield values[first : first + CHUNK]
