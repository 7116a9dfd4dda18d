"""Jobs and courses, as everybody sees them: apply, take a seat, see how it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.services import actions, published, queries
from xiangqiao.services.forms import PlacedForm
from xiangqiao.services.pages.asking import asker_of
from xiangqiao.services.pages.parts import (
    Panel,
    act_of,
    day,
    note_opened,
    own_act,
    own_or_none,
    person_of,
    place_choices,
    public_page,
    state_tag,
    take_code,
    title_of,
    tried,
)
from xiangqiao.services.pages.way import way_of
from xiangqiao.services.words import PERIODS

_CAME = {True: gettext_lazy("到课"), False: gettext_lazy("缺课"), None: ""}


def wage_words(row: dict[str, Any]) -> str:
    """Return a wage in words."""
    span = (numbers.yuan(row["wage_from"]), numbers.yuan(row["wage_to"]))
    amount = span[0] if span[0] == span[1] else f"{span[0]}–{span[1]}"
    return _("每%(period)s %(amount)s 元") % {"period": PERIODS[row["period"]], "amount": amount}


@public
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs that checked employers offer now."""
    entries = [
        {
            "title": one.row["title"],
            "href": reverse("services:job", args=[one.subject]),
            "tag": Tag(_("用工单位已核实"), "green"),
            "amount": wage_words(one.row),
            "lines": [
                f"{one.row['employer']} · {one.row['where']}",
                one.row["wants"],
                _("招 %(n)d 人，%(day)s 前报名") % {"n": one.row["places"], "day": one.row["until"]},
            ],
        }
        for one in queries.goods_board(published.JOB.code, clock.now())
    ]
    context = {
        "heading": _("务工岗位"),
        "lede": _("用工单位都查过执照、查过有没有欠薪。报名后由县里统一安排车，三个月后回访。"),
        "entries": entries,
        "empty": _("现在没有在招的岗位。"),
    }
    return public_page(request, "services/public_list.html", "jobs", context)


@public
@require_http_methods(["GET", "POST"])
def job(request: HttpRequest, vacancy_id: UUID) -> HttpResponse:
    """Show one job and take an application."""
    one = queries.entry(published.JOB.code, vacancy_id, clock.now())
    if one is None:
        raise Http404
    row = one.row
    facts = [
        (_("用工单位"), row["employer"]),
        (_("地点"), row["where"]),
        (_("工资"), wage_words(row)),
        (_("人数"), row["places"]),
        (_("要求"), row["wants"] or None),
        (_("路费补助"), _("%(yuan)s 元") % {"yuan": numbers.yuan(row["grant"])} if row["grant"] else None),
        (_("报名截止"), _("%(day)s 前") % {"day": row["until"]}),
    ]
    return _offer(
        request,
        "jobs",
        row["title"],
        facts,
        _("我要报名"),
        lambda by, form: _want(request, vacancy_id, by, form),
    )


def _want(request: HttpRequest, vacancy_id: UUID, by: object, form: PlacedForm) -> tuple[str, Any, str]:
    row, code = actions.want_job(
        act=act_of(request), asker=asker_of(by, form), vacancy=queries.vacancy_named(vacancy_id)
    )
    return "worker", row, code


@public
@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses that still take people."""
    free = queries.free_seats()
    entries = [
        {
            "title": one.row["title"],
            "href": reverse("services:course", args=[one.subject]),
            "tag": Tag(_("名额已满"), "grey") if free.get(one.subject) == 0 else Tag(_("可以报名"), "green"),
            "amount": _("剩 %(n)d 个名额") % {"n": free.get(one.subject, 0)},
            "lines": [
                one.row["about"],
                f"{one.row['organiser']} · {one.row['place']}",
                _("%(day)s 开课") % {"day": one.row["first_day"] or pgettext("day", "待定")},
            ],
        }
        for one in queries.goods_board(published.COURSE.code, clock.now())
    ]
    context = {
        "heading": _("劳动力培训"),
        "lede": _("免费的种养和务工培训。留姓名和电话就能报名，来不了请早点取消，把名额让给别人。"),
        "entries": entries,
        "empty": _("现在没有正在报名的培训。"),
    }
    return public_page(request, "services/public_list.html", "courses", context)


@public
@require_http_methods(["GET", "POST"])
def course(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Show one course and give a seat."""
    one = queries.entry(published.COURSE.code, course_id, clock.now())
    if one is None:
        raise Http404
    row = one.row
    days = "、".join(f"{day(d.on)} {d.hours}" for d in queries.course_named(course_id).days.order_by("on"))
    facts = [
        (_("内容"), row["about"]),
        (_("主办"), row["organiser"]),
        (_("地点"), row["place"]),
        (_("上课时间"), days or None),
        (_("剩余名额"), queries.free_seats().get(course_id)),
        (_("报名截止"), _("%(day)s 前") % {"day": row["until"]}),
    ]
    return _offer(
        request,
        "courses",
        row["title"],
        facts,
        _("我要报名"),
        lambda by, form: _seat(request, course_id, by, form),
    )


def _seat(request: HttpRequest, course_id: UUID, by: object, form: PlacedForm) -> tuple[str, Any, str]:
    row, code = actions.enrol(
        act=act_of(request), asker=asker_of(by, form), course=queries.course_named(course_id)
    )
    return "seat", row, code


def _offer(
    request: HttpRequest, active: str, title: str, facts: list[Any], button: str, do: Any
) -> HttpResponse:
    """Draw an offer with its form, and send who took it to the own page."""
    by = person_of(request)
    form = PlacedForm(
        request.POST or None,
        places=place_choices(),
        initial={"name": by.user.name if isinstance(by, Viewer) else ""},
    )
    form.fields["name"].required = True
    made: list[Any] = []
    if request.method == "POST" and tried(form, lambda: made.append(do(by, form))):
        kind, row, code = made[0]
        note_opened(request, row.public_id, code)
        return redirect(f"services:own_{kind}", row.public_id)
    heads = {"jobs": _("务工岗位"), "courses": _("培训")}
    context = {
        "heading": title, "facts": facts, "form": form, "button": button, "form_title": pgettext("button", "报名"),
        "crumbs": [Link(heads[active], reverse(f"services:{active}")), Link(title, "")],
    }  # fmt: skip
    return public_page(request, "services/matter.html", active, context)


@public
@require_GET
def own_worker(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Show an applicant for work how it stands: the bus, the day, the place."""
    row = own_or_none(request, "worker", applicant_id)
    if row is None:
        return redirect("services:follow")
    group = row.group
    context = {
        "heading": title_of("worker", row),
        "tag": state_tag(row),
        "code": take_code(request, row.public_id),
        "facts": [
            (_("报名的人"), row.asker_name),
            (_("报名日期"), day(row.applied_on)),
            (_("出发"), day(group.leaves_on) if group else None),
            (_("集合地点"), group.meet_at if group else None),
            (_("车"), group.bus if group else None),
            (_("到岗"), day(row.arrived_on)),
        ],
        "way": way_of(row),
        "crumbs": [Link(_("查进度"), reverse("services:follow")), Link(title_of("worker", row), "")],
    }
    return public_page(request, "services/own.html", "follow", context)


@public
@require_http_methods(["GET", "POST"])
def own_seat(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Show who is enrolled the course's days, and let them give the seat back."""
    row = own_or_none(request, "seat", enrolment_id)
    if row is None:
        return redirect("services:follow")
    if request.method == "POST":
        actions.cancel_seat(act=own_act(request, row), enrolment=row)
        messages.success(request, _("已取消，名额让给了别人。"))
        return redirect("services:own_seat", enrolment_id)
    panels = [Panel(_("来不了？"), request.path, _("取消报名"), None, kind="", confirm=_("确定取消吗？"))]
    came = {one.day_id: one.came for one in row.presences.all()}
    context = {
        "heading": title_of("seat", row),
        "tag": Tag(_("已取消"), "grey") if row.cancelled_on else Tag(_("已报名"), "green"),
        "code": take_code(request, row.public_id),
        "facts": [
            (_("参加的人"), row.asker_name),
            (_("地点"), row.course.place),
            *(
                (day(one.on) or "", f"{one.hours} {_CAME[came.get(one.pk)]}")
                for one in row.course.days.order_by("on")
            ),
        ],
        "way": way_of(row),
        "panels": [] if row.cancelled_on else panels,
        "crumbs": [Link(_("查进度"), reverse("services:follow")), Link(title_of("seat", row), "")],
    }
    return public_page(request, "services/own.html", "follow", context)
