"""Taking an applied batch back: households untouched since are reversed, the others stay and become questions."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel import bulk
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.events import BatchUndone, HouseholdsWithdrawn
from xiangqiao.people.intake import staging
from xiangqiao.people.intake.belonging import refresh_faces
from xiangqiao.people.intake.put_back import put_back
from xiangqiao.people.intake.removal import Kept, hold_kept, joined_homes, remove_rows, touched_homes
from xiangqiao.people.intake.work import Asked, Progress, write_questions
from xiangqiao.people.models import Batch, Household


def undo_batch(*, act: Act, viewer: AnyViewer, batch: Batch, progress: Progress | None = None) -> Batch:
    """Take an applied batch back in one transaction.

    Households whose rows nobody touched since lose what came with the batch; changed values go back to what they were.
    Where somebody touched something since, all of that household stays and a question is asked. Each row that goes is
    told in the log with its origin digest, so that the batch's Merkle root still proves what came. Idempotent. Raises
    ActionError where the batch was never applied.
    """
    viewer.demand(Can.IMPORT, batch.division_code)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.UNDONE:
            _undo(act, batch, progress)
    staging.drop_tables(batch.public_id)
    return batch


def discard_batch(*, act: Act, viewer: AnyViewer, batch: Batch) -> None:
    """Give up a batch that was not applied: its files, staged rows and problems go, the files' names stay in the log.

    A file that another batch came from, too, stays. Raises ActionError where the batch was applied.
    """
    viewer.demand(Can.IMPORT, batch.division_code)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state not in (Batch.State.UPLOADED, Batch.State.CHECKED, Batch.State.DISCARDED):
            raise ActionError("intake.over", _("这批表格已经入库，不能放弃；可以撤销。"))
        if batch.state != Batch.State.DISCARDED:
            with recording(
                "people.batch_discarded", act, division_code=batch.division_code, batch=batch.public_id
            ):
                batch.problems.all().delete()
                batch.state = Batch.State.DISCARDED
                batch.save(update_fields=["state"])
    staging.drop_tables(batch.public_id)
    others = Batch.objects.exclude(state=Batch.State.DISCARDED).values_list("files", flat=True)
    kept = {file["sha256"] for files in others for file in files if "sha256" in file}
    staging.drop_files({file["sha256"] for file in batch.files} - kept)


def _undo(act: Act, batch: Batch, progress: Progress | None) -> None:
    if batch.state != Batch.State.APPLIED:
        raise ActionError("intake.not_applied", _("这批表格没有入库，不用撤销。"))
    kept = touched_homes(batch)
    refreshed = joined_homes(batch)
    if progress:
        progress("undo", 1, 3)
    with recording(
        "people.batch_undone", act, division_code=batch.division_code, batch=batch.public_id
    ) as record:
        publish(BatchUndone(act, batch.public_id))
        back = put_back(batch)
        asked = write_questions(batch, [*_questions(kept), *back.questions])
        record.note(put_back=len(back.changes), kept=len(kept.homes), merkle_root=batch.merkle_root)
    bulk.insert_changes(record.event, back.changes)
    if progress:
        progress("undo", 2, 3)
    came = Household.objects.filter(batch=batch.public_id).values_list("public_id", flat=True)
    gone = frozenset(came) - frozenset(kept.homes.values())
    with hold_kept(kept):
        removed = remove_rows(batch, record.event)
    publish(HouseholdsWithdrawn(act, gone))
    refresh_faces(sorted({*refreshed, *back.homes}))
    batch.counts = {
        **batch.counts,
        "removed": removed,
        "put_back": len(back.changes),
        "undo_questions": asked,
    }
    batch.state, batch.undone_at = Batch.State.UNDONE, act.at
    batch.save(update_fields=["state", "undone_at", "counts"])
    if progress:
        progress("undo", 3, 3)


def _questions(kept: Kept) -> list[Asked]:
    rows: list[Any] = []
    for part in bulk.chunks(sorted(kept.homes)):
        found = Household.objects.filter(pk__in=part)
        rows += found.values_list("public_id", "household_no", "division_code")
    return [
        Asked("TOUCHED", "people.household", own.hex, "household_no", number, None, own.hex, code)
        for own, number, code in rows
    ]
