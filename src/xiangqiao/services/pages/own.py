"""What somebody asked for, as they see it: by phone and code, or signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page, public
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.services import actions, queries
from xiangqiao.services.forms import FollowForm, RateForm, ReopenForm
from xiangqiao.services.pages.catalogue import name_of
from xiangqiao.services.pages.parts import (
    Panel,
    day,
    note_opened,
    own_act,
    own_or_none,
    person_of,
    place_name,
    public_page,
    state_tag,
    take_code,
    title_of,
    tried,
)
from xiangqiao.services.pages.way import way_of


@public
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Open what was asked for by phone and code."""
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = queries.found_by_code(form.cleaned_data["phone"], form.cleaned_data["code"])
        if found is not None:
            kind, row = found
            note_opened(request, row.public_id)
            return redirect(f"services:own_{kind}", row.public_id)
        form.add_error(
            "code",
            _("电话和查询码对不上。码里没有数字 0、1、2、5、8 和字母 O、I、L、S、Z、B；忘了码请找村里站点。"),
        )
    person = person_of(request)
    context = {
        "heading": _("查进度"),
        "lede": _("提问、办事、报名以后给您的 8 位查询码，和当时留的电话一起，可以看到办到哪一步。"),
        "form": form,
        "button": _("查看"),
        "mine": reverse("services:mine") if isinstance(person, Viewer) else "",
    }
    return public_page(request, "services/public_form.html", "follow", context)


@page()
@require_GET
def mine(request: DeskRequest) -> HttpResponse:
    """List what a signed-in person asked for, also for others."""
    entries = [
        {
            "title": title_of(kind, row),
            "href": reverse(f"services:own_{kind}", args=[row.public_id]),
            "tag": state_tag(row) if kind != "seat" else None,
            "lines": [row.asker_name] if row.by else [],
        }
        for kind, row in queries.asked_by(request.viewer)
    ]
    context = {
        "heading": _("我提的、我办的"),
        "lede": _("您自己提的，和您替别人提的，最近的在前。"),
        "entries": entries,
        "paid_url": reverse("services:paid"),
        "empty": _("还没有。点“我要提问”开始。"),
    }
    return public_page(request, "services/public_list.html", "follow", context)


@public
@require_GET
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show a question to its asker: how it stands, the answers, and what the asker can say."""
    row = own_or_none(request, "question", question_id)
    if row is None:
        return redirect("services:follow")
    context = {
        "heading": row.title,
        "tag": state_tag(row),
        "code": take_code(request, row.public_id),
        "facts": [
            (_("类别"), row.get_topic_display()),
            (_("地点"), place_name(row.division_code)),
            (_("负责单位"), name_of(row.office) if row.office else None),
            (_("答复期限"), day(row.due_on)),
            (_("提问日期"), day(row.asked_on)),
        ],
        "text": row.text,
        "answers": list(row.answers.order_by("round")),
        "where_to": row.where_to if row.state == "REFUSED" else "",
        "way": way_of(row),
        "panels": _panels(row),
        "crumbs": [Link(_("查进度"), reverse("services:follow")), Link(row.title, "")],
    }
    return public_page(request, "services/own.html", "follow", context)


def _panels(row: Any) -> list[Panel]:
    url = reverse("services:question_said", args=[row.public_id])
    panels = []
    if row.state == "ANSWERED":
        panels.append(Panel(_("请您评价"), url, _("提交评价"), RateForm(prefix="rate"), "rate"))
    if row.state in ("ANSWERED", "CLOSED", "REFUSED"):
        panels.append(
            Panel(_("还没解决？"), url, _("请再办一次"), ReopenForm(prefix="reopen"), "reopen", kind="")
        )
    if row.state in ("RECEIVED", "ASSIGNED"):
        panels.append(
            Panel(_("不用办了"), url, _("撤回"), None, "withdraw", kind="", confirm=_("确定撤回这个问题吗？"))
        )
    return panels


@public
@require_POST
def said(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take what the asker says: a rating, that it is not solved, or that it is not needed any more."""
    row = own_or_none(request, "question", question_id)
    if row is None:
        return redirect("services:follow")
    step, act = request.POST.get("step", ""), own_act(request, row)
    if step == "withdraw":
        actions.withdraw_question(act=act, question=row)
        messages.success(request, _("已撤回。"))
    elif step == "reopen":
        again = ReopenForm(request.POST, prefix="reopen")
        if tried(again, lambda: actions.reopen(act=act, question=row, remark=again.cleaned_data["remark"])):
            messages.success(request, _("已退回原单位再办一次。"))
        else:
            _say_errors(request, again)
    else:
        form = RateForm(request.POST, prefix="rate")
        if tried(form, lambda: _rate(act, row, form)):
            messages.success(request, _("谢谢，评价已经记下。"))
        else:
            _say_errors(request, form)
    return redirect("services:own_question", question_id)


def _rate(act: Any, row: Any, form: RateForm) -> None:
    given = form.cleaned_data
    actions.rate(
        act=act,
        question=row,
        solved=given["solved"] == "yes",
        satisfied=given["satisfied"],
        remark=given["remark"],
    )


def _say_errors(request: HttpRequest, form: Any) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
