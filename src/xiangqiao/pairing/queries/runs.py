"""Runs and their proposals."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.pairing.models import Proposal, Run


def _seen(viewer: AnyViewer) -> QuerySet[Run]:
    """A run is seen by who sees any of its proposals; its totals are of the division it was made for."""
    proposals = Proposal.objects.filter(scope(viewer, Can.READ_PAIRING, subject=None))
    return Run.objects.filter(pk__in=proposals.values("run"))


def latest_run(viewer: AnyViewer) -> Run | None:
    """Return the newest run that is not discarded."""
    return _seen(viewer).exclude(state=Run.State.DISCARDED).order_by("-id").first()


def run_named(viewer: AnyViewer, public_id: UUID) -> Run:
    """Return one run. Raises Run.DoesNotExist where unseen."""
    return _seen(viewer).get(public_id=public_id)


def proposals_of(viewer: AnyViewer, run: Run) -> QuerySet[Proposal]:
    """Return the proposals of a run that a viewer sees, with cadre and unit."""
    return Proposal.objects.visible_to(viewer).filter(run=run).select_related("cadre__unit")
