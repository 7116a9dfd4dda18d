"""The information services at a glance: what waits, what is late, how it is going, what waits for a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.cards import Figure, Line
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.kernel.ui.tables import Column, DataTable, Row
from xiangqiao.services import actions, queries
from xiangqiao.services.desk_forms import DutyForm
from xiangqiao.services.pages.parts import Panel, act_of, day, place_choices, place_name, tried
from xiangqiao.services.words import PERIODS, Announced, Crop, Topic


def desk_tabs(request: DeskRequest, active: str) -> list[Tab]:
    """Return the views of the services that a person may open."""
    can = request.viewer.can
    views = [
        ("desk", _("总体情况"), Can.READ_SERVICES), ("questions", _("问题"), Can.ANSWER), ("applications", _("申请"), Can.ANSWER),
        ("boards", _("供求、务工、培训"), Can.MANAGE_SERVICES), ("our_announcements", _("公告"), Can.MANAGE_SERVICES), ("duties", _("职责清单"), Can.MANAGE_SERVICES),
        ("counter", _("站点代办"), Can.KEEP_STATION),
    ]  # fmt: skip
    return [
        Tab(title, reverse(f"services:{name}"), active=name == active)
        for name, title, act in views
        if can(act)
    ]


@page(Can.READ_SERVICES)
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """Show how questions, transfers and boards stand, as totals."""
    found = queries.question_totals(request.viewer, request.viewer.today)
    may_list = request.viewer.can(Can.ANSWER)
    listing = reverse("services:questions") if may_list else ""

    def to(query: str) -> str:
        return f"{listing}?{query}" if listing else ""

    figures = [
        Figure(_("提问"), found.asked, pgettext("questions", "件"), to(""), meaning=_("您看得到的范围内，从头到现在。")),
        Figure(_("已答复"), numbers.share(found.answered, found.asked), "", to("state=ANSWERED"), _("%(n)d / %(of)d 件") % {"n": found.answered, "of": found.asked}),
        Figure(_("已解决"), numbers.share(found.solved, found.rated), "", to("state=CLOSED"), _("评价过的 %(of)d 件中 %(n)d 件") % {"n": found.solved, "of": found.rated}),
        Figure(_("满意"), numbers.share(found.satisfied, found.rated), "", to("state=CLOSED"), _("评价过的 %(of)d 件中 %(n)d 件") % {"n": found.satisfied, "of": found.rated}),
        Figure(_("超期没答"), found.overdue, pgettext("questions", "件"), to("state=overdue"), _("没办完的 %(of)d 件中") % {"of": found.open}, tone="orange" if found.overdue else ""),
    ]  # fmt: skip
    moved = queries.transfer_totals()
    lines = [
        Line(_("报名务工 %(n)d 人，安排上车 %(m)d 人") % {"n": moved["applied"], "m": moved["seated"]}),
        Line(_("到岗 %(n)d 人；三个月回访 %(m)d 人，仍在岗 %(k)d 人") % {"n": moved["arrived"], "m": moved["asked"], "k": moved["working"]}),
    ]  # fmt: skip
    context = {
        "tabs": desk_tabs(request, "desk"),
        "figures": figures,
        "moved": lines,
        "waiting": queries.waiting_for(request.viewer),
        "questions_url": to("state=open"),
        "notices": _notices(request),
        "may_ask_for": True,
        "key": new_id(),
    }
    return render(request, "services/desk.html", context)


def _notices(request: DeskRequest) -> list[dict[str, Any]]:
    """What waits for this person as the second one, with every column that the public would see."""
    if not request.viewer.can(Can.APPROVE_PUBLICATION):
        return []
    return [
        {
            "row": one,
            "cells": [(_(column["title"]), shown_value(column["key"], column["of"], one.rows[0].get(column["key"]))) for column in one.columns],
            "files": [(file.name, reverse("services:file_under_review", args=[file.public_id])) for file in one.files.all()],
            "doubts": queries.doubts_of(one),
            "url": reverse("services:notice", args=[one.public_id]),
        }
        for one in queries.notices_waiting().prefetch_related("files")[:20]
        if request.viewer.can(Can.APPROVE_PUBLICATION, one.division_code) and one.submitted_by != request.viewer.user.public_id
    ]  # fmt: skip


def shown_value(key: str, of: str, value: Any) -> Any:
    """Return a value of a publication as the public will read it."""
    if of == "FEN":
        return _("%(yuan)s 元") % {"yuan": numbers.yuan(value)} if value is not None else _("价格面议")
    if key == "kind":
        return _("供应") if value == "OFFER" else _("求购")
    named = {"crop": Crop, "topic": Topic, "sort": Announced}.get(key)
    if named is not None and value in named.values:
        return str(named(value).label)
    return str(PERIODS[value]) if key == "period" and value in PERIODS else value


@page(Can.APPROVE_PUBLICATION)
@require_POST
def notice(request: DeskRequest, notice_id: UUID) -> HttpResponse:
    """Let a publication out or send it back, as the second person."""
    try:
        row = queries.notice_named(notice_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    act = act_of(request, request.POST.get("reason", "").strip())
    if request.POST.get("step") == "send_back":
        actions.send_back_out(act=act, publication=row)
        messages.success(request, _("已退回。"))
    else:
        actions.approve_out(act=act, publication=row)
        messages.success(request, _("已公布。"))
    return redirect("services:desk")


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def duties(request: DeskRequest) -> HttpResponse:
    """Show the duty list and take a new line of it."""
    today = request.viewer.today
    offices = list(queries.offices())
    places = [(code, place_name(code)) for code in request.viewer.divisions(Can.MANAGE_SERVICES)]
    form = DutyForm(request.POST or None, offices=offices, places=[*places, *place_choices()])
    if request.method == "POST" and tried(form, lambda: _put(request, form, offices)):
        messages.success(request, _("职责清单已更新，从今天起按新的转办。"))
        return redirect("services:duties")
    rows = [
        Row(
            [
                one.get_topic_display(),
                place_name(one.division_code),
                one.office.name,
                one.working_days,
                day(one.valid_from),
            ]
        )
        for one in queries.duties(today)
    ]
    table = DataTable(
        id="duties", caption=_("职责清单"), rows=rows,
        columns=(
            Column("topic", _("类别")), Column("place", _("地方")), Column("office", _("负责单位")),
            Column("days", _("答复时限"), unit=_("工作日"), numeric=True), Column("from", _("从何时起")),
        ),
    )  # fmt: skip
    context = {
        "tabs": desk_tabs(request, "duties"),
        "heading": _("职责清单"),
        "lede": _("哪方面的事、哪个地方、归哪个单位、几天答复。近的地方优先：村里定了的按村，没定的按县。"),
        "table": table,
        "panels": [Panel(_("加一条"), request.path, _("保存"), form)],
        "key": new_id(),
    }
    return render(request, "services/desk_list.html", context, status=422 if form.is_bound else 200)


def _put(request: DeskRequest, form: DutyForm, offices: list[Any]) -> None:
    given = form.cleaned_data
    office = next(one for one in offices if str(one.public_id) == given["office"])
    actions.put_duty(
        act=act_of(request), topic=given["topic"], division_code=given["division"], office=office,
        working_days=given["working_days"], on=request.viewer.today,
    )  # fmt: skip
