"""Open promises: the list by due day, and closing one without a visit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import drop_promise, keep_promise
from xiangqiao.journal.forms import DropForm
from xiangqiao.journal.pages.parts import act_of, names_of, place_words, promise_tag, tabs
from xiangqiao.journal.rules.promises import is_overdue
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.tables import Column, DataTable, Row


@page(Can.READ_JOURNAL)
@require_GET
def promise_list(request: DeskRequest) -> HttpResponse:
    """List the open promises where a person reads, the next due first."""
    today = request.viewer.today
    division = request.GET.get("division", "")[:12]
    rows = queries.open_promises(request.viewer, division=division if division.isdigit() else "")
    if request.GET.get("due") == "overdue":
        rows = rows.filter(due_on__lt=today)
    total = rows.count()
    shown = list(rows.order_by("due_on", "id")[:200])
    names = names_of(request.viewer, (one.household for one in shown))
    table = DataTable(
        id="promises",
        caption=_("待办的承诺"),
        columns=(
            Column("due", _("到期")),
            Column("what", _("答应办什么")),
            Column("home", _("农户")),
            Column("place", _("乡镇、村")),
            Column("state", _("状态")),
        ),
        rows=[
            Row(
                [
                    date_format(one.due_on, "Y-m-d"),
                    one.what,
                    names.get(one.household) or None,
                    place_words(one.division_code),
                    promise_tag(one.state, overdue=is_overdue(one.state, one.due_on, today)),
                ],
                href=reverse("journal:promise", args=[one.public_id]),
                key=str(one.public_id),
                label=one.what,
            )
            for one in shown
        ],
        query=request.GET,
        total=total,
        noun=_("项"),
        empty=Empty(_("没有待办的承诺"), _("走访时答应农户的事，会按到期日排在这里。")),
    )
    context = {"tabs": tabs(request.viewer, "promises"), "table": table, "heading": _("待办的承诺")}
    return render(request, "journal/list.html", context)


@page(Can.READ_JOURNAL)
@require_http_methods(["GET", "POST"])
def promise(request: DeskRequest, promise_id: UUID) -> HttpResponse:
    """Show a promise; who helps the household closes it here: kept, or dropped with a reason."""
    row = queries.promise_named(request.viewer, promise_id)
    if row is None:
        raise Http404
    keeps = request.POST.get("step") == "keep"
    form = DropForm(request.POST if request.method == "POST" and not keeps else None)
    trouble = ""
    if keeps or form.is_valid():
        try:
            _close(request, row.public_id, "" if keeps else form.cleaned_data["reason"])
        except ActionError as error:
            if error.status != 422:
                raise
            trouble = error.message
        else:
            messages.success(request, _("已记下，农户在自己的页面上能看到。"))
            return redirect("journal:promise", promise_id)
    context = {
        "promise": row,
        "name": names_of(request.viewer, [row.household]).get(row.household, ""),
        "place": place_words(row.division_code),
        "tag": promise_tag(row.state, overdue=is_overdue(row.state, row.due_on, request.viewer.today)),
        "form": form if row.state == "OPEN" and request.viewer.can(Can.LOG_VISIT) else None,
        "trouble": trouble,
        "log_url": reverse("journal:log", args=[row.household]),
    }
    return render(request, "journal/promise.html", context, status=422 if form.errors or trouble else 200)


def _close(request: DeskRequest, key: UUID, reason: str) -> None:
    if reason:
        drop_promise(act=act_of(request), promise=key, reason=reason)
    else:
        keep_promise(act=act_of(request), promise=key)
