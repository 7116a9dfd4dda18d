"""The counter's first page: what to do, what waits; who stands there; consents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import CodeForm, ConsentForm, NoFields, WhoForm
from xiangqiao.commerce.pages.parts import (
    Block,
    FormPart,
    act_of,
    attempt,
    day,
    home_of,
    or_404,
    show,
    token_of,
    try_step,
)
from xiangqiao.commerce.queries import keeping
from xiangqiao.commerce.queries.counter import AtCounter, household_who_came, households_that_consented
from xiangqiao.kernel.ui.cards import Empty, Figure, Line
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.kernel.ui.tables import Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.commerce.models import Station


def no_station(request: DeskRequest) -> HttpResponse:
    """Say that nobody has named this person the keeper of a station, and who does so."""
    empty = Empty(
        _("还没有登记您守哪个站点"), _("请县电商办在“站点”里把您登记为站长。"), icon="building-store"
    )
    return render(request, "commerce/empty.html", {"heading": _("柜台"), "empty": empty})


def crumbs(title: str) -> list[Link]:
    """Return the way from the counter to a page."""
    return [Link(_("柜台"), reverse("commerce:counter")), Link(title, "")]


@page(Can.KEEP_STATION)
@require_GET
def counter(request: DeskRequest) -> HttpResponse:
    """Show the counter: the things that are done here as big tiles, and what waits."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    orders = keeping.orders_of(request.viewer).filter(state__in=("PLACED", "READY", "DELIVERED"))
    bought = keeping.purchases_of(request.viewer).filter(state__in=keeping.OPEN_PURCHASES)
    tiles = [
        Link(title, reverse(f"commerce:{name}"), icon)
        for name, title, icon in (
            ("take_in", _("收货"), "scale"), ("buy", _("代买"), "package"), ("collect", _("凭码取货"), "key"),
            ("orders", _("订单和发货"), "truck"), ("lots", _("货和结算"), "receipt"), ("drawer", _("钱箱和日结"), "wallet"),
            ("consents", _("同意书"), "certificate"), ("turnover", _("每月营业额"), "chart-bar"),
        )
    ]  # fmt: skip
    cash = keeping.expected_now(station, request.viewer.today)
    figures = [
        Figure(
            _("待发货、待取的订单"), orders.exclude(state="DELIVERED").count(), _("笔"), href=reverse("commerce:orders"),
            tone="orange" if orders.filter(state="PLACED").exists() else "",
        ),
        Figure(_("没办完的代买"), bought.count(), _("笔"), href=reverse("commerce:buy")),
        Figure(_("钱箱里应有"), yuan(cash), _("元"), href=reverse("commerce:drawer")),
    ]  # fmt: skip
    newest = [
        Line(
            f"{row.name} {row.lot.product}",
            reverse("commerce:slip", args=[row.public_id]),
            end=day(row.on) or "",
        )
        for row in keeping.intakes_of(request.viewer).filter(station=station)[:6]
    ]
    blocks = [Block(_("最近收的货"), lines=newest)] if newest else []
    return show(request, station.name, blocks, lede=_("今天要办什么？"), figures=figures, tiles=tiles)


def who_blocks(request: DeskRequest, form: WhoForm, url: str) -> list[Block]:
    """Return the two ways to a household: it stands at the counter with number and name, or it consented."""
    known = [
        Line(f"{home.name}　{home.village}", f"{url}?home={token_of(home)}")
        for home in households_that_consented(request.viewer, request.GET.get("q", ""), most=20)
    ]
    blocks = [
        Block(
            _("谁来了"),
            text=_("户编号和户主姓名都对上，才认得出是哪一户。别的资料这里看不到。"),
            forms=[FormPart(form, url, _("下一步"), hidden={"step": "who"}, icon="arrow-right")],
        )
    ]
    return [*blocks, Block(_("签过同意书的户"), lines=known)] if known else blocks


def who_came(request: DeskRequest, form: WhoForm) -> AtCounter | None:
    """Return the household that the form names; what was wrong stands in the form. The look is written down."""
    if not form.is_valid():
        return None
    found = household_who_came(request.viewer, **form.cleaned_data)
    if found is None:
        form.add_error(None, _("户编号和户主姓名对不上，或者不是附近的户。请看明白卡再输一遍。"))
        return None
    note_viewing(request.viewer, [found.public_id], reason=_("来柜台办事"), now=request.now)
    return found


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def collect(request: DeskRequest) -> HttpResponse:
    """Hand over what waits under a code."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    form = CodeForm(request.POST or None)
    done = attempt(
        request,
        form,
        lambda: actions.collect(act=act_of(request), station=station, code=form.cleaned_data["code"]),
    )
    if done is not None:
        kind = "purchase" if hasattr(done, "receipt") else "order"
        return redirect(f"commerce:{kind}", done.public_id)
    part = FormPart(form, request.path, _("交货"), icon="check")
    text = _("请来人报出取货码。对上以后把货交给他；没付的钱当面收清，自动记进钱箱。")
    return show(
        request,
        _("凭码取货"),
        [Block(_("取货码"), text=text, forms=[part])],
        crumbs=crumbs(_("凭码取货")),
    )


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def consents(request: DeskRequest) -> HttpResponse:
    """Note a household's consent, and list those in force."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    who, home = WhoForm(), home_of(request)
    if request.POST.get("step") == "who":
        who = WhoForm(request.POST)
        home = who_came(request, who)
    form = ConsentForm(request.POST if request.POST.get("step") == "consent" else None)
    if home is not None and form.is_bound:
        given = attempt(
            request,
            form,
            lambda: actions.give_consent(
                act=act_of(request), station=station, home=home, **form.cleaned_data
            ),
        )
        if given is not None:
            return redirect("commerce:consents")
    if home is not None:
        part = FormPart(form, request.path, _("登记同意"), {"step": "consent", "home": token_of(home)})
        text = _("同意以后，您在柜台能看到这一户的姓名和村，可以替它买卖；它随时可以不同意。")
        return show(
            request, _("同意书"), [Block(f"{home.name}　{home.village}", text=text, forms=[part])], crumbs=crumbs(_("同意书"))
        )  # fmt: skip
    blocks = who_blocks(request, who, request.path)[:1]
    return show(request, _("同意书"), [*blocks, _given(request, station)], crumbs=crumbs(_("同意书")))


def _given(request: DeskRequest, station: Station) -> Block:
    names = {home.public_id: home for home in households_that_consented(request.viewer, most=500)}
    rows = [
        Row(
            [
                names[row.household].name, names[row.household].village, row.get_way_display(), day(row.given_on),
                Link(_("不再同意"), reverse("commerce:end_consent", args=[row.public_id])),
            ]
        )
        for row in keeping.consents_of(station)
        if row.household in names
    ]  # fmt: skip
    heads = [Column("name", _("户主")), Column("village", _("村")), Column("way", _("方式")), Column("on", _("日期")), Column("end", _("撤回"))]  # fmt: skip
    empty = Empty(_("还没有同意书"), _("上面输入户编号和姓名，登记第一份。"))
    return Block(
        _("有效的同意书"),
        table=DataTable(id="consents", columns=heads, rows=rows, caption=_("有效的同意书"), empty=empty),
    )


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def end_consent(request: DeskRequest, consent_id: UUID) -> HttpResponse:
    """Ask once more, then end a consent."""
    or_404(lambda: keeping.consent_named(request.viewer, consent_id))
    if request.method == "POST":
        try_step(
            request,
            lambda: actions.end_consent(act=act_of(request), consent=consent_id),
            _("已经撤回，这一户的资料不再显示。"),
        )
        return redirect("commerce:consents")
    part = FormPart(NoFields(), request.path, _("撤回同意"), kind="danger", icon="x")
    return show(
        request, _("撤回同意"), [Block(_("真的撤回吗？"), forms=[part])], crumbs=crumbs(_("撤回同意"))
    )
