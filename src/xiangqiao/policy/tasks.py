"""Long work of policy: screening the register."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangqiao.accounts.queries import user_for_code
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.kernel.record import Act
from xiangqiao.policy.actions import screen

SCREEN = "policy.screen"


@jobs.kind(SCREEN, title=gettext_lazy("政策筛查"), result_url=lambda _job: reverse("policy:policies"))
def screen_register(run: jobs.Running) -> None:
    """Screen the register as of the day the job names, in the name of who started it."""
    user = user_for_code(str(run.job.owner))
    if user is None:
        raise NotAllowed("not_allowed", _("发起人已经停用，筛查没有做。"))
    now = clock.now()
    viewer = Viewer.of(user, clock.day_of(now))
    as_of = date.fromisoformat(run.params["as_of"])
    screen(act=Act(viewer, now), viewer=viewer, as_of=as_of, progress=run.tick)
