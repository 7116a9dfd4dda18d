"""The shelf of resources, and the reading corners."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.learning.models import Book, Loan, Resource


def resources(*, text: str = "", subject: str = "") -> QuerySet[Resource]:
    """Return the resources on the shelf, newest first; `text` is looked for in title, words and source."""
    rows = Resource.objects.filter(withdrawn_on__isnull=True)
    if subject:
        rows = rows.filter(subject=subject)
    found = Q(title__icontains=text) | Q(about__icontains=text) | Q(source__icontains=text)
    return (rows.filter(found) if text else rows).order_by("subject", "grade", "-id")


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
