"""A checked batch of lists into the register in one transaction, and back out."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.actions.build import Built, build
from xiangqiao.coverage.actions.compare import good_rows, nodes_of, present_stations
from xiangqiao.coverage.models import ListBatch, ListedRow, Mast, Pair, Station
from xiangqiao.coverage.rules import LIST_STEPS, may
from xiangqiao.kernel import bulk
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.merkle import merkle_root
from xiangqiao.kernel.record import REMOVED, Act, recording
from xq_engine.coverage.clusters import Resolved, resolve
from xq_engine.coverage.matching import Verdict, compare


def apply_lists(*, act: Act, viewer: AnyViewer, batch: ListBatch) -> ListBatch:
    """Write stations and masts that the rows are, each once, in one transaction. Idempotent.

    Raises ActionError while a doubtful pair is not settled, or the batch was not checked.
    """
    viewer.demand(Can.MANAGE_COVERAGE, batch.division_code)
    with transaction.atomic():
        held = ListBatch.objects.select_for_update().get(pk=batch.pk)
        if held.state != ListBatch.State.APPLIED:
            _demand(held, "APPLIED")
            _apply(act, held)
    return held


def _apply(act: Act, batch: ListBatch) -> None:
    open_pairs = batch.pairs.filter(verdict=Verdict.DOUBTFUL, decision="").count()
    if open_pairs:
        raise ActionError(
            "coverage.open_pairs",
            ngettext(
                "还有 %(n)d 对拿不准的没有确认，确认以后再入库。",
                "还有 %(n)d 对拿不准的没有确认，确认以后再入库。",
                open_pairs,
            )
            % {"n": open_pairs},
        )
    rows, stations = good_rows(batch), present_stations()
    resolved = _resolved(batch, rows, stations)
    with recording("coverage.lists_applied", act, division_code=batch.division_code) as record:
        built = build(batch, rows, stations, resolved)
        record.note(
            batch=batch.public_id,
            merkle_root=merkle_root(built.digests),
            stations=built.stations,
            masts=built.masts,
        )
    ListedRow.objects.bulk_update(rows, ["station"], batch_size=400)
    batch.counts = {
        **batch.counts,
        "stations": built.stations,
        "masts": built.masts,
        "merged": _merged(rows, built),
    }
    batch.state, batch.applied_at = ListBatch.State.APPLIED, act.at
    batch.save(update_fields=["counts", "state", "applied_at"])


def _merged(rows: list[ListedRow], built: Built) -> int:
    """Return how many rows turned out to be a station that another row states."""
    return sum(row.station is not None for row in rows) - built.stations


def _resolved(batch: ListBatch, rows: list[ListedRow], stations: list[Station]) -> Resolved:
    places = {row.pk: number for number, row in enumerate(rows)}
    own = {station.public_id: len(rows) + number for number, station in enumerate(stations)}
    nodes = nodes_of(rows, stations)
    found = compare(nodes)
    same = [(one.left, one.right) for one in found if one.verdict == Verdict.SAME]
    shared = [(one.left, one.right) for one in found if one.verdict == Verdict.SHARED]
    for pair in batch.pairs.filter(verdict=Verdict.DOUBTFUL):
        ends = (places[pair.left_id], _end(pair, places, own))
        if pair.decision == Pair.Decision.SAME:
            same.append(ends)
        elif pair.decision == Pair.Decision.SHARED:
            shared.append(ends)
    return resolve(nodes, same, shared)


def _end(pair: Pair, places: dict[int, int], own: dict[UUID, int]) -> int:
    if pair.right_id is not None:
        return places[pair.right_id]
    return own[pair.right_station or pair.public_id]


def undo_lists(*, act: Act, viewer: AnyViewer, batch: ListBatch) -> ListBatch:
    """Take the stations and masts of an applied batch out again; each is told in the log. Idempotent.

    Raises ActionError where a later list put stations on masts of this one: that list goes first.
    """
    viewer.demand(Can.MANAGE_COVERAGE, batch.division_code)
    with transaction.atomic():
        held = ListBatch.objects.select_for_update().get(pk=batch.pk)
        if held.state != ListBatch.State.UNDONE:
            _demand(held, "UNDONE")
            _undo(act, held)
    return held


def _undo(act: Act, batch: ListBatch) -> None:
    own = batch.public_id
    if Station.objects.filter(mast__batch=own).exclude(batch=own).exists():
        raise ActionError("coverage.built_upon", _("后来的清单里有基站在这批的塔上，请先撤销后来的那一批。"))
    with recording("coverage.lists_undone", act, division_code=batch.division_code, batch=own) as record:
        gone = []
        for model in (Station, Mast):
            rows = model._default_manager.filter(batch=own)
            told = rows.values_list("public_id", "origin_digest")
            gone += [(model.subject_kind(), key.hex, REMOVED, digest, None) for key, digest in told]
            rows.delete()
        record.note(removed=len(gone))
    bulk.insert_changes(record.event, gone)
    ListedRow.objects.filter(file__batch=batch).update(station=None)
    batch.state = ListBatch.State.UNDONE
    batch.save(update_fields=["state"])


def _demand(batch: ListBatch, then: str) -> None:
    if not may(LIST_STEPS, batch.state, then):
        raise Conflict(
            "coverage.lists_state",
            _("这批清单现在是“%(state)s”，这一步办不了。") % {"state": batch.get_state_display()},
            theirs=batch.state,
        )
