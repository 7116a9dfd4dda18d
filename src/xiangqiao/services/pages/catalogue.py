"""The catalogue: look up, apply, bring papers, see how it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.services import actions, queries
from xiangqiao.services.forms import ApplyForm, PapersForm, SearchForm
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
    place_name,
    public_page,
    state_tag,
    take_code,
    tried,
)
from xiangqiao.services.pages.way import way_of


def name_of(row: Any) -> str:
    """Return the name of a service or an office in the reader's language."""
    return str(row.name_en or row.name) if (get_language() or "").startswith("en") else str(row.name)


@public
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """List what can be applied for, with time limit and office."""
    form = SearchForm(request.GET)
    rows = queries.matters(clock.today(), text=request.GET.get("q", "").strip()[:60])
    entries = [
        {
            "title": name_of(row),
            "href": reverse("services:matter", args=[row.code]),
            "tag": Tag(str(row.get_topic_display()), "blue", "none"),
            "lines": [
                row.who,
                _("%(office)s，%(days)d 个工作日内办结")
                % {"office": name_of(row.office), "days": row.working_days},
            ],
        }
        for row in rows
    ]
    context = {
        "heading": _("办事"),
        "lede": _("要带什么、多久办好、谁负责，都写明了。点开可以直接申请。"),
        "filter": form,
        "entries": entries,
        "empty": _("没有找到。换个说法搜一搜，或者直接提问。"),
    }
    return public_page(request, "services/public_list.html", "catalogue", context)


@public
@require_http_methods(["GET", "POST"])
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """Show one service and take an application for it."""
    try:
        row = queries.matter(code, clock.today())
    except ObjectDoesNotExist:
        raise Http404 from None
    by = person_of(request)
    form = ApplyForm(
        request.POST or None, fields=row.fields, papers=row.papers, places=place_choices(), signed_in=isinstance(by, Viewer),
        initial={"name": by.user.name if isinstance(by, Viewer) else ""},
    )  # fmt: skip
    made: list[Any] = []
    if request.method == "POST" and tried(form, lambda: made.append(_apply(request, row, form, by))):
        note_opened(request, made[0].application.public_id, made[0].code)
        return redirect("services:own_application", made[0].application.public_id)
    context = {
        "heading": name_of(row),
        "facts": [
            (_("谁可以办"), row.who),
            (_("负责单位"), name_of(row.office)),
            (_("办结时限"), _("%(days)d 个工作日") % {"days": row.working_days}),
            (
                _("收费"),
                _("%(yuan)s 元") % {"yuan": numbers.yuan(row.fee_fen)} if row.fee_fen else _("不收费"),
            ),
            (_("到哪里办"), row.where),
            (_("依据"), row.basis or None),
            (_("从何时起"), day(row.valid_from)),
        ],
        "papers": row.papers,
        "form": form,
        "button": _("提交申请"),
        "crumbs": [Link(_("办事"), reverse("services:catalogue")), Link(name_of(row), "")],
    }
    return public_page(request, "services/matter.html", "catalogue", context)


def _apply(request: HttpRequest, row: Any, form: ApplyForm, by: object) -> Any:
    entries = {one["name"]: form.cleaned_data.get(one["name"], "") for one in row.fields}
    return actions.apply_for(
        act=act_of(request),
        asker=asker_of(by, form),
        matter=row,
        entries=entries,
        papers=form.cleaned_data["papers"],
    )


@public
@require_http_methods(["GET", "POST"])
def own_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show an application to the applicant, and take the papers that were wanted."""
    row = own_or_none(request, "application", application_id)
    if row is None:
        return redirect("services:follow")
    missing = [paper for paper in row.matter.papers if paper not in row.papers_have]
    form = PapersForm(request.POST or None, papers=missing) if row.state == "SUPPLEMENT" else None
    if form is not None and request.method == "POST":
        sent = form
        if tried(
            sent,
            lambda: actions.supplement(
                act=own_act(request, row), application=row, papers=sent.cleaned_data["papers"]
            ),
        ):
            messages.success(request, _("已送去接着办。"))
            return redirect("services:own_application", application_id)
    panels = (
        [Panel(_("补材料"), request.path, _("材料带来了"), form, text=row.wanted)] if form is not None else []
    )
    context = {
        "heading": name_of(row.matter),
        "tag": state_tag(row),
        "code": take_code(request, row.public_id),
        "facts": [
            (_("负责单位"), name_of(row.matter.office)),
            (_("地点"), place_name(row.division_code)),
            (_("申请日期"), day(row.applied_on)),
            (_("办结期限"), day(row.due_on)),
            (_("还缺什么"), row.wanted if row.state == "SUPPLEMENT" else None),
            (_("结果"), row.decision or None),
            *queries.entries_of(row, whole=False),
        ],
        "way": way_of(row),
        "panels": panels,
        "crumbs": [Link(_("查进度"), reverse("services:follow")), Link(name_of(row.matter), "")],
    }
    return public_page(request, "services/own.html", "follow", context)
