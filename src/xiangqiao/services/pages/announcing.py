"""Announcements: read by everybody; written, and taken down, by the office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page, public
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import clock
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.publication import Attachment, Publication
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag, Tone
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.services import actions, queries
from xiangqiao.services.announce_form import AnnounceForm
from xiangqiao.services.forms import SearchForm
from xiangqiao.services.pages.desk import desk_tabs
from xiangqiao.services.pages.parts import act_of, day, place_name, public_page, tried
from xiangqiao.services.words import Announced

_SHOWN = 100
_TONES: dict[str, Tone] = {
    "APPROVED": "green",
    "SUBMITTED": "gold",
    "SENT_BACK": "orange",
    "WITHDRAWN": "grey",
}


@public
@require_GET
def announcements(request: HttpRequest) -> HttpResponse:
    """List what the offices tell everybody, newest first."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    entries = [
        {
            "title": one.title,
            "href": reverse("services:announcement", args=[one.notice.public_id]),
            "tag": sort_tag(one.row["sort"]),
            "lines": [one.row["text"][:90]],
            "foot": _("%(office)s，%(day)s") % {"office": one.row["office"], "day": day(_out_on(one.notice))},
        }
        for one in queries.announcements(clock.now(), text=text)
    ]
    context = {
        "heading": _("公告"),
        "lede": _("通知、公示、政策解读和活动。每一条都由第二个人看过，到期自动撤下。"),
        "filter": SearchForm(request.GET),
        "entries": entries,
        "empty": _("没有找到公告。换几个字再搜，或者直接提问。"),
        "action": Link(_("我要提问"), reverse("services:ask"), icon="message-circle"),
    }
    return public_page(request, "services/public_list.html", "announcements", context)


@public
@require_GET
def announcement(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Show one announcement with its files."""
    shown = queries.announcement(announcement_id, clock.now())
    if shown is None:
        raise Http404
    row = shown.rows[0]
    context = {
        "heading": shown.title,
        "tag": sort_tag(row["sort"]),
        "text": row["text"],
        "facts": [(_("发布单位"), row["office"])],
        "files": [
            (one.name, reverse("services:announcement_file", args=[one.public_id])) for one in shown.files
        ],
        "crumbs": [Link(_("公告"), reverse("services:announcements")), Link(shown.title, "")],
    }
    return public_page(request, "services/announcement.html", "announcements", context)


@public
@require_GET
def file(_request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Hand out a file of an announcement that is out."""
    return _handed(queries.file_for_all(file_id, clock.now()))


@page(Can.APPROVE_PUBLICATION)
@require_GET
def file_under_review(request: DeskRequest, file_id: UUID) -> HttpResponse:
    """Hand a file to the second person, who looks before it is out."""
    return _handed(queries.file_under_review(request.viewer, file_id))


def _handed(found: Any) -> HttpResponse:
    if found is None:
        raise Http404
    # Never shown within the site: a file from outside is saved, not run.
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    return answer


@page(Can.MANAGE_SERVICES)
@require_GET
def ours(request: DeskRequest) -> HttpResponse:
    """List the office's announcements, with what became of each."""
    rows = list(queries.announced_by(request.viewer)[:_SHOWN])
    table = DataTable(
        id="announcements", caption=_("公告"),
        columns=(Column("title", _("公告")), Column("place", _("地方")), Column("state", _("进度")), Column("until", _("公开到哪天为止"))),
        rows=[Row(_cells(one), href=_href(one), label=one.title) for one in rows],
        empty=Empty(_("还没有公告"), _("点“写公告”。")),
    )  # fmt: skip
    out = [
        one
        for one in rows
        if one.state == Publication.State.APPROVED and one.withdraw_on > request.viewer.today
    ]
    context = {
        "tabs": desk_tabs(request, "our_announcements"),
        "table": table,
        "out": [(one, reverse("services:take_down_announcement", args=[one.public_id])) for one in out],
        "key": new_id(),
    }
    return render(request, "services/our_announcements.html", context)


def _cells(one: Publication) -> list[Any]:
    sort = str(Announced(one.rows[0]["sort"]).label)
    state = Tag(str(one.get_state_display()), _TONES.get(one.state, "grey"))
    return [Cell(one.title, sub=sort), place_name(one.division_code), state, day(one.withdraw_on)]


def _href(one: Publication) -> str:
    out = one.state == Publication.State.APPROVED
    return reverse("services:announcement", args=[one.public_id]) if out else ""


@page(Can.MANAGE_SERVICES)
@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Write an announcement and hand it to the second person."""
    places = [(code, place_name(code)) for code in request.viewer.divisions(Can.MANAGE_SERVICES)]
    form = AnnounceForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and tried(form, lambda: _announce(request, form.cleaned_data)):
        messages.success(request, _("已送复核，第二个人看过后公开。"))
        return redirect("services:our_announcements")
    context = {
        "tabs": desk_tabs(request, "our_announcements"), "heading": _("写公告"), "form": form, "button": _("送复核"), "key": new_id(),
        "crumbs": [Link(_("公告"), reverse("services:our_announcements")), Link(_("写公告"), "")],
    }  # fmt: skip
    return render(request, "services/announce.html", context, status=422 if form.is_bound else 200)


def _announce(request: DeskRequest, given: dict[str, Any]) -> None:
    files = [Attachment(one.name or "", one.read()) for one in given["attachments"]]
    actions.announce(
        act=act_of(request), division_code=given["division"], attachments=files,
        **{name: given[name] for name in ("sort", "title", "text", "office", "withdraw_on")},
    )  # fmt: skip


@page(Can.MANAGE_SERVICES)
@require_POST
def take_down(request: DeskRequest, announcement_id: UUID) -> HttpResponse:
    """Take an announcement down before its day, with a reason."""
    row = queries.announced_by(request.viewer).filter(public_id=announcement_id).first()
    if row is None:
        raise Http404
    actions.withdraw_out(act=act_of(request, request.POST.get("reason", "").strip()), publication=row)
    messages.success(request, _("已撤下，公开页面上看不到了。"))
    return redirect("services:our_announcements")


def sort_tag(sort: str) -> Tag:
    """Return the sort of an announcement as a tag."""
    return Tag(str(Announced(sort).label), "gold" if sort == Announced.PUBLIC_LIST else "blue", "none")


def _out_on(one: Publication) -> Any:
    return clock.day_of(one.approved_at) if one.approved_at else None
