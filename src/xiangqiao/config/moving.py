"""Moving a county from one database to another: every row copied in one transaction, then compared one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, models, router, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from xiangqiao.config.reasons import Refused
from xiangqiao.config.settings import database_at
from xiangqiao.config.words import say

_AT_ONCE = 2000
FILLED_BY_MIGRATIONS = {"auth_permission", "django_content_type", "auth_group"}
Tick = Callable[[int, int], None]


def move(url: str, *, tick: Tick, source: str = "default") -> dict[str, int]:
    """Copy a database of the county to another, empty one, and return the rows by table.

    Raises Refused where the other is not empty or the two differ afterwards; then nothing stays in the other's tables.
    """
    # The router reads from the name whose tables belong there.
    target = f"{source}-target-{uuid4().hex[:6]}"
    connections.settings[target] = connections.configure_settings(
        {"default": database_at(url), target: database_at(url)}
    )[target]
    try:
        return _move(source, target, tick)
    finally:
        connections[target].close()
        del connections[target]
        del connections.settings[target]


def _move(source: str, target: str, tick: Tick) -> dict[str, int]:
    chosen, counts = _models(source), {}
    _demand_empty(target, chosen)
    _demand_same_version(source)
    call_command("migrate", database=target, interactive=False, verbosity=0)
    with transaction.atomic(using=source), transaction.atomic(using=target):
        for model in chosen:  # what migrations put there comes over with the rows
            model._base_manager.using(target).all()._raw_delete(target)
        # Foreign keys are checked at commit on both databases, so that rings of tables need no order.
        for done, model in enumerate(chosen):
            counts[model._meta.db_table] = _copy(model, source, target)
            tick(done + 1, len(chosen) * 2)
        for statement in connections[target].ops.sequence_reset_sql(no_style(), chosen):
            with connections[target].cursor() as cursor:
                cursor.execute(statement)
        for done, model in enumerate(chosen):
            _compare(model, source, target)
            tick(len(chosen) + done + 1, len(chosen) * 2)
    return counts


def _models(source: str) -> list[type[models.Model]]:
    """Return every model whose table lies in the source, those that others point at first where there is no ring."""
    every = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    left = [model for model in every if router.allow_migrate_model(source, model)]
    ordered: list[type[models.Model]] = []
    while left:
        free = [m for m in left if not (_points_at(m) - {m}) & set(left)] or left[:1]
        ordered += free
        left = [m for m in left if m not in free]
    return ordered


def _points_at(model: type[models.Model]) -> set[Any]:
    fields = model._meta.concrete_fields
    return {field.remote_field.model for field in fields if isinstance(field, models.ForeignKey)}


def _demand_empty(target: str, chosen: list[type[models.Model]]) -> None:
    there = set(connections[target].introspection.table_names())
    # A move that was broken off leaves tables of ours, without what migrations do not put there themselves.
    ours = {model._meta.db_table for model in chosen}
    if there - ours - {"django_migrations", "sqlite_sequence"} or _filled(target, there & ours):
        raise Refused(
            say(
                "目标数据库不是空的，没有搬。请另建一个空数据库。",
                "The target database is not empty; nothing was moved. Make an empty one.",
            )
        )


def _filled(target: str, there: set[str]) -> bool:
    with connections[target].cursor() as cursor:
        for table in there - FILLED_BY_MIGRATIONS:
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - our own table names
            if cursor.fetchone():
                return True
    return False


def _demand_same_version(source: str) -> None:
    applied = set(MigrationRecorder(connections[source]).applied_migrations())
    if set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations) - applied:
        raise Refused(
            say("请先运行 xiangqiao upgrade，再搬数据库。", "Run xiangqiao upgrade first, then move.")
        )


def _rows(model: type[models.Model], using: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    return iter(rows.iterator(chunk_size=_AT_ONCE))


def _copy(model: type[models.Model], source: str, target: str) -> int:
    connection, fields = connections[target], model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    total, part = 0, []
    with connection.cursor() as cursor:
        for row in _rows(model, source):
            part.append([f.get_db_prep_save(v, connection) for f, v in zip(fields, row, strict=True)])
            total += 1
            if len(part) == _AT_ONCE:
                cursor.executemany(statement, part)
                part = []
        if part:
            cursor.executemany(statement, part)
    return total


def _compare(model: type[models.Model], source: str, target: str) -> None:
    theirs = _rows(model, target)
    for number, row in enumerate(_rows(model, source), start=1):
        other = next(theirs, None)
        if other is None or row_digest(row) != row_digest(other):
            raise _differs(model, number)
    if next(theirs, None) is not None:
        raise _differs(model, -1)


def _differs(model: type[models.Model], number: int) -> Refused:
    table = model._meta.db_table
    return Refused(
        say(
            f"{table} 第 {number} 行搬过去后与原来不同，已全部退回；原数据库没有变动。",
            f"Row {number} of {table} differs after the move; all was rolled back, the old database is untouched.",
        )
    )


def row_digest(row: tuple[Any, ...]) -> str:
    """Return the SHA-256 of a row's values, the same whichever database they come from."""
    return hashlib.sha256(repr([_plain(value) for value in row]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview | bytearray):
        return bytes(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return sorted((key, _plain(one)) for key, one in value.items())
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
