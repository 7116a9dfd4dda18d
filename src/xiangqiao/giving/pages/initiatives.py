"""Joint initiatives and the books at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.giving import actions, queries
from xiangqiao.giving.forms.gifts import InitiativeForm
from xiangqiao.giving.pages.parts import act_of, day, desk_tabs, money, tried
from xiangqiao.giving.words import amount_in_words
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.places.queries import county


@page(Can.READ_GIVING)
@require_http_methods(["GET", "POST"])
def initiatives(request: DeskRequest) -> HttpResponse:
    """List joint initiatives; the office starts one."""
    home = county()
    may = home is not None and request.viewer.can(Can.MANAGE_GIVING, home.code)
    form = InitiativeForm(request.POST or None, initial={"starts_on": request.viewer.today})

    def do() -> None:
        data = form.cleaned_data
        actions.start_initiative(
            act=act_of(request), viewer=request.viewer, title=data["title"], purpose=data["purpose"],
            division_code=home.code if home else "", starts_on=data["starts_on"], ends_on=data["ends_on"],
            parts=form.departments(),
        )  # fmt: skip

    if request.method == "POST":
        if not may:
            raise NotAllowed("not_allowed", _("联合行动由网络公益办发起。"))
        if tried(form, do):
            messages.success(request, _("已发起。"))
            return redirect("giving:initiatives")
    context = {
        "tabs": desk_tabs("initiatives"), "table": _table(), "form": form if may else None, "key": new_id(),
        "heading": _("联合行动"), "lede": _("几个单位一起，各出什么、办成多少。"),
    }  # fmt: skip
    return render(
        request, "giving/initiatives.html", context, status=422 if request.method == "POST" else 200
    )


def _table() -> DataTable:
    return DataTable(
        id="initiatives", caption=_("联合行动"),
        columns=(
            Column("title", _("名称")), Column("parts", _("参加单位")), Column("time", _("时间")),
            Column("given", _("农户已确认"), unit=_("份"), numeric=True), Column("worth", _("约值（元）"), numeric=True),
        ),
        rows=[
            Row([
                Cell(one.title, sub=one.purpose), "；".join(f"{p.department}：{p.promise}" for p in one.parts.all()),
                f"{day(one.starts_on)} – {day(one.ends_on)}",
                one.given, money(one.worth),  # type: ignore[attr-defined]  # annotated
            ])
            for one in queries.initiatives()
        ],
        empty=Empty(_("还没有联合行动"), _("两个以上单位一起做时，在这里发起。")),
    )  # fmt: skip


@page(Can.READ_GIVING)
@require_GET
def books(request: DeskRequest) -> HttpResponse:
    """Recompute the books from the single gifts, and show what does not add up."""
    found = queries.check_books(request.viewer)
    what = {
        "missing": _("有捐助没有入账"), "amount": _("捐助与账上的数不同"), "state": _("捐助与账上的状态不同"),
        "taken": _("需求的已认下数与捐助合计不同"),
    }  # fmt: skip
    context = {
        "tabs": desk_tabs("books"), "heading": _("账目核对"), "books": found,
        "lede": _("从一份份捐助重新加总，与账本逐笔对比。外部公布的募得数另列，不入本账。"),
        "figures": [
            Figure(_("核对的捐助"), str(found.gifts), _("份"), note=_("您能看到的范围")),
            *(
                Figure(_("农户已确认"), amount_in_words(unit, amount), note=_("逐份相加"))
                for unit, amount in sorted(found.confirmed.items())
            ),
            Figure(_("外部公布的募得数"), f"{found.declared_fen // 100:,}", _("元"), note=_("各平台最近一次，未入本账")),
        ],
        "faults": [(what[code], subject) for code, subject in found.faults],
    }  # fmt: skip
    return render(request, "giving/check.html", context)
