"""The progress of long work, to who started it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import jobs
from xiangqiao.kernel.jobs import Job
from xiangqiao.kernel.ui.flow import JobView

_STATES = {
    Job.State.WAITING: "waiting",
    Job.State.RUNNING: "running",
    Job.State.DONE: "done",
    Job.State.FAILED: "failed",
    Job.State.CANCELLED: "stopped",
}


def view_of(job: Job) -> JobView:
    """Return a job as the progress part shows it, for any page that embeds one."""
    kind = jobs.kind_of(job)
    return JobView(
        key=str(job.public_id),
        title=str(kind.title),
        state=_STATES[Job.State(job.state)],  # type: ignore[arg-type]
        done=job.done,
        total=job.total or None,
        message=job.message,
        poll_url=reverse("job", args=[job.public_id]),
        cancel_url=reverse("cancel_job", args=[job.public_id]),
        result_url=kind.result_url(job),
    )


@page()
@never_cache
@require_GET
def job(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Show one's own job; asked by HTMX, only the moving part."""
    found = _own_job(request, job_id)
    template = "accounts/_job.html" if request.headers.get("HX-Request") == "true" else "accounts/job.html"
    return render(request, template, {"job": view_of(found)})


@page()
@require_POST
def cancel_job(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Ask one's own job to stop."""
    jobs.cancel(_own_job(request, job_id))
    return redirect("job", job_id)


def _own_job(request: DeskRequest, job_id: UUID) -> Job:
    found = jobs.present(job_id)
    if found is None or not (
        found.owner == request.viewer.public_id or request.viewer.can(Can.MANAGE_SYSTEM)
    ):
        raise Http404
    return found
