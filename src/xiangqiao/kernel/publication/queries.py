"""Reads: what the public sees now, and what waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import Conflict
from xiangqiao.kernel.models import Publication, PublicationFile
from xiangqiao.kernel.publication.actions import content_hash
from xiangqiao.kernel.publication.findings import Finding


@dataclass(frozen=True)
class Contents:
    """A list as it was approved: columns (key, title, of), rows by key, files."""

    title: str
    columns: list[dict[str, str]]
    rows: list[dict[str, Any]]
    files: list[PublicationFile]


def visible(kind_code: str, now: datetime) -> QuerySet[Publication]:
    """Return the lists of a kind that the public sees at a moment, newest first."""
    return Publication.objects.filter(
        kind=kind_code, state=Publication.State.APPROVED, withdraw_on__gt=day_of(now)
    ).order_by("-approved_at", "-id")


def waiting(*kind_codes: str) -> QuerySet[Publication]:
    """Return the lists of these kinds that wait for a second person, oldest first."""
    return Publication.objects.filter(kind__in=kind_codes, state=Publication.State.SUBMITTED).order_by("id")


def of_subject(subject: UUID, kind_code: str) -> QuerySet[Publication]:
    """Return every list of a kind about one thing, newest first, whatever became of it."""
    return Publication.objects.filter(subject=subject, kind=kind_code).order_by("-id")


def contents(publication: Publication) -> Contents:
    """Return what is shown, once it is proved to be what was submitted and approved. Raises Conflict where it is not."""
    files = list(publication.files.order_by("pk"))
    if content_hash(publication, files) != publication.content_hash:
        raise Conflict("publication.altered", _("内容与复核时不一样，暂不显示。请联系县里的管理员。"))
    return Contents(publication.title, publication.columns, publication.rows, files)


def doubts(publication: Publication) -> list[Finding]:
    """Return what the guard found doubtful in a list."""
    return [Finding(**one) for one in publication.doubts]
