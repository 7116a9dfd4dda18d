"""Long work of the register, done by the worker in the name of who started it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.models import Job, Source
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Batch

CHECK, APPLY, UNDO = "people.check_batch", "people.apply_batch", "people.undo_batch"


def _result(job: Job) -> str:
    return reverse("people:batch", args=[job.params["batch"]])


@jobs.kind(CHECK, title=gettext_lazy("核对表格"), result_url=_result)
def check_batch(run: jobs.Running) -> None:
    """Check an uploaded batch."""
    _work(run, "check_batch")


@jobs.kind(APPLY, title=gettext_lazy("表格入库"), result_url=_result)
def apply_batch(run: jobs.Running) -> None:
    """Apply a checked batch."""
    _work(run, "apply_batch")


@jobs.kind(UNDO, title=gettext_lazy("撤销入库"), result_url=_result)
def undo_batch(run: jobs.Running) -> None:
    """Take an applied batch back."""
    _work(run, "undo_batch")


def _work(run: jobs.Running, verb: str) -> None:
    # Arrow and the checks are loaded by the worker, not by the web process, which imports this module too.
    from xiangqiao.people.actions import intake

    words = {
        "check": _("读表、核对"),
        "read": _("准备数据"),
        "households": _("写入农户"),
        "persons": _("写入成员"),
        "memberships": _("写入家庭关系"),
        "log": _("写入记录"),
        "undo": _("撤销"),
        "done": _("完成"),
    }
    now = clock.now()
    owner = User.objects.get(public_id=str(run.job.owner))
    viewer = Viewer.of(owner, clock.day_of(now))
    batch = Batch.objects.get(public_id=run.params["batch"])
    getattr(intake, verb)(
        act=Act(by=viewer, at=now, source=Source.IMPORT),
        viewer=viewer,
        batch=batch,
        progress=lambda step, done, total: run.advance(done, total=total, message=words[step]),
    )
