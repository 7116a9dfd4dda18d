"""Reads of imports: batches, problems and questions, as a viewer sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import QueryDict

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.models import Job
from xiangqiao.people.models import Batch, Household, Problem, Question
from xq_engine.divisions import range_of

# How many problems of one import its page shows; all of them are in the marked workbook.
SHOWN = 200
# Steps of an import as numbers of the wizard.
STEP: dict[str, int] = {
    Batch.State.UPLOADED: 1,
    Batch.State.CHECKED: 2,
    Batch.State.APPLIED: 4,
    Batch.State.UNDONE: 4,
    Batch.State.DISCARDED: 4,
}
_OPEN_JOBS = (Job.State.WAITING, Job.State.RUNNING)


def batches(viewer: AnyViewer) -> QuerySet[Batch]:
    """Return the imports that a viewer may work on."""
    return Batch.objects.visible_to(viewer, Can.IMPORT)


def batch(viewer: AnyViewer, public_id: UUID) -> Batch | None:
    """Return one import."""
    return batches(viewer).filter(public_id=public_id).first()


def problems(viewer: AnyViewer, *, state: str = Problem.State.OPEN) -> QuerySet[Problem]:
    """Return the problems of the register that a viewer may settle.

    Those of an import that is not applied yet stand on its own page: a file looked at twice is not listed twice.
    """
    rows = Problem.objects.visible_to(viewer, Can.SETTLE_PROBLEM).select_related("batch")
    return rows.filter(state=state, batch__state=Batch.State.APPLIED)


# Words of an address for more than one severity.
TO_SETTLE, ALL_SEVERITIES = "settle", "all"


def matching_problems(viewer: AnyViewer, query: QueryDict) -> QuerySet[Problem]:
    """Return the open problems that the filters of an address let through.

    Without a severity: those that somebody must mend or answer; hints (totals rows left out) only where asked for.
    """
    rows = problems(viewer)
    if code := query.get("code"):
        rows = rows.filter(code=code)
    severity = query.get("severity") or ("" if code else TO_SETTLE)
    if severity == TO_SETTLE:
        rows = rows.exclude(severity="hint")
    elif severity and severity != ALL_SEVERITIES:
        rows = rows.filter(severity=severity)
    if (place := query.get("division", "")) and place.isdigit():
        first, after = range_of(place[:12].ljust(12, "0"))
        rows = rows.filter(division_code__gte=first, division_code__lt=after)
    return rows


def problems_of(batch: Batch) -> QuerySet[Problem]:
    """Return the problems of one import in the order of its files."""
    return batch.problems.order_by("workbook", "sheet", "row", "id")


def outcome_word(outcome: str) -> str:
    """Return what a way to settle a problem is called; nothing for one that is none."""
    return str(Problem.State(outcome).label) if outcome in Problem.State.values else ""


def open_job(batch: Batch, kind: str) -> Job | None:
    """Return the job of a kind that waits or works on an import."""
    return Job.objects.filter(kind=kind, state__in=_OPEN_JOBS, params__batch=str(batch.public_id)).first()


def job_of(batch: Batch) -> Job | None:
    """Return the last job about an import while it is open or where it failed."""
    last = Job.objects.filter(params__batch=str(batch.public_id)).order_by("-id").first()
    return last if last and last.state in (*_OPEN_JOBS, Job.State.FAILED) else None


def problem_codes(rows: QuerySet[Problem]) -> dict[str, int]:
    """Return how many problems there are of each code, most first."""
    found = rows.order_by().values("code").annotate(count=Count("id")).order_by("-count", "code")
    return {row["code"]: row["count"] for row in found}


def heads_of(households: set[UUID]) -> dict[UUID, str]:
    """Return what households are called: by their head, or by their number where there is none."""
    rows = Household.objects.filter(public_id__in=households)
    return {
        own: head or number
        for own, head, number in rows.values_list("public_id", "head_name", "household_no")
    }


def questions(viewer: AnyViewer, *, state: str = Question.State.OPEN) -> QuerySet[Question]:
    """Return the questions that a viewer may answer."""
    return Question.objects.visible_to(viewer, Can.SETTLE_PROBLEM).filter(state=state)
