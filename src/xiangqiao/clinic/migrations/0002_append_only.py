"""The clinic's log, notes and opinions cannot be changed: triggers refuse it on both databases."""

from django.db import migrations

TABLES = ("clinic_deed", "clinic_note", "clinic_opinion")
VERBS = ("UPDATE", "DELETE")


def forbid(apps, editor):
    if editor.connection.alias.partition("-")[0] != "clinic":
        return
    on_postgres = editor.connection.vendor == "postgresql"
    if on_postgres:
        editor.execute(
            "CREATE FUNCTION clinic_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$",
            params=None,
        )
    for table in TABLES:
        for verb in VERBS:
            then = (
                "FOR EACH ROW EXECUTE FUNCTION clinic_append_only()"
                if on_postgres
                else f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            )
            editor.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {then}")


def allow(apps, editor):
    if editor.connection.alias.partition("-")[0] != "clinic":
        return
    on_postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in VERBS:
            editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}" + (f" ON {table}" if on_postgres else ""))
    if on_postgres:
        editor.execute("DROP FUNCTION clinic_append_only()")


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_clinic")]
    operations = [migrations.RunPython(forbid, allow)]
