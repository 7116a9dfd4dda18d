"""The public needs board: the list, one appeal with the offer form, books, feed. Works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.giving import actions, queries
from xiangqiao.giving.forms.gifts import BoardForm, OfferForm
from xiangqiao.giving.pages.appeal_view import declared
from xiangqiao.giving.pages.lanes import reasons
from xiangqiao.giving.pages.parts import (
    UNITS_OF_KIND,
    act_of,
    day,
    money,
    need_amount,
    need_choice,
    public_tabs,
    state_tag,
    tried,
)
from xiangqiao.giving.queries.board import Shown
from xiangqiao.giving.rules.needs import entered
from xiangqiao.giving.visitors import person_of
from xiangqiao.giving.words import amount_in_words
from xiangqiao.kernel import clock
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.marks import Link, Meter
from xiangqiao.kernel.ui.tables import Column, DataTable, Row
from xiangqiao.places import queries as places

_PUBLIC = SystemViewer("公开账")
_CODE = "giving_code"


def drawn(request: HttpRequest, template: str, active: str, context: dict[str, Any]) -> HttpResponse:
    """Draw a public page of giving; 422 where a form was refused."""
    signed = request.user.is_authenticated
    frame = {
        "tabs": public_tabs(active), "key": new_id(), "sign_in_url": "" if signed else reverse("sign_in"),
        "mine_url": reverse("giving:mine") if signed else "",
    }  # fmt: skip
    return render(request, template, frame | context, status=422 if request.method == "POST" else 200)


@public
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """List what households need, with what is still open of it."""
    here = places.county()
    towns = [(one.code[:9], one.name) for one in places.children(here.code)] if here else []
    form = BoardForm(request.GET or None, townships=towns)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = queries.board(clock.now(), kind=wanted.get("kind", ""), township=wanted.get("township", ""))
    context = {
        "heading": _("需求榜"), "filter": form, "entries": [tile(one) for one in shown],
        "lede": _("都由两个互不相干的人上门核实过。不写是谁家；送到以后由农户自己确认。本系统不收钱。"),
        "initiatives": list(queries.initiatives()[:5]),
    }  # fmt: skip
    return drawn(request, "giving/board.html", "board", context)


def tile(one: Shown) -> dict[str, Any]:
    """Return an appeal as a tile of the board."""
    open_needs = [need for need in one.needs if need.open and need.kind != "MONEY"]
    lines = [
        _("%(what)s：还差 %(open)s") % {"what": need.what, "open": need_amount(need, need.open)}
        for need in open_needs
    ]
    return {
        "href": reverse("giving:shown", args=[one.appeal.case_no]), "title": one.title, "tag": state_tag(one.appeal),
        "place": one.row["township"], "case": one.appeal.case_no, "lines": lines[:3],
        "money": _("善款：%(lane)s") % {"lane": one.appeal.get_lane_display()} if one.appeal.lane in ("A", "B") else "",
    }  # fmt: skip


def shown_or_404(case_no: str) -> Shown:
    """Return a public appeal, or answer 404."""
    found = queries.shown_appeal(case_no, clock.now())
    if found is None:
        raise Http404
    return found


@public
@require_http_methods(["GET", "POST"])
def shown(request: HttpRequest, case_no: str) -> HttpResponse:
    """Show one public appeal, and take an offer for one of its needs."""
    one = shown_or_404(case_no)
    by = person_of(request, clock.today())
    needs = [need for need in one.needs if need.open and need.kind != "MONEY"]
    form = OfferForm(
        request.POST or None, needs=[need_choice(need) for need in needs], signed_in=isinstance(by, Viewer),
        initial={"name": by.user.name if isinstance(by, Viewer) else ""},
    )  # fmt: skip
    made: list[actions.Offered] = []

    def do() -> None:
        need = next(need for need in needs if str(need.public_id) == form.cleaned_data["need"])
        made.append(
            _offer(request, form.cleaned_data, need.what, UNITS_OF_KIND[need.kind], need.kind, need=need)
        )

    if request.method == "POST" and needs and one.appeal.state == "OPEN" and tried(form, do):
        return _thank(request, made)
    context = {
        "heading": one.title, "one": one, "tag": state_tag(one.appeal), "reasons": reasons(one.appeal.lane),
        "cost": money(one.row["cost"]), "until": day(one.publication.withdraw_on),
        "needs": [(need.what, f"{need.get_kind_display()} · {need.evidence}", _meter(need)) for need in one.needs],
        "declared": [(total.platform, declared(total), total.link) for total in one.mirrored],
        "books": queries.check_books(_PUBLIC, one.appeal), "report": queries.closing_report(one.appeal, clock.now()),
        "form": form if needs and one.appeal.state == "OPEN" else None,
        "crumbs": [Link(_("需求榜"), reverse("giving:board")), Link(one.appeal.case_no, "")],
    }  # fmt: skip
    return drawn(request, "giving/shown.html", "board", context)


def _meter(need: Any) -> Meter:
    if need.kind == "MONEY":
        # Not given here: the platform or the charity says how much came.
        return Meter(None, need_amount(need, need.quantity))
    text = f"{need_amount(need, need.taken)} / {need_amount(need, need.quantity)}"
    return Meter(need.taken / need.quantity, text, "green")


def _offer(
    request: HttpRequest, data: dict[str, Any], what: str, unit: str, kind: str, **more: Any
) -> actions.Offered:
    return actions.offer_gift(
        act=act_of(request), donor=actions.Donor(data["name"], data.get("phone", "")), what=what, unit=unit,
        amount=entered(kind, float(data["amount"])), value_fen=round((data["value"] or 0) * 100),
        message=data["message"], **more,
    )  # fmt: skip


def _thank(request: HttpRequest, made: list[actions.Offered]) -> HttpResponse:
    """Lead a member to the own page, a guest to the code, which is shown once."""
    if made and made[0].code:
        request.session[_CODE] = made[0].code
        return redirect("giving:thanks")
    return redirect("giving:mine")


@public
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Take a gift that is offered to whoever needs it."""
    by = person_of(request, clock.today())
    form = OfferForm(
        request.POST or None, needs=None, signed_in=isinstance(by, Viewer),
        initial={"name": by.user.name if isinstance(by, Viewer) else ""},
    )  # fmt: skip
    made: list[actions.Offered] = []

    def do() -> None:
        data = form.cleaned_data
        kind = "HOURS" if data["unit"] == "MINUTE" else "GOODS"
        made.append(_offer(request, data, data["what"], data["unit"], kind))

    if request.method == "POST" and tried(form, do):
        return _thank(request, made)
    context = {
        "heading": _("我有东西要捐"), "form": form,
        "lede": _("没有指定给谁也可以：写下有什么，网络公益办对接给需要的人家。"),
    }  # fmt: skip
    return drawn(request, "giving/offer.html", "offer", context)


@public
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Show a guest the code of the offer, once."""
    return drawn(
        request,
        "giving/thanks.html",
        "follow",
        {"heading": _("谢谢您"), "code": request.session.pop(_CODE, "")},
    )


@public
@require_GET
def public_books(request: HttpRequest) -> HttpResponse:
    """Show the books: every confirmed gift, what they add up to, and apart what others declare."""
    books = queries.check_books(_PUBLIC)
    rows = queries.gifts(_PUBLIC, state="CONFIRMED").order_by("-ended_at")[:200]
    context = {
        "heading": _("公开账"), "books": books, "declared": money(books.declared_fen),
        "lede": _("每一份农户确认收到的捐助。不写是谁捐的、捐给谁家。"),
        "sums": [amount_in_words(unit, amount) for unit, amount in sorted(books.confirmed.items())],
        "table": DataTable(
            id="confirmed", caption=_("农户确认的捐助"),
            columns=(
                Column("day", _("确认日期")), Column("case", _("公示编号")), Column("what", _("捐什么")),
                Column("amount", _("数量"), numeric=True),
            ),
            rows=[
                Row([day(row.ended_at), row.appeal.case_no if row.appeal else None, row.what, amount_in_words(row.unit, row.amount)])
                for row in rows
            ],
        ),
    }  # fmt: skip
    return drawn(request, "giving/books.html", "public_books", context)
