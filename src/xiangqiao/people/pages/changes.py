"""Changes: the list of them, one of them, deciding, undoing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row
from xiangqiao.people.actions.approvals import approve_change, reject_change, return_change
from xiangqiao.people.actions.undoing import needed_to_undo, undo_change
from xiangqiao.people.forms.filters import ChangeFilterForm
from xiangqiao.people.pages.differences import shown
from xiangqiao.people.pages.parts import act_of, household_address, state_tag
from xiangqiao.people.queries import changes as queries
from xiangqiao.people.queries.changes import ChangeRequest
from xiangqiao.people.rules.kinds import DECIDES, Kind, approvals
from xiangqiao.people.rules.situation import Fault
from xiangqiao.people.words import KINDS, sentence
from xiangqiao.places.queries import names

_DECISIONS = {"approve": approve_change, "return": return_change, "reject": reject_change}


@page(Can.READ_REGISTER)
@require_GET
def changes(request: DeskRequest) -> HttpResponse:
    """List changes: those that wait for me, mine, all."""
    waiting = queries.waiting_count(request.viewer)
    which = request.GET.get("tab") or (queries.WAITING if waiting else queries.ALL)
    rows = queries.kinds_of(
        queries.changes(request.viewer, which), request.GET.get("kind", ""), request.GET.get("state", "")
    )
    found = page_of(
        rows, "id", descending=True, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    table = DataTable(
        id="changes",
        caption=_("变更"),
        columns=[
            Column("kind", _("变更")),
            Column("household", _("农户")),
            Column("state", _("状态")),
            Column("asked", _("提出")),
            Column("decided", _("办理")),
        ],
        rows=[_row(row, place) for row, place in _placed(found.rows)],
        query=request.GET,
        pager=Pager(found.next_key, found.previous_key),
        empty=Empty(_("没有变更"), _("换一个标签或条件看看。办变更请先打开一户。")),
    )
    views = (
        (queries.WAITING, _("等我审批"), waiting),
        (queries.MINE, _("我提出的"), None),
        (queries.ALL, _("全部"), None),
    )
    context = {
        "table": table,
        "tabs": [Tab(title, f"?tab={name}", which == name, count) for name, title, count in views],
        "form": ChangeFilterForm(request.GET),
        "which": which,
        "may_ask": request.viewer.can(Can.REQUEST_CHANGE),
    }
    return render(request, "people/changes/list.html", context)


def _placed(rows: list[ChangeRequest]) -> list[tuple[ChangeRequest, str]]:
    known = names({row.division_code for row in rows})
    return [(row, known[row.division_code]) for row in rows]


def _row(row: ChangeRequest, place: str) -> Row:
    day = date_format(localtime(row.asked_at), "SHORT_DATE_FORMAT")
    return Row(
        cells=[
            str(KINDS[Kind(row.kind)]),
            Cell(row.household.head_name or row.household.household_no, sub=place),
            state_tag(row),
            Cell(row.asked_label, sub=day),
            row.decided_label or "",
        ],
        href=reverse("people:change", args=[row.public_id]),
        key=str(row.public_id),
        label=row.household.head_name,
    )


@page(Can.READ_REGISTER)
@never_cache
@require_GET
def change(request: DeskRequest, change_id: UUID) -> HttpResponse:
    """Show one change: what it sets, who asked, who decided, and what this person can do."""
    return _page(request, _found(request, change_id))


@page(Can.READ_REGISTER)
@require_POST
def decide(request: DeskRequest, change_id: UUID) -> HttpResponse:
    """Approve, return or reject."""
    row = _found(request, change_id, decide=True)
    verb = _DECISIONS.get(request.POST.get("decision", ""))
    if verb is None:
        return _page(request, row, _("请选同意、退回或不同意。"))
    try:
        done = verb(act=act_of(request, request.POST.get("note", "")), request=change_id)
    except ActionError as error:
        if error.status != ActionError.status:
            raise
        return _page(request, row, error.message)
    if done.state == ChangeRequest.State.CONFLICTED:
        messages.warning(request, _("没有生效：提出之后情况变了，请看下面的对照。"))
    else:
        messages.success(request, _("已办理。"))
    return redirect("people:change", change_id)


@page(Can.READ_REGISTER)
@require_POST
def undo(request: DeskRequest, change_id: UUID) -> HttpResponse:
    """Undo an applied change."""
    row = _found(request, change_id, undo=True)
    try:
        undo_change(act=act_of(request, request.POST.get("reason", "")), request=change_id)
    except ActionError as error:
        if error.status != ActionError.status:
            raise
        return _page(request, row, error.message)
    messages.success(request, _("已撤销，恢复为变更之前的内容。"))
    return redirect("people:change", change_id)


def _found(
    request: DeskRequest, change_id: UUID, *, decide: bool = False, undo: bool = False
) -> ChangeRequest:
    """Return a change in range, once a post carries what is wanted with it."""
    kind = queries.kind_and_step(change_id)
    if kind is not None and (decide or undo):
        step = kind[1] or (approvals(Kind(kind[0])) or ("TOWNSHIP",))[-1]
        request.viewer.demand(needed_to_undo(Kind(kind[0])) if undo else DECIDES[step])
    try:
        return queries.change(request.viewer, change_id)
    except ChangeRequest.DoesNotExist:
        raise Http404 from None


def _page(request: DeskRequest, row: ChangeRequest, problem: str = "") -> HttpResponse:
    kind, viewer = Kind(row.kind), request.viewer
    conflict = row.payload.get("conflict") or {}
    applied = row.state == ChangeRequest.State.APPLIED
    context: dict[str, Any] = {
        "row": row,
        "title": KINDS[kind],
        "state": state_tag(row),
        "place": names([row.division_code])[row.division_code],
        "differences": shown(row.payload["differences"]),
        "conflict": sentence(Fault("", conflict["code"], conflict["params"])) if conflict else "",
        "conflicts": shown(conflict.get("differences", ())),
        "approvals": [one["label"] for one in row.payload.get("approvals", ())],
        "may_decide": queries.may_decide(viewer, row),
        "may_undo": applied and viewer.can(needed_to_undo(kind), row.division_code),
        "is_own": row.asked_by == viewer.user.public_id,
        "home_url": household_address(row.household.public_id),
        "again_url": _again(row, kind),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "people/changes/change.html", context, status=422 if problem else 200)


def _again(row: ChangeRequest, kind: Kind) -> str:
    """Return where the asker asks anew after a return or a conflict."""
    if row.state not in queries.CAME_BACK or kind == Kind.REGISTER:
        return ""
    person = row.payload["data"].get("person")
    query = urlencode({"again": row.public_id} | ({"person": person} if person else {}))
    return f"{reverse('people:ask_change', args=[row.household.public_id, kind.lower()])}?{query}"
