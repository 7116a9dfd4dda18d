"""Reads of the log."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.kernel.models import Change, Event


def events_about(subject: UUID) -> QuerySet[Event]:
    """Return the events about a subject, newest first, with their changes at hand."""
    return Event.objects.filter(subject=subject).order_by("-at", "-id").prefetch_related("changes")


def changes_of(subject: UUID) -> QuerySet[Change]:
    """Return every change of a subject, newest first."""
    return Change.objects.filter(subject=subject).order_by("-id").select_related("event")
