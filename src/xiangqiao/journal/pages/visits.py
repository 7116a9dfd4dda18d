"""One visit with what it said before, its correction, its photo; and the list of visits of a place."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import amend_visit
from xiangqiao.journal.forms import AmendForm
from xiangqiao.journal.pages.parts import (
    act_of,
    household_address,
    names_of,
    picture,
    place_words,
    refused,
    tabs,
)
from xiangqiao.journal.photos import kept_photo
from xiangqiao.journal.queries.standing import RECENT
from xiangqiao.journal.queries.visits import told
from xiangqiao.journal.words import deeds_in_words
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.tables import Column, DataTable, Pager, Row


@page(Can.READ_JOURNAL)
@require_http_methods(["GET", "POST"])
def visit(request: DeskRequest, visit_id: UUID) -> HttpResponse:
    """Show a visit with every revision; the one who wrote it may amend it here."""
    row = queries.visit_named(request.viewer, visit_id)
    if row is None:
        raise Http404
    revisions = queries.revisions_of(row)
    now = revisions[0]
    own = row.user == request.viewer.public_id and request.viewer.can(Can.LOG_VISIT)
    form = AmendForm(
        request.POST or None,
        request.FILES or None,
        initial={"done": now.done, "text": now.text, "revision": row.revision},
    )
    if request.method == "POST" and form.is_valid():
        try:
            amend_visit(
                act=act_of(request), visit=row.public_id, revision=form.cleaned_data["revision"],
                done=form.cleaned_data["done"], text=form.cleaned_data["text"],
                reason=form.cleaned_data["reason"], photo=form.photo_bytes(),
            )  # fmt: skip
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("已更正，原来的内容还留着。"))
            return redirect("journal:visit", visit_id)
    context = {
        "visit": row,
        "who": row.who,
        "name": names_of(request.viewer, [row.household]).get(row.household, ""),
        "place": place_words(row.division_code),
        "desk_url": household_address(row.household),
        "now": now,
        "said": [(one, deeds_in_words(one.done)) for one in revisions],
        "changes": [reverse("people:change", args=[one]) for one in now.changes],
        "form": form if own else None,
        "key": uuid4(),
    }
    return render(request, "journal/visit.html", context, status=422 if form.errors else 200)


@page(Can.READ_JOURNAL)
@require_GET
def photo(request: DeskRequest, visit_id: UUID, number: int) -> HttpResponse:
    """Hand out the photo of a revision of a visit that the person sees."""
    row = queries.visit_named(request.viewer, visit_id)
    one = row.revisions.filter(number=number).exclude(photo="").first() if row else None
    if one is None:
        raise Http404
    return picture(kept_photo(one.photo))


@page(Can.READ_JOURNAL)
@require_GET
def visit_list(request: DeskRequest) -> HttpResponse:
    """List the visits of the last 30 days, of a place; by day, never by person."""
    division = request.GET.get("division", "")[:12]
    rows = queries.visits(
        request.viewer,
        division=division if division.isdigit() else "",
        since=request.viewer.today - timedelta(days=RECENT),
    )
    part = page_of(
        rows.order_by("id"),
        "id",
        descending=True,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    said = told(part.rows)
    names = names_of(request.viewer, (one.household for one in part.rows))
    table = DataTable(
        id="visits",
        caption=_("最近 30 天的走访"),
        columns=(
            Column("day", _("日期")),
            Column("home", _("农户")),
            Column("place", _("乡镇、村")),
            Column("what", _("做了什么")),
        ),
        rows=[
            Row(
                [
                    date_format(localtime(one.at), "Y-m-d"),
                    names.get(one.household) or None,
                    place_words(one.division_code),
                    deeds_in_words(said[one.pk].done) or said[one.pk].text[:40],
                ],
                href=reverse("journal:visit", args=[one.public_id]),
                key=str(one.public_id),
                label=names.get(one.household, ""),
            )
            for one in part.rows
        ],
        query=request.GET,
        total=rows.count(),
        noun=pgettext("visits", "次"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("最近 30 天没有走访记录"), _("干部在“我的户”里记下走访，这里就会有。")),
    )
    return render(
        request,
        "journal/list.html",
        {"tabs": tabs(request.viewer, "visits"), "table": table, "heading": _("走访记录")},
    )
