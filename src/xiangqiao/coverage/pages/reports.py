"""Reports from the field: the office reads them and takes them as evidence, or not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import queries
from xiangqiao.coverage.actions.report import answer_report
from xiangqiao.coverage.forms import AnswerForm
from xiangqiao.coverage.pages.parts import act_of, tabs
from xiangqiao.coverage.words import place_name
from xiangqiao.kernel.errors import ActionError
from xiangqiao.places.queries import sites


@page(Can.MANAGE_COVERAGE)
@require_GET
def report_list(request: DeskRequest) -> HttpResponse:
    """List the reports that wait, and those answered lately."""
    waiting = list(queries.reports(request.viewer, "NEW")[:100])
    done = list(queries.reports(request.viewer).exclude(state="NEW")[:30])
    wanted = sites().filter(public_id__in={one.site for one in (*waiting, *done)})
    names = {one.public_id: f"{place_name(one.division_code)} · {one.name}" for one in wanted}
    context = {
        "tabs": tabs(request.viewer, "reports"),
        "waiting": [{"row": one, "place": names.get(one.site, "")} for one in waiting],
        "done": [{"row": one, "place": names.get(one.site, "")} for one in done],
    }
    return render(request, "coverage/reports.html", context)


@page(Can.MANAGE_COVERAGE)
@require_POST
def answer(request: DeskRequest, report_id: UUID) -> HttpResponse:
    """Take a report as evidence, or set it aside with a reason."""
    report = queries.reports(request.viewer).filter(public_id=report_id).first()
    if report is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择采信还是不采信。"))
        return redirect("coverage:reports")
    given = form.cleaned_data
    try:
        answer_report(
            act=act_of(request, given["answer"]), viewer=request.viewer, report=report, state=given["state"]
        )
    except ActionError as error:
        if error.field is None:
            raise
        messages.error(request, error.message)
    else:
        messages.success(request, _("已处理，反映的人能看到答复。"))
    return redirect("coverage:reports")
