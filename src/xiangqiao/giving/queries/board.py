"""What the public sees: appeals that were approved, each with what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from xiangqiao.giving.kinds import APPEAL, KINDS, REPORT
from xiangqiao.giving.models import Appeal, Gift, MirroredTotal, Need
from xiangqiao.giving.rules.states import HOLDS
from xiangqiao.kernel import publication as guard


@dataclass(frozen=True)
class Shown:
    """A public appeal: the approved text, and its needs as they stand now."""

    appeal: Appeal
    title: str
    row: dict[str, Any]
    needs: list[Need]
    mirrored: list[MirroredTotal]
    publication: guard.Publication


def board(now: datetime, *, lane: str = "", kind: str = "", township: str = "") -> list[Shown]:
    """Return the appeals on the board, newest first. What is not approved, withdrawn or past its day is not there."""
    publications = {one.subject: one for one in guard.visible(APPEAL.code, now).prefetch_related("files")}
    rows = _public().filter(public_id__in=[key for key in publications if key is not None])
    if lane:
        rows = rows.filter(lane=lane)
    if township:
        rows = rows.filter(division_code__startswith=township)
    shown = [_shown(row, publications[row.public_id]) for row in rows]
    return [one for one in shown if not kind or any(need.kind == kind for need in one.needs)]


def shown_appeal(case_no: str, now: datetime) -> Shown | None:
    """Return one public appeal by its case number, None where the public does not see it."""
    row = _public().filter(case_no=case_no).first()
    if row is None:
        return None
    found = guard.visible(APPEAL.code, now).filter(subject=row.public_id).first()
    return None if found is None else _shown(row, found)


def open_needs() -> QuerySet[Need]:
    """Return needs of the needs board that are not met, for matching a gift that was offered to anybody."""
    rows = Need.objects.filter(appeal__state=Appeal.State.OPEN, taken__lt=F("quantity"))
    return rows.exclude(kind=Need.Kind.MONEY).select_related("appeal").order_by("appeal__raised_at", "id")


def waiting_publications() -> QuerySet[guard.Publication]:
    """Return the public texts that wait for a second person."""
    return guard.waiting(*KINDS)


def _public() -> QuerySet[Appeal]:
    held = Gift.objects.filter(state__in=HOLDS)
    return (
        Appeal.objects.filter(state__in=(Appeal.State.OPEN, Appeal.State.CLOSED))
        .prefetch_related(
            Prefetch("needs", Need.objects.order_by("id").prefetch_related(Prefetch("gifts", held))),
            Prefetch("mirrored", MirroredTotal.objects.order_by("-as_of", "-id")),
        )
        .order_by("-raised_at", "-id")
    )


def _shown(row: Appeal, publication: guard.Publication) -> Shown:
    seen = guard.contents(publication)
    return Shown(row, seen.title, seen.rows[0], list(row.needs.all()), list(row.mirrored.all()), publication)


def closing_report(row: Appeal, now: datetime) -> dict[str, Any] | None:
    """Return the closing report of an appeal as the public sees it, None before it was approved."""
    found = guard.visible(REPORT.code, now).filter(subject=row.public_id).first()
    return guard.contents(found).rows[0] if found is not None else None
