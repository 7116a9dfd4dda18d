"""Stations: the list on a day, one station with its keeper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.office import ClosedForm, KeeperForm
from xiangqiao.commerce.pages.desk import wanted_day
from xiangqiao.commerce.pages.drawer import turnover_blocks
from xiangqiao.commerce.pages.parts import Block, FormPart, act_of, attempt, day, or_404, show
from xiangqiao.commerce.queries import offices
from xiangqiao.commerce.queries.figures import points_on
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row
from xiangqiao.places.queries import names, path_of
from xq_engine.divisions import range_of


@page(Can.READ_COMMERCE)
@require_GET
def stations(request: DeskRequest) -> HttpResponse:
    """List the service points open on a day, by place."""
    on = wanted_day(request)
    rows = points_on(request.viewer, on)
    if operator := request.GET.get("operator"):
        rows = rows.filter(operator=operator)
    if place := request.GET.get("division"):
        first, after = range_of(place)
        rows = rows.filter(division_code__gte=first, division_code__lt=after)
    part = page_of(
        rows, "division_code", after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    called = names(
        {one.division_code for one in part.rows} | {f"{one.division_code[:9]}000" for one in part.rows}
    )
    drawn = [
        Row(
            [
                Cell(one.name, sub=one.code), one.get_operator_display(),
                Cell(called[one.division_code], sub=called[f"{one.division_code[:9]}000"]), one.keeper_name or None,
                Cell(day(one.opened_on), sub=_("%(day)s 关停") % {"day": day(one.closed_on)} if one.closed_on else ""),
            ],
            href=reverse("commerce:station", args=[one.public_id]), label=one.name,
        )
        for one in part.rows
    ]  # fmt: skip
    heads = [Column("name", _("站点")), Column("operator", _("运营商")), Column("place", _("在哪里")), Column("keeper", _("站长")), Column("opened", _("开业"))]  # fmt: skip
    table = DataTable(
        id="stations", columns=heads, rows=drawn, caption=_("服务点"), query=request.GET, total=rows.count(), noun=_("个"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("这一天没有开着的服务点"), _("换一天看看，或由电商办导入运营商名单。")),
    )  # fmt: skip
    return show(
        request, _("服务点"), [Block(_("服务点"), table=table)], lede=_("%(day)s 开着的服务点。") % {"day": day(on)},
        crumbs=[Link(_("农村电商"), reverse("commerce:desk")), Link(_("服务点"), "")],
    )  # fmt: skip


@page(Can.READ_COMMERCE)
@require_GET
def station(request: DeskRequest, station_id: UUID) -> HttpResponse:
    """Show one station."""
    return _page(request, station_id)


@page(Can.MANAGE_COMMERCE)
@require_POST
def station_step(request: DeskRequest, station_id: UUID, step: str) -> HttpResponse:
    """Name the keeper of a station, or close it."""
    or_404(lambda: offices.station_named(request.viewer, station_id))
    if step == "keeper":
        form = KeeperForm(request.POST)
        done = attempt(request, form, lambda: _name(request, form, station_id))
        return redirect("commerce:station", station_id) if done else _page(request, station_id, keeper=form)
    closed = ClosedForm(request.POST)
    done = attempt(
        request,
        closed,
        lambda: actions.close_station(act=act_of(request), station=station_id, on=closed.cleaned_data["on"]),
    )
    return redirect("commerce:station", station_id) if done else _page(request, station_id, closed=closed)


def _name(request: DeskRequest, form: KeeperForm, station_id: UUID) -> Any:
    username = form.cleaned_data["username"].strip()
    user = offices.user_named(username) if username else None
    if username and user is None:
        form.add_error("username", _("没有这个登录名。"))
        return None
    return actions.name_keeper(
        act=act_of(request), station=station_id, user=user.public_id if user else None, name=form.cleaned_data["name"]
    )  # fmt: skip


def _page(
    request: DeskRequest, station_id: UUID, keeper: KeeperForm | None = None, closed: ClosedForm | None = None
) -> HttpResponse:
    row = or_404(lambda: offices.station_named(request.viewer, station_id))
    where = " ".join(one.name for one in path_of(row.division_code)[-2:])
    pairs = [
        (_("运营商"), row.get_operator_display()), (_("编号"), row.code), (_("级别"), row.get_level_display()),
        (_("在哪里"), f"{where} {row.place}"), (_("站长"), row.keeper_name or None),
        (_("登录账号"), _("已登记") if row.keeper else _("未登记账号")), (_("电话"), row.phone_mask or None),
        (_("开业"), day(row.opened_on)), (_("关停"), day(row.closed_on) or _("还开着")),
    ]  # fmt: skip
    blocks = [Block(_("基本情况"), pairs=pairs)]
    if request.viewer.can(Can.MANAGE_COMMERCE, row.division_code):
        url = reverse("commerce:station_step", args=[row.public_id, "keeper"])
        ending = reverse("commerce:station_step", args=[row.public_id, "close"])
        blocks += turnover_blocks(row, request.viewer.today)
        blocks += [
            Block(_("登记站长"), forms=[FormPart(keeper or KeeperForm(initial={"name": row.keeper_name}), url, _("保存"))]),
            Block(_("关停"), forms=[FormPart(closed or ClosedForm(), ending, _("登记关停"), kind="danger")]),
        ]  # fmt: skip
    open_now = row.closed_on is None or row.closed_on > request.viewer.today
    tag = Tag(_("开着"), "green") if open_now else Tag(_("已关停"), "grey")
    return show(
        request, row.name, blocks, tags=[tag],
        crumbs=[Link(_("农村电商"), reverse("commerce:desk")), Link(_("服务点"), reverse("commerce:stations")), Link(row.name, "")],
    )  # fmt: skip
