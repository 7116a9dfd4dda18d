"""Announcements: what everybody may read now, and what an office has out or waiting."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.models import Publication, PublicationFile
from xiangqiao.services import published
from xiangqiao.services.queries.boards import Entry, goods_board


def announcements(now: datetime, *, text: str = "", sort: str = "") -> list[Entry]:
    """Return the announcements that the public sees at a moment, newest first; `text` is looked for in title and text."""
    found = goods_board(published.ANNOUNCEMENT.code, now, sort=sort)
    return [one for one in found if text in f"{one.title}{one.row['text']}"]


def announcement(public_id: UUID, now: datetime) -> guard.Contents | None:
    """Return one announcement as it was approved, None where the public sees none."""
    row = guard.visible(published.ANNOUNCEMENT.code, now).filter(public_id=public_id).first()
    return guard.contents(row) if row is not None else None


def announced_by(viewer: AnyViewer) -> QuerySet[Publication]:
    """Return every announcement of the offices that a viewer manages, newest first, whatever became of it."""
    return Publication.objects.filter(
        scope(viewer, Can.MANAGE_SERVICES, subject=None), kind=published.ANNOUNCEMENT.code
    ).order_by("-id")


def file_for_all(public_id: UUID, now: datetime) -> PublicationFile | None:
    """Return a file beside an announcement that the public sees at a moment."""
    shown = guard.visible(published.ANNOUNCEMENT.code, now)
    return PublicationFile.objects.filter(public_id=public_id, publication__in=shown).first()


def file_under_review(viewer: AnyViewer, public_id: UUID) -> PublicationFile | None:
    """Return a file beside an announcement that a viewer, as second person, may look at before it is out."""
    waiting = guard.waiting(published.ANNOUNCEMENT.code).filter(
        scope(viewer, Can.APPROVE_PUBLICATION, subject=None)
    )
    return PublicationFile.objects.filter(public_id=public_id, publication__in=waiting).first()
