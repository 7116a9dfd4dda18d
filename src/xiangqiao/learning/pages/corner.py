"""The reading corner: what stands there, what is out, lending and taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.tables import Column, DataTable, Row
from xiangqiao.learning import actions, queries
from xiangqiao.learning.forms import BookForm, LendForm, choose
from xiangqiao.learning.pages.parts import done, tabs

_SHOWN = 200


@page(Can.TEACH)
@require_http_methods(["GET", "POST"])
def corner(request: DeskRequest) -> HttpResponse:
    """Show the corner's shelf and what is out; lend a copy, or put a new title there."""
    step = request.POST.get("step", "")
    found = list(queries.books(request.viewer)[:_SHOWN])
    schools = {
        one.school.public_id: one.school for one in queries.rooms(request.viewer) if one.school.division_code
    }
    lend, book = LendForm(request.POST if step == "lend" else None), BookForm(request.POST if step == "book" else None)  # fmt: skip
    choose(
        lend,
        "book",
        [(str(one.public_id), f"{one.title} · {one.school}") for one in found if one.out < one.copies],
    )
    choose(book, "school", [(str(key), str(one)) for key, one in schools.items()])
    if step == "lend" and done(lend, lambda given: _lend(request, given)):
        messages.success(request, _("已借出，三十天内还。"))
        return redirect("learning:corner")
    if step == "book" and done(book, lambda given: _put(request, schools, given)):
        messages.success(request, _("已上架。"))
        return redirect("learning:corner")
    context = {
        "tabs": tabs(request, "corner"), "table": _table(found), "lend": lend, "book": book, "key": new_id(),
        "loans": [
            {"row": one, "due": date_format(one.due_on), "late": one.due_on < request.viewer.today, "url": reverse("learning:give_back", args=[one.public_id])}
            for one in queries.loans_out(request.viewer)[:_SHOWN]
        ],
    }  # fmt: skip
    return render(request, "learning/corner.html", context, status=422 if lend.errors or book.errors else 200)


def _table(found: list[Any]) -> DataTable:
    return DataTable(
        id="books", caption=_("架上的书"),
        columns=(Column("title", _("书名")), Column("author", _("作者")), Column("where", _("图书角")), Column("copies", _("册数"), numeric=True), Column("out", _("借出"), numeric=True)),
        rows=[Row([one.title, one.author or None, one.school.name, one.copies, one.out], label=one.title) for one in found],
        empty=Empty(_("架上还没有书"), _("在下面放上第一本。")),
    )  # fmt: skip


def _lend(request: DeskRequest, given: dict[str, Any]) -> None:
    book = queries.book_named(request.viewer, UUID(given["book"]))
    actions.lend(act=act_of(request), book=book, card=given["card"])


def _put(request: DeskRequest, schools: dict[UUID, Any], given: dict[str, Any]) -> None:
    school = schools[UUID(given.pop("school"))]
    actions.put_book(act=act_of(request), school=school, **given)


@page(Can.TEACH)
@require_POST
def back(request: DeskRequest, loan_id: UUID) -> HttpResponse:
    """Take a copy back."""
    row = queries.loans_out(request.viewer).filter(public_id=loan_id).first()
    if row is None:
        raise Http404
    actions.give_back(act=act_of(request), loan=row)
    messages.success(request, _("已还。"))
    return redirect("learning:corner")
