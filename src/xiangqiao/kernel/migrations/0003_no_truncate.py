"""Emptying the log at one stroke is refused too: TRUNCATE passes the triggers of rows by (SQLite has no TRUNCATE)."""

from django.db import migrations

TABLES = ("kernel_event", "kernel_change", "kernel_seal", "kernel_sealedevent")


def forbid(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        editor.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only()"
        )


def allow(apps, editor):
    if editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only")]
    operations = [migrations.RunPython(forbid, allow)]
