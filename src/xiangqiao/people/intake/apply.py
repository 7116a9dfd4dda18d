"""A checked batch into the register: one transaction, from columns, without an object per row."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel import bulk
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.merkle import merkle_root
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.events import UnitsAndCadresRead
from xiangqiao.people.intake import reach, staging
from xiangqiao.people.intake.belonging import apply_memberships
from xiangqiao.people.intake.homes import apply_homes, find_homes
from xiangqiao.people.intake.layout import plain_column
from xiangqiao.people.intake.members import People, apply_people, find_people
from xiangqiao.people.intake.problems import link_problems
from xiangqiao.people.intake.villages import Villages
from xiangqiao.people.intake.work import Progress, Work, write_questions
from xiangqiao.people.models import Batch

ENTITIES = ("household", "person", "unit", "cadre")
STEPS = 6


def apply_batch(*, act: Act, viewer: AnyViewer, batch: Batch, progress: Progress | None = None) -> Batch:
    """Apply a checked batch to the register in one transaction.

    New rows are inserted with batch, row and origin digest; other values become changes; what somebody verified since the
    batch's year began becomes a question. The batch is one event, with the files' hashes and the Merkle root of its
    rows. Idempotent: applying an applied batch does nothing. Raises ActionError where it was not checked, or its staged
    rows are gone.
    """
    viewer.demand(Can.IMPORT, batch.division_code)
    with transaction.atomic(), bulk.bulk_load():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.APPLIED:
            _apply(act, batch, progress or _silent)
    staging.drop_tables(batch.public_id, but=("previous",))
    return batch


def _apply(act: Act, batch: Batch, progress: Progress) -> None:
    if batch.state != Batch.State.CHECKED:
        raise ActionError(
            "intake.not_checked",
            _("这批表格现在是“%(state)s”，只有核对过的才能入库。") % {"state": batch.get_state_display()},
        )
    tables = {name: _table(batch.public_id, name) for name in ENTITIES}
    work = Work(batch, since=datetime(batch.year, 1, 1, tzinfo=UTC))
    villages = Villages()
    with recording(
        "people.batch_applied", act, division_code=batch.division_code, batch=batch.public_id
    ) as record:
        _households_and_people(work, tables["household"], tables["person"], villages, progress)
        if tables["unit"].num_rows or tables["cadre"].num_rows:
            reach.demand_whole_county(batch)
            read = UnitsAndCadresRead(
                act, batch.public_id, batch.division_code, tables["unit"], tables["cadre"], villages.find
            )
            publish(read)
            work.digests += read.digests
        progress("log", 5, STEPS)
        work.count("questions", write_questions(batch, work.questions))
        batch.merkle_root = merkle_root(work.digests)
        batch.counts = {
            **batch.counts,
            **work.counts,
            "units": tables["unit"].num_rows,
            "cadres": tables["cadre"].num_rows,
        }
        record.note(
            files=batch.files,
            year=batch.year,
            source=batch.source,
            merkle_root=batch.merkle_root,
            counts=work.counts,
        )
    bulk.insert_changes(record.event, work.changes)
    link_problems(act, batch, work.homes)
    if work.previous:
        staging.keep_tables(batch.public_id, {"previous": _previous(work)})
    batch.state, batch.applied_at = Batch.State.APPLIED, act.at
    batch.save(update_fields=["state", "applied_at", "merkle_root", "counts"])
    progress("done", STEPS, STEPS)


def _households_and_people(
    work: Work, homes: pa.Table, persons: pa.Table, villages: Villages, progress: Progress
) -> None:
    progress("read", 0, STEPS)
    people = People.of(persons)
    known = find_homes(work, {*plain_column(homes, "household_no"), *people.household_nos})
    find_people(people, known)
    progress("households", 1, STEPS)
    codes = villages.codes_of(homes, work.batch.division_code)
    reach.demand_homes(work.batch, plain_column(homes, "household_no"), codes, known)
    people.beyond = reach.people_beyond(work.batch, people.present)
    apply_homes(work, homes, codes, known, people.faces())
    progress("persons", 2, STEPS)
    apply_people(work, people)
    progress("memberships", 4, STEPS)
    apply_memberships(work, people, known)


def _table(batch: UUID, name: str) -> pa.Table:
    table = staging.kept_table(batch, name)
    if table is None:
        raise ActionError("intake.staging_gone", _("这批表格核对后的数据不在了，请重新上传。"))
    return table


def _previous(work: Work) -> pa.Table:
    columns = list(zip(*work.previous, strict=True))
    return pa.table(dict(zip(("kind", "subject", "column", "sealed"), map(list, columns), strict=True)))


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""
