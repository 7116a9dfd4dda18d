"""Questions at the office: the list, one question with what can be done next."""

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
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row
from xiangqiao.services import actions, queries
from xiangqiao.services.desk_forms import AnswerForm, OfficeForm, PublishForm, QuestionFilterForm, ReasonForm
from xiangqiao.services.following import phone_of
from xiangqiao.services.pages.desk import desk_tabs
from xiangqiao.services.pages.parts import Panel, act_of, day, place_name, state_tag, tried
from xiangqiao.services.pages.way import way_of
from xiangqiao.services.rules.asking import overdue


@page(Can.ANSWER)
@require_GET
def questions(request: DeskRequest) -> HttpResponse:
    """List the questions of the own office, and for the centre those of its range."""
    today, get = request.viewer.today, request.GET
    state = f"overdue:{today}" if get.get("state") == "overdue" else get.get("state", "")
    rows = queries.questions(
        request.viewer, state=state, topic=get.get("topic", ""), text=get.get("q", "").strip()[:40]
    )
    part = page_of(rows, "id", descending=True, after=get.get("after", ""), before=get.get("before", ""))
    table = DataTable(
        id="questions",
        caption=_("问题"),
        columns=(
            Column("title", _("问题")),
            Column("state", _("进度")),
            Column("place", _("地方")),
            Column("office", pgettext("office", "单位")),
            Column("due", _("期限")),
        ),
        rows=[_row(row, today) for row in part.rows],
        query=get,
        total=rows.count(),
        noun=pgettext("questions", "件"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有符合条件的问题"), _("放宽条件看看；没有要办的就是好事。")),
    )
    context = {
        "tabs": desk_tabs(request, "questions"),
        "heading": _("问题"),
        "lede": _("转到您单位的，和您替人提的。先办快到期的。"),
        "table": table,
        "filter": QuestionFilterForm(get),
        "action": Link(_("替村民提问"), reverse("services:ask_for"), icon="plus"),
    }
    return render(request, "services/desk_list.html", context)


def _row(row: Any, today: Any) -> Row:
    late = overdue(row.state, row.due_on, today)
    return Row(
        [
            Cell(row.title, sub=str(row.get_topic_display())),
            [state_tag(row), *([Tag(_("超期"), "red")] if late else [])],
            place_name(row.division_code),
            row.office.name if row.office else Tag(_("等分办"), "orange"),
            day(row.due_on),
        ],
        href=reverse("services:question", args=[row.public_id]),
        key=str(row.public_id),
        label=row.title,
    )


@page(Can.ANSWER)
@require_http_methods(["GET", "POST"])
def question(request: DeskRequest, question_id: UUID) -> HttpResponse:
    """Show one question whole, and do its next step."""
    try:
        row = queries.question(request.viewer, question_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    step = request.POST.get("step", "")
    panels = _panels(request, row, step)
    if request.method == "POST":
        panel = next((one for one in panels if one.step == step), None)
        if (
            panel is None
            or panel.form is None
            or tried(panel.form, lambda: _do(request, row, step, panel.form))
        ):
            if panel is None or panel.form is None:
                _do(request, row, step, None)
            messages.success(request, _("已办好，记在下面的经过里。"))
            return redirect("services:question", question_id)
    context = {
        "tabs": desk_tabs(request, "questions"),
        "heading": row.title,
        "tag": state_tag(row),
        "text": row.text,
        "facts": _facts(row),
        "answers": list(row.answers.order_by("round")),
        "way": way_of(row, who=True),
        "panels": panels,
        "key": new_id(),
        "crumbs": [Link(_("问题"), reverse("services:questions")), Link(row.title, "")],
    }
    return render(request, "services/desk_one.html", context, status=422 if request.method == "POST" else 200)


def _facts(row: Any) -> list[tuple[str, Any]]:
    asked_by = row.asker_name or None
    return [
        (_("类别"), row.get_topic_display()),
        (_("地方"), place_name(row.division_code)),
        (_("负责单位"), row.office.name if row.office else None),
        (_("答复期限"), day(row.due_on)),
        (_("提问人"), asked_by),
        (_("电话"), phone_of(row) or None),
        (_("从哪里来"), " ".join(filter(None, [row.get_channel_display(), row.source_note]))),
        *([(_("谁代问"), f"{row.by_label}（{row.get_consent_display()}）")] if row.by else []),
        *([(_("前一个单位的说明"), row.where_to)] if row.where_to else []),
        (_("同意公开"), _("是") if row.may_publish else _("否")),
    ]


def _panels(request: DeskRequest, row: Any, step: str) -> list[Panel]:
    """Return what this person may do with the question now; the form of `step` is filled with what was sent."""
    url = request.path

    def sent(name: str) -> Any:
        return request.POST if step == name else None

    panels = []
    if row.state == "ACCEPTED":
        form = AnswerForm(sent("answer"), prefix="answer")
        panels.append(Panel(_("答复"), url, _("发出答复"), form, "answer"))
    if row.state == "ASSIGNED":
        text = _("归本单位管，就受理；期限内答复。")
        panels.append(Panel(_("受理"), url, _("受理"), None, "accept", text=text))
    panels += _routing_panels(request, row, step)
    if row.state in ("ANSWERED", "CLOSED") and row.may_publish and row.notice is None:
        last = row.answers.order_by("-round").first()
        given = {"title": row.title, "text": row.text, "answer": last.text}
        out = PublishForm(sent("publish"), prefix="out", initial=given)
        text = _("改成看不出是谁的样子，再由第二个人复核。")
        panels.append(Panel(_("公开问答"), url, _("送复核"), out, "publish", text=text, kind=""))
    return panels


def _routing_panels(request: DeskRequest, row: Any, step: str) -> list[Panel]:
    """Return how the question may be moved to who is in charge."""
    offices, url = list(queries.offices()), request.path
    centre = request.viewer.can(Can.MANAGE_SERVICES, row.division_code)
    panels = []

    def choice(name: str, *, with_reason: bool) -> OfficeForm:
        data = request.POST if step == name else None
        return OfficeForm(data, prefix=name, offices=offices, with_reason=with_reason)

    if row.state in ("ASSIGNED", "ACCEPTED"):
        text = _("写明为什么，转给管的单位；转过两次的由信息服务中心协调。")
        form = choice("pass_on", with_reason=True)
        panels.append(Panel(_("不归本单位管"), url, _("转过去"), form, "pass_on", text=text, kind=""))
    if row.state in ("RECEIVED", "ASSIGNED", "ACCEPTED") and centre:
        kind = "primary" if row.state == "RECEIVED" else ""
        form = choice("assign", with_reason=False)
        panels.append(Panel(_("指定单位"), url, _("转办"), form, "assign", kind=kind))
    if row.state in ("RECEIVED", "ASSIGNED"):
        text = _("不是县里任何单位的事：写明原因，该找谁、怎么找。")
        why = ReasonForm(request.POST if step == "refuse" else None, prefix="refuse")
        panels.append(Panel(_("不受理"), url, _("告知提问人"), why, "refuse", text=text, kind=""))
    return panels


def _do(request: DeskRequest, row: Any, step: str, form: Any) -> None:
    act, given = act_of(request), form.cleaned_data if form is not None else {}
    named = {str(one.public_id): one for one in queries.offices()}
    if step == "accept":
        actions.accept(act=act, question=row)
    elif step == "answer":
        actions.answer(act=act, question=row, text=given["text"])
    elif step == "assign":
        actions.assign(act=act, question=row, office=named[given["office"]])
    elif step == "pass_on":
        actions.pass_on(act=act, question=row, office=named[given["office"]], reason=given["reason"])
    elif step == "refuse":
        actions.refuse(act=act, question=row, reason=given["reason"])
    elif step == "publish":
        actions.submit_question(act=act, question=row, **given)
