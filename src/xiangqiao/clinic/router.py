"""Medical data lies in a database of its own: no query, no backup of the rest, no export can reach it by accident."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

APP, DATABASE = "clinic", "clinic"


class Apart:
    """Send the tables of the clinic to its own database, and keep all others out of it."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """Return where a table is read; None leaves it to the default."""
        return DATABASE if model._meta.app_label == APP else None

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool | None:
        """Refuse foreign keys across the wall: the clinic knows a person by an opaque id."""
        apart = {one._meta.app_label == APP, other._meta.app_label == APP}
        return None if len(apart) == 1 else False

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Return whether the tables of an app belong into a database."""
        # A database that takes another's place is called `clinic-…` or `default-…` meanwhile.
        return (db.partition("-")[0] == DATABASE) == (app_label == APP)
