"""A project: where it stands, which points wait, and the steps to acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.coverage import queries
from xiangqiao.coverage.actions.project import accept_project, cancel_project, mark_built, unmeasured
from xiangqiao.coverage.forms import AcceptForm, DayForm, ReasonForm
from xiangqiao.coverage.pages.parts import act_of
from xiangqiao.coverage.rules import PROJECT_STEPS
from xiangqiao.coverage.words import PROJECT_KINDS, place_name, standing_tags
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.people.queries import HouseholdFilter, households

if TYPE_CHECKING:
    from xiangqiao.coverage.models import Project


@page(Can.READ_COVERAGE)
@require_GET
def project(request: DeskRequest, project_id: UUID) -> HttpResponse:
    """Show a project."""
    return _show(request, _project(request, project_id))


def _show(request: DeskRequest, found: Project, error: str = "") -> HttpResponse:
    wanted = queries.points(request.viewer).filter(public_id__in=found.targets)
    known = queries.points_with_standing(list(wanted), request.viewer.today)
    rows = [
        Row(
            [
                Cell(one.site.name, sub=place_name(one.site.division_code)),
                one.site.households,
                standing_tags(one.mobile),
            ],
            href=reverse("coverage:point", args=[one.site.public_id]),
        )
        for one in known
    ]
    columns = [
        Column("name", _("点位")),
        Column("households", _("户数"), numeric=True),
        Column("now", _("现在")),
    ]
    steps = (
        PROJECT_STEPS[found.state]
        if request.viewer.can(Can.MANAGE_COVERAGE, found.division_code)
        else frozenset()
    )

    facts: list[tuple[str, object]] = [
        (_("做法"), str(PROJECT_KINDS[found.kind])), (_("所在"), place_name(found.division_code)),
        (_("花费"), _("%(n)s 元") % {"n": yuan(found.cost_fen)}), (_("状态"), str(found.get_state_display())),
        (_("建成日期"), found.built_on and formats.date_format(found.built_on, "DATE_FORMAT")),
        (_("验收日期"), found.accepted_on and formats.date_format(found.accepted_on, "DATE_FORMAT")),
    ]  # fmt: skip
    context = {
        "project": found, "facts": facts, "error": error, "key": new_id(),
        "table": DataTable(id="targets", caption=_("等着它的点位"), columns=columns, rows=rows),
        "missing": unmeasured(found) if found.state == "BUILT" else [],
        "built_form": DayForm(initial={"on": request.viewer.today}) if "BUILT" in steps else None,
        "accept_form": AcceptForm() if "ACCEPTED" in steps else None,
        "cancel_form": ReasonForm() if "CANCELLED" in steps else None,
        "crumbs": [Link(_("网络覆盖"), reverse("coverage:desk")), Link(_("缺口与方案"), reverse("coverage:plans")), Link(found.name, "")],
    }  # fmt: skip
    return render(request, "coverage/project.html", context, status=422 if error else 200)


@page(Can.MANAGE_COVERAGE)
@require_POST
def built(request: DeskRequest, project_id: UUID) -> HttpResponse:
    """Put on record that it stands."""
    found, form = _project(request, project_id), DayForm(request.POST)
    if not form.is_valid():
        return _show(request, found, _("请填建成日期。"))
    try:
        mark_built(act=act_of(request), viewer=request.viewer, project=found, on=form.cleaned_data["on"])
    except ActionError as error:
        if error.status != 422:
            raise
        return _show(request, found, error.message)
    messages.success(request, _("已记为建成。接着到每个点位实测。"))
    return redirect("coverage:project", project_id)


@page(Can.MANAGE_COVERAGE)
@require_POST
def accept(request: DeskRequest, project_id: UUID) -> HttpResponse:
    """Accept it, once every point was measured."""
    found, form = _project(request, project_id), AcceptForm(request.POST)
    if not form.is_valid():
        return _show(request, found, _("户编号太长，请分次填写。"))
    numbers = set(form.cleaned_data["households"].split())
    homes = list(households(SystemViewer("登记联网"), HouseholdFilter()).filter(household_no__in=numbers))
    unknown = numbers - {one.household_no for one in homes}
    if unknown:
        return _show(
            request, found, _("没有这些户编号：%(numbers)s。") % {"numbers": " ".join(sorted(unknown))}
        )
    try:
        accept_project(
            act=act_of(request),
            viewer=request.viewer,
            project=found,
            households=tuple(one.public_id for one in homes),
        )
    except ActionError as error:
        if error.status != 422:
            raise
        return _show(request, found, error.message)
    messages.success(request, _("已验收，点位记为核实。"))
    return redirect("coverage:project", project_id)


@page(Can.MANAGE_COVERAGE)
@require_POST
def cancel(request: DeskRequest, project_id: UUID) -> HttpResponse:
    """Give it up, with a reason."""
    found, form = _project(request, project_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, _("请写明取消的原因。"))
    cancel_project(act=act_of(request, form.cleaned_data["reason"]), viewer=request.viewer, project=found)
    messages.success(request, _("项目已取消。"))
    return redirect("coverage:project", project_id)


def _project(request: DeskRequest, project_id: UUID) -> Project:
    found = queries.projects(request.viewer).filter(public_id=project_id).first()
    if found is None:
        raise Http404
    return found
