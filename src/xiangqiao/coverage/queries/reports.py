"""Reports from the field: those the office answers, and one's own."""

from __future__ import annotations

from django.db.models import QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import FieldReport


def reports(viewer: AnyViewer, state: str = "") -> QuerySet[FieldReport]:
    """Return the reports that a viewer answers, newest first."""
    found = FieldReport.objects.visible_to(viewer, Can.MANAGE_COVERAGE).order_by("-at", "-id")
    return found.filter(state=state) if state else found


def own_reports(viewer: AnyViewer) -> QuerySet[FieldReport]:
    """Return what a viewer reported, newest first; nobody else's."""
    return FieldReport.objects.filter(reporter=viewer.public_id, reporter__isnull=False).order_by(
        "-at", "-id"
    )
