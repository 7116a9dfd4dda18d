"""The shelf as the office keeps it: put up, followed through the second look, taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.review import review_of
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.learning import actions, queries
from xiangqiao.learning.forms import ResourceForm, ReviewForm
from xiangqiao.learning.pages.parts import done, moment, or_404, tabs

if TYPE_CHECKING:
    from xiangqiao.learning.models import Resource


@page(Can.MANAGE_LEARNING)
@require_http_methods(["GET", "POST"])
def resources(request: DeskRequest) -> HttpResponse:
    """List what the office put on the shelf with what became of it; put one on it, take one off."""
    step = request.POST.get("step", "")
    form = ResourceForm(request.POST if step == "put" else None)
    if step in {"withdraw", "renew"}:
        row = or_404(lambda: queries.shelved_named(_named(request)))
        if step == "renew":
            actions.renew_resource(act=act_of(request), resource=row)
            messages.success(request, _("已送复核。"))
        else:
            actions.withdraw_resource(act=act_of(request, request.POST.get("reason", "")[:200]), resource=row)
            messages.success(request, _("已下架。"))
        return redirect("learning:resources")
    if step == "put" and done(form, lambda given: actions.put_resource(act=act_of(request), **given)):
        messages.success(request, _("已送复核，另一位同事同意以后上架。"))
        return redirect("learning:resources")
    found = queries.shelved()
    table = DataTable(
        id="resources", caption=_("资源"),
        columns=(
            Column("title", _("名称")), Column("subject", _("学科")), Column("licence", _("授权方式")), Column("source", _("出处")),
            Column("state", _("进度")),
        ),
        rows=[_row(one, notice, request) for one, notice in found],
        empty=Empty(_("架上还没有资源"), _("在下面上架第一个。")),
    )  # fmt: skip
    kept = [one for one, _notice in found if one.withdrawn_on is None]
    over = [one for one, notice in found if one.withdrawn_on is None and _over(notice, request)]
    context = {
        "tabs": tabs(request, "resources"), "heading": _("资源上架"),
        "lede": _("没有授权方式和出处的，不能上架。上架前由另一位同事看一遍，公开一年后要再看一次。"), "table": table,
        "panels": [(_("上架一个资源"), form, pgettext("learning", "送复核"), "put")], "key": new_id(),
        "public": reverse("learning:shelf"), "resources": kept, "over": over,
    }  # fmt: skip
    return render(request, "learning/manage.html", context, status=422 if form.errors else 200)


def _named(request: DeskRequest) -> UUID:
    try:
        return UUID(request.POST.get("resource", ""))
    except ValueError:
        return UUID(int=0)


def _row(one: Resource, notice: guard.Publication | None, request: DeskRequest) -> Row:
    cells = [one.title, str(one.get_subject_display()), str(one.get_licence_display()), one.source]
    return Row([*cells, _state(one, notice, request)], href=one.link, label=one.title)


def _over(notice: guard.Publication | None, request: DeskRequest) -> bool:
    """Whether it has to be looked at: its year is over, or nobody ever did."""
    return notice is None or (notice.state == "APPROVED" and notice.withdraw_on <= request.viewer.today)


def _state(one: Resource, notice: guard.Publication | None, request: DeskRequest) -> Tag | Cell:
    if notice is not None and notice.state == "SENT_BACK":
        return Cell(_("已退回"), sub=notice.reason)
    if one.withdrawn_on is not None:
        return Tag(_("已下架"), "grey")
    if notice is None:
        return Tag(_("还没复核"), "orange")
    if notice.state == "SUBMITTED":
        return Tag(_("等复核"), "gold")
    if _over(notice, request):
        return Tag(_("到期，请再看一遍"), "orange")
    return Tag(_("公开到 %(day)s") % {"day": date_format(notice.withdraw_on)}, "green")


@page(Can.APPROVE_PUBLICATION)
@require_GET
def reviews(request: DeskRequest) -> HttpResponse:
    """List the resources that wait for a second person."""
    rows = [
        one
        for one in queries.resources_waiting()
        if request.viewer.can(Can.APPROVE_PUBLICATION, one.division_code)
    ]
    table = DataTable(
        id="reviews", caption=_("等复核的资源"),
        columns=(Column("title", _("名称")), Column("when", _("送来时间"))),
        rows=[Row([one.title, moment(one.submitted_at)], href=reverse("learning:review", args=[one.public_id]), label=one.title) for one in rows],
        empty=Empty(_("没有等复核的资源"), _("教育局送来以后会出现在这里。")),
    )  # fmt: skip
    context = {
        "tabs": tabs(request, "resources"), "heading": _("资源复核"), "table": table, "panels": [],
        "lede": _("点开网址看一看：内容对不对，写的授权和出处是不是真的。自己送的要别人复核。"),
    }  # fmt: skip
    return render(request, "learning/manage.html", context)


@page(Can.APPROVE_PUBLICATION)
@require_http_methods(["GET", "POST"])
def review(request: DeskRequest, publication_id: UUID) -> HttpResponse:
    """Show a resource as readers will see it, and approve it or send it back."""
    one = or_404(lambda: queries.resources_waiting().get(public_id=publication_id))
    or_404(lambda: _in_reach(request, one))
    step = request.POST.get("step", "")
    form = ReviewForm(request.POST or None)
    form.fields["reason"].required = step == "back"
    do = actions.send_back_resource if step == "back" else actions.approve_resource
    if step in {"back", "approve"} and done(
        form, lambda given: do(act=act_of(request, given["reason"]), publication=one)
    ):
        messages.success(request, _("已退回。") if step == "back" else _("已上架。"))
        return redirect("learning:reviews")
    context = review_of(one, words={"licence": queries.licences()}) | {
        "form": form, "key": new_id(),
        "crumbs": [Link(_("资源复核"), reverse("learning:reviews")), Link(one.title, "")],
    }  # fmt: skip
    return render(request, "kernel/approval.html", context, status=422 if form.errors else 200)


def _in_reach(request: DeskRequest, one: guard.Publication) -> guard.Publication:
    if not request.viewer.can(Can.APPROVE_PUBLICATION, one.division_code):
        raise guard.Publication.DoesNotExist
    return one
