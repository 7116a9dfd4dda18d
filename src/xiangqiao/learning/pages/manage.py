"""What the education office keeps: schools and rooms, the timetable, the shelf of resources."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.queries import people_in
from xiangqiao.accounts.rules import Can, Role
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.learning import actions, queries
from xiangqiao.learning.forms import (
    WEEKDAYS,
    CourseForm,
    RoomForm,
    SlotForm,
    TermForm,
    choose,
)
from xiangqiao.learning.pages.parts import done, moment, tabs
from xiangqiao.places import queries as places


def _teachers(request: DeskRequest) -> dict[str, str]:
    """Return who may teach or look after a room: public id and name."""
    found = people_in((Role.TEACHER, Role.EDUCATION_OFFICE), on=request.viewer.today)
    return {str(one.public_id): one.name for one in found}


@page(Can.READ_LEARNING)
@require_http_methods(["GET", "POST"])
def rooms(request: DeskRequest) -> HttpResponse:
    """List schools and rooms with the newest check of each line, and add one."""
    may = request.viewer.can(Can.MANAGE_LEARNING)
    form = RoomForm(request.POST or None)
    choose(form, "division", _villages())
    choose(form, "assistant", [("", _("先不定")), *_teachers(request).items()])
    if request.method == "POST":
        request.viewer.demand(Can.MANAGE_LEARNING)
        if done(form, lambda given: _put_room(request, given)):
            messages.success(request, _("已保存。"))
            return redirect("learning:rooms")
    table = DataTable(
        id="rooms", caption=_("学校和教室"),
        columns=(
            Column("room", _("教室")), Column("kind", _("用途")), Column("checked", _("最近测线路")),
            Column("kbps", _("速度"), unit=_("千比特每秒"), numeric=True), Column("camera", _("摄像头")),
        ),
        rows=[Row(_cells(one), label=str(one)) for one in queries.rooms(request.viewer)],
        empty=Empty(_("还没有教室"), _("在下面加上主讲教室和听课教室。")),
    )  # fmt: skip
    context = {
        "tabs": tabs(request, "rooms"), "heading": _("学校和教室"), "lede": _("一间教室一个终端：一块屏、一个摄像头、一位助教。"),
        "table": table, "panels": [(_("加一间教室"), form, _("保存"), "")] if may else [], "key": new_id(),
    }  # fmt: skip
    return render(request, "learning/manage.html", context, status=422 if form.errors else 200)


def _cells(one: Any) -> list[Any]:
    camera = {True: Tag(_("好"), "green"), False: Tag(_("没有"), "orange"), None: None}[one.camera]
    return [Cell(one.school.name, sub=one.room), str(one.get_kind_display()), moment(one.checked_at) or None, one.kbps, camera]  # fmt: skip


def _villages() -> list[tuple[str, str]]:
    here = places.county()
    return [(one.code, str(one.name)) for one in places.villages_below(here.code)] if here else []


def _put_room(request: DeskRequest, given: dict[str, Any]) -> None:
    # The room's act carries the key of the form; the school is there or is made on the way.
    school = actions.put_school(
        act=Act(by=request.viewer, at=request.now), name=given["school"], division_code=given["division"]
    )
    actions.put_room(
        act=act_of(request), school=school, room=given["room"], kind=given["kind"], division_code=given["division"],
        assistant=UUID(given["assistant"]) if given["assistant"] else None,
    )  # fmt: skip


@page(Can.MANAGE_LEARNING)
@require_http_methods(["GET", "POST"])
def timetable(request: DeskRequest) -> HttpResponse:
    """Show the term's timetable; add terms, courses and lines; make the dated lessons."""
    term = queries.term_on(request.viewer.today) or queries.terms().first()
    step = request.POST.get("step", "")
    forms = _forms(request, term, step)
    if step == "make" and term is not None:
        count = actions.make_lessons(act=act_of(request), term=term)
        messages.success(request, _("已生成 %(n)d 节课。") % {"n": count})
        return redirect("learning:timetable")
    do = {"term": _put_term, "course": _put_course, "slot": _put_slot}.get(step)
    if do is not None and done(forms[step], lambda given: do(request, term, given)):
        messages.success(request, _("已保存。"))
        return redirect("learning:timetable")
    context = {
        "tabs": tabs(request, "timetable"), "heading": _("排课"),
        "lede": term.name if term else _("先建一个学期。"), "table": _slots(request, term) if term else None,
        "panels": _panels(forms), "make": term is not None, "key": new_id(),
    }  # fmt: skip
    refused = any(form.errors for form in forms.values())
    return render(request, "learning/manage.html", context, status=422 if refused else 200)


def _forms(request: DeskRequest, term: Any, step: str) -> dict[str, Any]:
    rooms = list(queries.rooms(request.viewer))
    made = {
        name: form(request.POST if step == name else None, prefix=name)
        for name, form in (("slot", SlotForm), ("course", CourseForm), ("term", TermForm))
    }
    found = queries.courses(request.viewer, term) if term else []
    choose(made["slot"], "course", [(str(one.public_id), one.title) for one in found])
    choose(made["slot"], "receivers", _of(rooms, "RECEIVE"))
    choose(made["course"], "lead", _of(rooms, "LEAD"))
    choose(made["course"], "teacher", list(_teachers(request).items()))
    return made


def _of(rooms: list[Any], kind: str) -> list[tuple[str, str]]:
    return [(str(one.public_id), str(one)) for one in rooms if one.kind == kind]


def _panels(forms: dict[str, Any]) -> list[tuple[str, Any, str, str]]:
    return [
        (_("排一节课"), forms["slot"], _("排上"), "slot"), (_("加一门课程"), forms["course"], _("保存"), "course"),
        (_("建一个学期"), forms["term"], _("保存"), "term"),
    ]  # fmt: skip


def _slots(request: DeskRequest, term: Any) -> DataTable:
    names = dict(WEEKDAYS)
    return DataTable(
        id="slots", caption=_("课表"),
        columns=(Column("when", _("时间")), Column("course", pgettext("learning", "课程")), Column("lead", _("主讲教室")), Column("rooms", _("听课教室"))),
        rows=[
            Row(
                [f"{names[one.weekday]} {one.begins // 60:02}:{one.begins % 60:02}–{one.ends // 60:02}:{one.ends % 60:02}",
                 Cell(one.course.title, sub=one.course.teacher_name), str(one.course.lead),
                 _("、").join(str(room) for room in one.receivers.all())],
                label=one.course.title,
            )
            for one in queries.slots(request.viewer, term)
        ],
        empty=Empty(_("课表还是空的"), _("先加课程，再把每周哪天几点上排进来。")),
    )  # fmt: skip


def _put_term(request: DeskRequest, _term: Any, given: dict[str, Any]) -> None:
    actions.put_term(act=act_of(request), **given)


def _put_course(request: DeskRequest, term: Any, given: dict[str, Any]) -> None:
    if term is None:
        raise ActionError("learning.no_term", _("先建一个学期。"))
    lead = queries.room_named(request.viewer, UUID(given.pop("lead")))
    teacher = given.pop("teacher")
    actions.put_course(
        act=act_of(request), term=term, lead=lead, teacher=UUID(teacher), teacher_name=_teachers(request)[teacher], **given
    )  # fmt: skip


def _put_slot(request: DeskRequest, term: Any, given: dict[str, Any]) -> None:
    course = queries.courses(request.viewer, term).get(public_id=given.pop("course"))
    receivers = [queries.room_named(request.viewer, UUID(one)) for one in given.pop("receivers")]
    actions.put_slot(act=act_of(request), course=course, receivers=receivers, **given)
