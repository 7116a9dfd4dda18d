"""Batches of lists: what is wrong at which cell, what is doubtful, what was merged and why."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import ListBatch, ListedRow, Pair, Station


def batches(viewer: AnyViewer) -> QuerySet[ListBatch]:
    """Return the batches of a viewer who manages coverage, newest first."""
    return ListBatch.objects.visible_to(viewer, Can.MANAGE_COVERAGE).order_by("-started_at", "-id")


def problem_rows(batch: ListBatch) -> QuerySet[ListedRow]:
    """Return the rows of a batch with problems, those that are not taken first."""
    found = ListedRow.objects.filter(file__batch=batch).exclude(problems=[])
    return found.select_related("file").order_by("is_good", "file_id", "row")


def open_pairs(batch: ListBatch) -> QuerySet[Pair]:
    """Return the doubtful pairs of a batch, those not settled first."""
    found = batch.pairs.filter(verdict="DOUBTFUL").select_related("left__file", "right__file", "batch")
    return found.order_by("decision", "id")


def explanations(batch: ListBatch) -> QuerySet[Pair]:
    """Return every pair by which rows became one station: each duplicate with its reasons."""
    same = Q(verdict="SAME") | Q(verdict="DOUBTFUL", decision="SAME")
    return batch.pairs.filter(same).select_related("left__file", "right__file").order_by("id")


def pair_named(viewer: AnyViewer, public_id: UUID) -> Pair | None:
    """Return a pair of a batch that a viewer manages."""
    return Pair.objects.filter(public_id=public_id, batch__in=batches(viewer)).select_related("batch").first()


def right_side(pair: Pair) -> ListedRow | Station | None:
    """Return the other side of a pair: a row, or a station of the register."""
    if pair.right or pair.right_station is None:
        return pair.right
    return Station.objects.filter(public_id=pair.right_station).first()
