"""The desk where questions are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.paging import page_of
from xiangqiao.people.actions.answers import is_value
from xiangqiao.people.actions.answers import settle_question as settle_one
from xiangqiao.people.pages.parts import act_of
from xiangqiao.people.queries import intake as queries
from xiangqiao.people.queries.changes import owners_of
from xiangqiao.places.queries import names
from xq_engine.facts import catalogue, codes

if TYPE_CHECKING:
    from xiangqiao.people.models import Question


@page(Can.SETTLE_PROBLEM)
@require_GET
def questions(request: DeskRequest) -> HttpResponse:
    """List the open questions: what the register says, what the spreadsheet says, and why it was not simply taken."""
    rows = queries.questions(request.viewer)
    found = page_of(
        rows, "division_code", after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    places = names({one.division_code for one in found.rows})
    heads = queries.heads_of({one.household for one in found.rows})
    whose = owners_of({one.subject for one in found.rows})
    drawn = [
        {
            "question": one, "head": heads.get(one.household, ""), "whose": whose.get(one.subject, ""),
            "village": places[one.division_code], "fact": _fact(one), "why": _why(one.why),
            "present": _word(one, one.present), "offered": _word(one, one.offered), "is_value": is_value(one),
        }
        for one in found.rows
    ]  # fmt: skip
    context = {
        "drawn": drawn,
        "total": rows.count(),
        "next_key": found.next_key,
        "previous_key": found.previous_key,
    }
    return render(request, "people/intake/questions.html", context)


@page(Can.SETTLE_PROBLEM)
@require_POST
def settle_question(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Keep the present value or take the offered one."""
    question = queries.questions(request.viewer).filter(public_id=public_id).first()
    if question is None:
        raise Http404
    try:
        settle_one(
            act=act_of(request),
            viewer=request.viewer,
            question=question,
            take=request.POST.get("answer") == "take",
        )
        messages.success(request, _("已答复。"))
    except ActionError as error:
        messages.error(request, error.message)
    return redirect("people:questions")


def _why(why: str) -> str:
    return {
        "VERIFIED": _("现在的值是办公台上核实过的，比表格新"),
        "MOVED": _("表格把这个人写在这一户，台账里在另一户"),
        "LEFT": _("台账里这个人已经迁出或去世"),
        "VANISHED": _("台账里有这个成员，表格里没有"),
        "HEAD": _("表格写了另一个户主"),
        "TOUCHED": _("撤销导入时这一户已有新的变更，所以保留"),
        "CHANGED_SINCE": _("撤销导入时这个值又改过，所以没有还原"),
    }[why]


def _fact(one: Question) -> str:
    entity = (
        "household"
        if one.subject_kind in ("people.household", "people.householdyear", "ledger.incomeline")
        else "person"
    )
    spec = catalogue()[entity].base.get(one.attribute.removesuffix("_hash"))
    if spec is None:
        return {"is_head": _("户主"), "amount_fen": _("收入金额")}.get(one.attribute, one.attribute)
    name = spec.en if (get_language() or "").startswith("en") else spec.zh
    return name[:1].upper() + name[1:]


def _word(one: Question, value: Any) -> str:
    """A value as people read it: codes as words, money in yuan, numbers masked."""
    if value is None or value == "":
        return "—"
    if isinstance(value, dict):
        return str(value.get("mask", ""))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if one.attribute.endswith("_fen") and isinstance(value, int):
        return f"{value / 100:,.2f}"
    known = (catalogue()[entity].base.get(one.attribute) for entity in ("household", "person"))
    name = next((spec.codes for spec in known if spec and spec.codes), "")
    code = codes()[name].codes.get(str(value)) if name else None
    if code is None:
        return str(value)
    return code.en if (get_language() or "").startswith("en") else code.zh
