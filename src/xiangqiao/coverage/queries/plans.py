"""Plans and projects."""

from __future__ import annotations

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import Plan, Project


def plans(viewer: AnyViewer) -> QuerySet[Plan]:
    """Return the plans that a viewer sees, newest first."""
    return Plan.objects.visible_to(viewer).order_by("-at", "-id")


def projects(viewer: AnyViewer) -> QuerySet[Project]:
    """Return the projects that a viewer sees, those on the way first."""
    return Project.objects.visible_to(viewer).select_related("plan").order_by("state", "name", "id")
