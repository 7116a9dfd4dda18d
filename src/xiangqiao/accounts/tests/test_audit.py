"""Seals and audit: whatever is changed, removed, inserted or reordered behind the product's back is found and named."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from xiangqiao.accounts.actions.users import create_user, rename_user
from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import audit, chain, clock
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.merkle import merkle_root
from xiangqiao.kernel.models import Change, Event, Seal, SealedEvent
from xiangqiao.kernel.record import Act, recording
from xiangqiao.kernel.seal import export_seals, seal_pending
from xiangqiao.kernel.values import digest

pytestmark = pytest.mark.django_db


def act() -> Act:
    return Act(by=SystemViewer("测试"), at=clock.now())


@pytest.fixture
def sealed(county: None) -> list[Event]:
    """Four sealed events, two seals."""
    ann = create_user(act=act(), username="ann", name="安").user
    create_user(act=act(), username="bob", name="博")
    seal_pending(clock.now())
    rename_user(act=act(), user=ann, name="安安")
    create_user(act=act(), username="cai", name="蔡")
    seal_pending(clock.now())
    assert audit.verify().is_clean
    return list(Event.objects.order_by("id"))


def raw(sql: str, *parameters: Any) -> None:
    """Do what an intruder with the database does: drop the triggers, then write."""
    with connection.cursor() as cursor:
        for table in ("kernel_event", "kernel_change", "kernel_seal", "kernel_sealedevent"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
        cursor.execute(sql, list(parameters))


def found(kind: str) -> set[str]:
    return {finding.subject for finding in audit.verify().findings if finding.kind == kind}


def without_file() -> None:
    chain.file_path().unlink()


def test_the_log_refuses_change_and_deletion(sealed: list[Event]) -> None:
    from django.db import DatabaseError, transaction

    for table in ("kernel_event", "kernel_change", "kernel_seal", "kernel_sealedevent"):
        attempts = [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]
        if connection.vendor == "postgresql":
            connection.check_constraints()  # else the test's own open transaction refuses first
            attempts.append(f"TRUNCATE {table} CASCADE")
        for sql in attempts:
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as c,
            ):
                c.execute(sql)


@pytest.mark.parametrize("with_file", [True, False])
def test_a_changed_event_is_named(sealed: list[Event], with_file: bool) -> None:
    raw("UPDATE kernel_event SET actor_label = 'somebody else' WHERE id = %s", sealed[1].pk)
    if not with_file:
        without_file()
    assert found("event.changed") == {str(sealed[1].public_id)}


def test_a_changed_added_or_removed_change_of_an_event_is_named(sealed: list[Event]) -> None:
    change = Change.objects.filter(event=sealed[0]).first()
    assert change is not None
    raw("UPDATE kernel_change SET attribute = 'other' WHERE id = %s", change.pk)
    raw("DELETE FROM kernel_change WHERE event_id = %s", sealed[1].pk)
    Change.objects.create(event=sealed[3], subject_kind="x", subject=new_id(), attribute="y", new=1)
    assert found("event.changed") == {str(sealed[i].public_id) for i in (0, 1, 3)}


@pytest.mark.parametrize("with_file", [True, False])
def test_a_removed_event_is_found(sealed: list[Event], with_file: bool) -> None:
    if not with_file:
        without_file()
    gone = sealed[0]
    raw("DELETE FROM kernel_change WHERE event_id = %s", gone.pk)
    raw("DELETE FROM kernel_sealedevent WHERE event_id = %s", gone.pk)
    raw("DELETE FROM kernel_event WHERE id = %s", gone.pk)
    named = found("event.removed")
    assert named == {str(gone.public_id)} if with_file else named


def test_an_inserted_event_is_named(sealed: list[Event]) -> None:
    seal = Seal.objects.order_by("id")[0]
    forged = Event.objects.create(kind="x.forged", at=clock.now(), actor_label="x", source="DESK")
    SealedEvent.objects.create(event=forged, seal=seal, link="ab" * 32)
    assert found("event.inserted") == {str(forged.public_id)}
    without_file()
    assert not audit.verify().is_clean


def test_reordered_events_are_named(sealed: list[Event]) -> None:
    first, second = SealedEvent.objects.order_by("id")[:2]
    raw("UPDATE kernel_sealedevent SET event_id = -1 WHERE id = %s", first.pk)
    raw("UPDATE kernel_sealedevent SET event_id = %s WHERE id = %s", first.event_id, second.pk)
    raw("UPDATE kernel_sealedevent SET event_id = %s WHERE id = %s", second.event_id, first.pk)
    assert found("event.reordered") == {str(sealed[0].public_id), str(sealed[1].public_id)}


def test_a_forged_chain_needs_the_key_outside(sealed: list[Event]) -> None:
    raw("UPDATE kernel_event SET reason = 'forged' WHERE id = %s", sealed[3].pk)
    entry = SealedEvent.objects.get(event=sealed[3])
    before = SealedEvent.objects.get(event=sealed[2]).link
    events = [Event.objects.get(pk=sealed[3].pk)]
    head = chain.link(before, chain.event_digests(events)[sealed[3].pk])
    raw("UPDATE kernel_sealedevent SET link = %s WHERE id = %s", head, entry.pk)
    raw("UPDATE kernel_seal SET head = %s WHERE id = %s", head, entry.seal_id)
    without_file()
    assert found("seal.signature") == {str(entry.seal_id)}


def test_the_seals_file_and_the_database_watch_each_other(sealed: list[Event]) -> None:
    path = chain.file_path()
    lines = path.read_text().splitlines()
    assert [len(json.loads(line)["events"]) for line in lines] == [2, 2]
    broken = json.loads(lines[0])
    broken["events"][0][1] = "00" * 32
    path.write_text(json.dumps(broken) + "\n" + lines[1] + "\n")
    assert found("file.altered")
    path.write_text("\n".join(lines) + "\n")
    last = Seal.objects.order_by("-id").first()
    assert last is not None
    raw("DELETE FROM kernel_sealedevent WHERE seal_id = %s", last.pk)
    raw("DELETE FROM kernel_seal WHERE id = %s", last.pk)
    assert found("seal.removed") == {str(last.pk)}


def test_a_torn_or_missing_line_of_the_file_is_written_again(sealed: list[Event]) -> None:
    path = chain.file_path()
    whole = path.read_bytes()
    for torn in (whole[:-10], whole[: len(whole) // 2], b""):
        path.write_bytes(torn)
        export_seals()
        assert path.read_bytes() == whole
    assert export_seals() == 0


def test_events_that_commit_late_are_sealed_too(sealed: list[Event]) -> None:
    late = Event(pk=sealed[-1].pk + 10, kind="x.high", at=clock.now(), actor_label="x", source="DESK")
    late.save(force_insert=True)
    seal_pending(clock.now())
    low = Event(pk=sealed[-1].pk + 5, kind="x.low", at=clock.now(), actor_label="x", source="DESK")
    low.save(force_insert=True)
    assert audit.verify().waiting == 1
    assert seal_pending(clock.now() + timedelta(seconds=9)) == 1
    report = audit.verify()
    assert (report.is_clean, report.waiting, report.events) == (True, 0, 6)


def test_an_edited_row_is_named(sealed: list[Event]) -> None:
    user = User.objects.get(username="bob")
    raw("UPDATE accounts_user SET name = 'forged' WHERE id = %s", user.pk)
    assert found("row.changed") == {f"accounts.user {user.public_id}"}


def test_a_row_that_nobody_logged_and_a_row_that_vanished_are_named(sealed: list[Event]) -> None:
    forged = User.objects.create(username="eve", name="夏娃")
    bob = User.objects.get(username="bob")
    raw("DELETE FROM accounts_user WHERE id = %s", bob.pk)
    assert found("row.unlogged") == {f"accounts.user {forged.public_id}"}
    assert found("row.removed") == {f"accounts.user {bob.public_id}"}


def imported(*names: str) -> UUID:
    """Rows that came with an import: they carry batch, row and digest; the event carries the root."""
    batch = new_id()
    rows = [User(username=name, name=name, batch=batch, batch_row=n) for n, name in enumerate(names, start=2)]
    for row in rows:
        row.origin_digest = digest(row.recorded_state())
        row.save()
    with recording("people.batch_applied", act(), batch=batch) as record:
        record.note(merkle_root=merkle_root(row.origin_digest for row in rows))
    return batch


def test_an_imported_row_replays_to_its_batch_also_after_changes(sealed: list[Event]) -> None:
    imported("row2", "row3")
    rename_user(act=act(), user=User.objects.get(username="row2"), name="改过")
    seal_pending(clock.now())
    assert audit.verify().is_clean
    row = User.objects.get(username="row3")
    raw("UPDATE accounts_user SET is_active = %s WHERE id = %s", False, row.pk)
    assert found("row.changed") == {f"accounts.user {row.public_id}"}


def test_rows_forged_together_with_their_digest_break_the_root(sealed: list[Event]) -> None:
    batch = imported("row2", "row3")
    row = User.objects.get(username="row3")
    row.name = "forged"
    raw(
        "UPDATE accounts_user SET name = 'forged', origin_digest = %s WHERE id = %s",
        digest(row.recorded_state()),
        row.pk,
    )
    assert found("batch.changed") == {str(batch)}
    raw("DELETE FROM accounts_user WHERE id = %s", row.pk)
    assert found("batch.changed") == {str(batch)}


def test_the_report_says_no_personal_value(sealed: list[Event]) -> None:
    raw("UPDATE accounts_user SET name = '张三丰' WHERE username = 'bob'")
    assert "张三丰" not in json.dumps(audit.verify().as_json(), ensure_ascii=False)
