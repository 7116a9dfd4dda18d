"""The shelf of resources, and the reading corners."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.models import Publication
from xiangqiao.learning.models import Book, Loan, Resource
from xiangqiao.learning.published import RESOURCE

_MOST = 200


def resources(*, now: datetime, text: str = "", subject: str = "") -> QuerySet[Resource]:
    """Return the resources that the public sees at a moment; `text` is looked for in title, words and source."""
    out = guard.visible(RESOURCE.code, now).order_by().values("subject")
    rows = Resource.objects.filter(withdrawn_on__isnull=True, public_id__in=out)
    if subject:
        rows = rows.filter(subject=subject)
    found = Q(title__icontains=text) | Q(about__icontains=text) | Q(source__icontains=text)
    return (rows.filter(found) if text else rows).order_by("subject", "grade", "-id")


def licences() -> dict[str, str]:
    """Return the licences under which a resource may stand on the shelf, in the reader's language."""
    return {code: str(label) for code, label in Resource.Licence.choices}


def shelved() -> list[tuple[Resource, Publication | None]]:
    """Return what the office put on the shelf, newest first, each with its newest publication.

    What was sent back or taken down stays in the list: whoever put it reads why.
    """
    rows = list(Resource.objects.order_by("-id")[:_MOST])
    notices = {
        one.public_id: one for one in Publication.objects.filter(public_id__in=[one.notice for one in rows])
    }
    return [(one, notices.get(one.notice) if one.notice else None) for one in rows]


def shelved_named(public_id: UUID) -> Resource:
    """Return one resource that was not taken down. Raises Resource.DoesNotExist."""
    return Resource.objects.get(public_id=public_id, withdrawn_on__isnull=True)


def resources_waiting() -> QuerySet[Publication]:
    """Return what waits for the second person, oldest first."""
    return guard.waiting(RESOURCE.code)


def books(viewer: AnyViewer) -> QuerySet[Book]:
    """Return the books of the reading corners that a viewer sees."""
    return Book.objects.visible_to(viewer).select_related("school").order_by("school__name", "title")


def book_named(viewer: AnyViewer, public_id: UUID) -> Book:
    """Return one book. Raises Book.DoesNotExist where unseen."""
    return Book.objects.visible_to(viewer).select_related("school").get(public_id=public_id)


def loans_out(viewer: AnyViewer) -> QuerySet[Loan]:
    """Return what is out, the longest due first."""
    seen = Book.objects.visible_to(viewer).order_by().values("pk")
    rows = Loan.objects.filter(book__in=seen, returned_on__isnull=True)
    return rows.select_related("book__school").order_by("due_on", "id")
