"""The boards at the service centre: jobs with their buses and workers, courses with their days and who came."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.services import actions, queries
from xiangqiao.services.desk_forms import BusForm, CourseForm, JobForm
from xiangqiao.services.following import phone_of
from xiangqiao.services.pages.desk import desk_tabs
from xiangqiao.services.pages.parts import Panel, act_of, day, state_tag, tried
from xiangqiao.services.rules.labour import follow_up_due


@page(Can.MANAGE_SERVICES)
@require_GET
def boards(request: DeskRequest) -> HttpResponse:
    """List the jobs and courses with how far they are."""
    today = request.viewer.today
    jobs = DataTable(
        id="jobs", caption=_("务工岗位"),
        columns=(
            Column("title", _("岗位")), Column("places", _("要"), unit=_("人"), numeric=True),
            Column("wanted", _("报名"), unit=_("人"), numeric=True), Column("arrived", _("到岗"), unit=_("人"), numeric=True),
            Column("working", _("三个月后仍在"), unit=_("人"), numeric=True), Column("until", _("截止")),
        ),
        rows=[
            Row(
                [Cell(row.title, sub=row.employer), row.places, _count(row, "wanted"), _count(row, "arrived"),
                 _count(row, "working"), day(row.valid_to)],
                href=reverse("services:workers", args=[row.public_id]), label=row.title,
            )
            for row in queries.vacancies(today, open_only=False)[:50]
        ],
        empty=Empty(_("还没有岗位"), _("点“发布岗位”。")),
    )  # fmt: skip
    courses = DataTable(
        id="courses", caption=_("培训"),
        columns=(Column("title", _("课程")), Column("seats", _("名额"), numeric=True), Column("taken", _("已报"), numeric=True), Column("until", _("报名截止"))),
        rows=[
            Row(
                [Cell(row.title, sub=row.place), row.seats, row.taken, day(row.apply_until)],
                href=reverse("services:roll", args=[row.public_id]), label=row.title,
            )
            for row in queries.courses(today, open_only=False)[:50]
        ],
        empty=Empty(_("还没有培训"), _("点“发布培训”。")),
    )  # fmt: skip
    context = {
        "tabs": desk_tabs(request, "boards"), "heading": _("供求、务工、培训"),
        "lede": _("岗位和培训发布后，要由第二个人复核才公开。供求由乡亲们自己发，在总体情况页复核。"),
        "tables": [jobs, courses], "action": Link(_("发布岗位"), reverse("services:new_job"), icon="plus"),
        "second": Link(_("发布培训"), reverse("services:new_course"), icon="plus"),
    }  # fmt: skip
    return render(request, "services/desk_list.html", context)


def _count(row: Any, name: str) -> int:
    return int(getattr(row, name))


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def new_job(request: DeskRequest) -> HttpResponse:
    """Offer a job and hand it to the second person."""
    return _new(request, JobForm(request.POST or None), _("发布岗位"), _offer)


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def new_course(request: DeskRequest) -> HttpResponse:
    """Plan a course and hand it to the second person."""
    return _new(request, CourseForm(request.POST or None), _("发布培训"), _plan)


def _new(request: DeskRequest, form: Any, title: str, do: Any) -> HttpResponse:
    if request.method == "POST" and tried(form, lambda: do(request, form.cleaned_data)):
        messages.success(request, _("已送复核，第二个人看过后公开。"))
        return redirect("services:boards")
    context = {
        "tabs": desk_tabs(request, "boards"), "heading": title, "form": form, "button": _("送复核"), "key": new_id(),
        "crumbs": [Link(_("供求、务工、培训"), reverse("services:boards")), Link(title, "")],
    }  # fmt: skip
    return render(request, "services/desk_form.html", context, status=422 if form.is_bound else 200)


def _offer(request: DeskRequest, given: dict[str, Any]) -> None:
    actions.post_job(
        act=act_of(request), division_code=request.viewer.divisions(Can.MANAGE_SERVICES)[0], valid_from=request.viewer.today,
        valid_to=given["valid_to"] + timedelta(days=1), wage_from_fen=int(given["wage_from"] * 100),
        wage_to_fen=int(given["wage_to"] * 100), travel_grant_fen=int((given["travel_grant"] or 0) * 100),
        **{name: given[name] for name in ("title", "employer", "employer_checked", "where", "period", "places", "wants")},
    )  # fmt: skip


def _plan(request: DeskRequest, given: dict[str, Any]) -> None:
    actions.post_course(
        act=act_of(request), division_code=request.viewer.divisions(Can.MANAGE_SERVICES)[0], seats=given["seats"],
        apply_until=given["apply_until"] + timedelta(days=1), days=[(given["first_day"], given["hours"])],
        **{name: given[name] for name in ("title", "about", "teacher", "organiser", "place")},
    )  # fmt: skip


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def workers(request: DeskRequest, vacancy_id: UUID) -> HttpResponse:
    """Show who applied for a job: seats on buses, arrivals, the question after three months."""
    try:
        job = queries.vacancy_named(vacancy_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.viewer.demand(Can.MANAGE_SERVICES, job.division_code)
    step = request.POST.get("step", "")
    form = BusForm(request.POST if step == "bus" else None)
    if request.method == "POST" and step != "bus":
        _move(request, job, step)
        return redirect("services:workers", vacancy_id)
    if request.method == "POST" and tried(
        form, lambda: actions.plan_bus(act=act_of(request), vacancy=job, **form.cleaned_data)
    ):
        messages.success(request, _("已排车。"))
        return redirect("services:workers", vacancy_id)
    buses = list(job.groups.order_by("leaves_on"))
    context = {
        "tabs": desk_tabs(request, "boards"),
        "job": job,
        "buses": [(bus, day(bus.leaves_on), bus.seats - bus.taken) for bus in buses],
        "people": [
            {"row": row, "tag": state_tag(row), "phone": phone_of(row), "ask": follow_up_due(row.arrived_on, row.state, request.viewer.today)}
            for row in job.applicants.select_related("group").order_by("id")
        ],
        "free": [bus for bus in buses if bus.taken < bus.seats],
        "panels": [Panel(_("排一辆车"), request.path, _("排车"), form, "bus")],
        "key": new_id(),
        "crumbs": [Link(_("供求、务工、培训"), reverse("services:boards")), Link(job.title, "")],
    }  # fmt: skip
    return render(request, "services/workers.html", context, status=422 if form.is_bound else 200)


def _move(request: DeskRequest, job: Any, step: str) -> None:
    row = job.applicants.filter(public_id=request.POST.get("person") or None).first()
    if row is None:
        raise Http404
    act, today = act_of(request), request.viewer.today
    if step == "seat":
        bus = job.groups.filter(public_id=request.POST.get("group") or None).first()
        if bus is None:
            raise Http404
        actions.seat_worker(act=act, group=bus, applicant=row)
    elif step in ("arrive", "decline"):
        actions.note_arrival(act=act, applicant=row, arrived=step == "arrive", on=today)
    else:
        actions.follow_up(act=act, applicant=row, still_working=step == "working")
    messages.success(request, _("已记下。"))


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def roll(request: DeskRequest, course_id: UUID) -> HttpResponse:
    """Show who is enrolled in a course, and take down who came on a day."""
    try:
        course = queries.course_named(course_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.viewer.demand(Can.MANAGE_SERVICES, course.division_code)
    enrolled = list(
        course.enrolments.filter(cancelled_on__isnull=True).prefetch_related("presences").order_by("id")
    )
    days = list(course.days.order_by("on"))
    if request.method == "POST":
        chosen = next((one for one in days if str(one.public_id) == request.POST.get("day")), None)
        if chosen is None:
            raise Http404
        came = {one.pk for one in enrolled if str(one.public_id) in request.POST.getlist("came")}
        actions.hold_day(act=act_of(request), day=chosen, came=came)
        messages.success(request, _("已点名。"))
        return redirect("services:roll", course_id)
    context = {
        "tabs": desk_tabs(request, "boards"),
        "course": course,
        "days": [{"row": one, "day": day(one.on), "came": _came(enrolled, one.pk)} for one in days],
        "enrolled": [(one, phone_of(one)) for one in enrolled],
        "key": new_id(),
        "crumbs": [Link(_("供求、务工、培训"), reverse("services:boards")), Link(course.title, "")],
    }
    return render(request, "services/roll.html", context)


def _came(enrolled: list[Any], day_id: int) -> list[dict[str, Any]]:
    return [
        {"one": one, "came": any(p.came for p in one.presences.all() if p.day_id == day_id)}
        for one in enrolled
    ]
