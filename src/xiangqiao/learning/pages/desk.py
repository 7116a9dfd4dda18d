"""The shared classroom as the education office sees it: rates with their denominators, and each lesson behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.learning import actions, queries
from xiangqiao.learning.forms import CancelForm
from xiangqiao.learning.pages.parts import day_and_hours, done, kept_tag, moment, or_404, state_tag, tabs
from xiangqiao.learning.rules.kept import Kept

_SHOWN = 100


@page(Can.READ_LEARNING)
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """Show how the term goes, by school."""
    today = request.viewer.today
    term = queries.term_on(today)
    context: dict[str, Any] = {"tabs": tabs(request, "desk"), "term": term}
    if term is not None:
        found = queries.outcomes(
            request.viewer, first=term.first_day, last=min(today, term.last_day), now=request.now
        )
        context["figures"] = _figures(found, queries.opened(request.viewer, term, found, today=today))
        context["table"] = _by_school(found)
    return render(request, "learning/desk.html", context)


def _figures(found: list[queries.Place], opened: queries.Opened) -> list[Figure]:
    total = queries.rates(found)
    listing = reverse("learning:lessons")
    meaning = _("两头都在线的时间达到课时的八成，才算按课表上了。")
    return [
        Figure(_("课表执行率"), numbers.share(total.held, total.planned), "", f"{listing}?kept=HELD", _("%(of)d 节中 %(n)d 节") % {"n": total.held, "of": total.planned}, meaning=meaning),
        Figure(_("七天内看了回放"), total.caught_up, pgettext("lessons", "节"), f"{listing}?kept=REPLAYED", _("没赶上直播的 %(of)d 节中") % {"of": total.planned - total.held}),
        Figure(_("开课率"), numbers.share(opened.taught, opened.asked), "", listing, _("教学计划要求 %(of)d 节，开了 %(n)d 节") % {"n": opened.taught, "of": opened.asked}, meaning=_("直播和回放都算；按已过完的整周。")),
        Figure(_("没上"), total.counts[Kept.MISSED], pgettext("lessons", "节"), f"{listing}?kept=MISSED", _("%(of)d 节中") % {"of": total.planned}, tone="orange" if total.counts[Kept.MISSED] else ""),
        Figure(_("听课人次"), total.heads, "", "", _("助教数的人头，只有合计")),
    ]  # fmt: skip


def _by_school(found: Iterable[queries.Place]) -> DataTable:
    by_school: dict[str, list[queries.Place]] = defaultdict(list)
    for one in found:
        by_school[one.seat.end_point.school.name].append(one)
    rows = []
    for name, places in sorted(by_school.items()):
        total = queries.rates(places)
        href = f"{reverse('learning:lessons')}?school={places[0].seat.end_point.school.public_id}"
        rows.append(
            Row(
                [name, total.planned, total.held, total.caught_up, total.counts[Kept.MADE_UP],
                 total.counts[Kept.MISSED] + total.counts[Kept.CANCELLED], numbers.share(total.held, total.planned)],
                href=href, label=name,
            )
        )  # fmt: skip
    return DataTable(
        id="schools", caption=_("各校"), rows=rows,
        columns=(
            Column("school", _("学校")), Column("planned", _("应上"), numeric=True), Column("held", _("按课表上了"), numeric=True),
            Column("replayed", _("看了回放"), numeric=True), Column("made_up", _("停课已补"), numeric=True),
            Column("missed", _("没上没补"), numeric=True), Column("rate", _("课表执行率"), numeric=True),
        ),
        empty=Empty(_("这个学期还没有课"), _("先在“排课”里排好课表，再点“生成每节课”。")),
    )  # fmt: skip


@page(Can.READ_LEARNING)
@require_GET
def lessons(request: DeskRequest) -> HttpResponse:
    """List lessons room by room, with what became of each; narrowed by outcome or school."""
    today = request.viewer.today
    term = queries.term_on(today)
    first = term.first_day if term is not None else today - timedelta(days=30)
    found = queries.outcomes(request.viewer, first=first, last=_last(term, today), now=request.now)
    wanted, school = request.GET.get("kept", ""), request.GET.get("school", "")
    shown = [
        one for one in reversed(found)
        if (not wanted or one.kept == wanted) and (not school or str(one.seat.end_point.school.public_id) == school)
    ]  # fmt: skip
    table = DataTable(
        id="lessons", caption=_("每节课"), rows=[_row(one) for one in shown[:_SHOWN]],
        columns=(
            Column("when", _("时间")), Column("course", pgettext("learning", "课程")), Column("room", _("听课教室")),
            Column("heads", _("人数"), numeric=True), Column("kept", _("结果")),
        ),
        empty=Empty(_("没有这样的课"), _("换一个条件看看。")),
    )  # fmt: skip
    context = {"tabs": tabs(request, "lessons"), "table": table, "narrowed": wanted or school, "total": len(shown), "most": _SHOWN}  # fmt: skip
    return render(request, "learning/lessons.html", context)


def _last(term: Any, today: date) -> date:
    return min(today, term.last_day) if term is not None else today


def _row(one: queries.Place) -> Row:
    lesson = one.lesson
    return Row(
        [moment(lesson.starts_at), Cell(lesson.course.title, sub=lesson.course.teacher_name), str(one.seat.end_point),
         one.seat.heads, kept_tag(one.kept)],
        href=reverse("learning:lesson", args=[lesson.public_id]), label=lesson.course.title,
    )  # fmt: skip


@page(Can.READ_LEARNING)
@require_http_methods(["GET", "POST"])
def lesson(request: DeskRequest, lesson_id: UUID) -> HttpResponse:
    """Show one lesson: who was connected from when to when, hands and calls; cancel it, with or without a make-up."""
    row = or_404(lambda: queries.lesson_named(request.viewer, lesson_id))
    may = request.viewer.can(Can.MANAGE_LEARNING, row.course.lead.division_code)
    form = CancelForm(request.POST or None)
    if request.method == "POST":
        request.viewer.demand(Can.MANAGE_LEARNING, row.course.lead.division_code)
        if done(form, lambda given: actions.cancel_lesson(act=act_of(request), lesson=row, **given)):
            messages.success(request, _("已停课。"))
            return redirect("learning:lesson", lesson_id)
    spans = DataTable(
        id="spans", caption=_("在线时段"),
        columns=(Column("room", _("教室")), Column("kind", _("方式")), Column("from", _("从")), Column("to", _("到"))),
        rows=[
            Row([str(one.end_point), str(one.get_kind_display()), moment(one.joined_at), moment(one.left_at or one.seen_at)])
            for one in row.presences.select_related("end_point__school").order_by("joined_at")[:_SHOWN]
        ],
        empty=Empty(_("没有人连上过"), _("开课以后，谁在线、从几点到几点，都记在这里。")),
    )  # fmt: skip
    events = [
        (moment(one.at), str(one.end_point), str(one.get_kind_display()), one.text)
        for one in row.events.select_related("end_point__school").order_by("at")[:_SHOWN]
    ]
    context = {
        "lesson": row, "when": day_and_hours(row), "tag": state_tag(row, request.now), "spans": spans, "events": events,
        "seats": [(str(one.end_point), one.heads) for one in row.seats.select_related("end_point__school")],
        "form": form if may and row.state in {"PLANNED", "MISSED"} else None, "key": new_id(),
        "crumbs": [Link(_("每节课"), reverse("learning:lessons")), Link(row.course.title, "")],
    }  # fmt: skip
    return render(request, "learning/lesson.html", context, status=422 if form.errors else 200)
