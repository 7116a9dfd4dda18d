"""Long work of pairing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangqiao.accounts.queries import user_for_code
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.kernel.models import Job
from xiangqiao.kernel.record import Act
from xiangqiao.pairing import actions, queries


def _viewer(job: Job) -> Viewer:
    """Return who started the job, with the posts that are in force now."""
    user = user_for_code(str(job.owner))
    if user is None:
        raise NotAllowed("not_allowed", _("发起的人已停用，没有计算。"))
    return Viewer.of(user, clock.today())


PROPOSE, ACCEPT = "pairing.propose", "pairing.accept"


@jobs.kind(PROPOSE, title=gettext_lazy("计算结对"), result_url=lambda _job: reverse("pairing:desk"))
def propose(run: jobs.Running) -> None:
    """Compute and keep proposals for a division."""
    viewer, given = _viewer(run.job), run.params
    actions.propose(
        act=Act(by=viewer, at=clock.now()),
        viewer=viewer,
        division_code=given["division_code"],
        as_of=date.fromisoformat(given["as_of"]),
        weights=given["weights"],
        progress=run.tick,
    )


@jobs.kind(
    ACCEPT,
    title=gettext_lazy("采纳推荐"),
    result_url=lambda job: reverse("pairing:run", args=[job.params["run"]]),
)
def accept_matching(run: jobs.Running) -> None:
    """Accept what is open of a run and matches the filter of the table, within reach of who asked."""
    viewer = _viewer(run.job)
    found = queries.run_named(viewer, UUID(run.params["run"]))
    wanted = queries.ProposalFilter.of(run.params["wanted"])
    rows = queries.matching_proposals(viewer, found, wanted).filter(state="OPEN")
    mine = [row for row in rows if viewer.can(Can.DECIDE_PAIRING, row.division_code)]
    run.advance(0, total=len(mine))
    actions.accept(act=Act(by=viewer, at=clock.now()), viewer=viewer, proposals=mine)
