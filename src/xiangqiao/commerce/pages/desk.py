"""The programme at a glance on any day: points, pavilions, tenants, 三有一能, each figure with its rows."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce.pages.parts import Block, day, show, yuan_of
from xiangqiao.commerce.queries import figures as counted
from xiangqiao.commerce.queries.reach import county_reach
from xiangqiao.commerce.queries.turnover import township_turnover
from xiangqiao.commerce.words import OPERATORS
from xiangqiao.kernel.ui.cards import Figure, Line
from xiangqiao.kernel.ui.charts import bar_chart
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.numbers import share
from xiangqiao.kernel.ui.tables import Column, DataTable, Row
from xiangqiao.places.queries import county, names

REPORT_DAY = date(2016, 11, 29)


def wanted_day(request: DeskRequest) -> date:
    """Return the day that the address asks for; today where it names none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.viewer.today


def query(on: date, **more: str) -> str:
    """Return the query of an address on a day."""
    return "?" + "&".join(f"{name}={value}" for name, value in {"on": on.isoformat(), **more}.items())


@page(Can.READ_COMMERCE)
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """Show the programme on a day."""
    on = wanted_day(request)
    found = counted.figures(request.viewer, on)
    stations, reach = reverse("commerce:stations"), reverse("commerce:reach")
    shown = [
        Figure(_("服务点"), found.points, _("个"), href=stations + query(on), note=_("%(towns)s 个乡镇，%(operators)s 家运营商") % {"towns": found.townships, "operators": found.operators}),
        Figure(_("村邮乐购站点"), found.post_stations, _("个"), href=stations + query(on, operator="CHINA_POST"), note=_("站点数，不是村数")),
        Figure(_("贫困村有村邮乐购"), found.poor_villages_with_post, pgettext("villages", "村"), href=reach + query(on), note=_("认定的贫困村 %(n)s 个") % {"n": found.poor_villages}),
        Figure(_("孵化园商户"), found.tenants, _("家商户"), href=reverse("commerce:park") + query(on)),
        Figure(_("网上特产馆"), found.pavilions, _("个馆"), href=reverse("commerce:pavilions")),
    ]  # fmt: skip
    other = REPORT_DAY if on != REPORT_DAY else request.viewer.today
    links = [Link(_("看 %(day)s") % {"day": day(other)}, query(other), "history")]
    blocks = [_able(request, on), _operators(request, on), _towns(request, on), _sales(request)]
    return show(
        request, _("农村电商"), blocks, figures=shown, links=links, two=True,
        lede=_("截至 %(day)s，在您能看到的范围内。") % {"day": day(on)},
    )  # fmt: skip


def _able(request: DeskRequest, on: date) -> Block:
    place = county()
    one = county_reach(request.viewer, place.code if place else "", on)
    url = reverse("commerce:reach") + query(on)
    rate = share(one.poor_households_able, one.poor_households)
    lines = [
        Line(_("县有服务中心"), url, end=_("%(n)s 个") % {"n": one.centres}),
        Line(_("乡镇有服务站"), url, end=_("%(n)s / %(of)s 个乡镇") % {"n": one.townships_with_station, "of": one.townships}),
        Line(_("贫困村有服务点"), url, end=_("%(n)s / %(of)s 个村") % {"n": one.poor_villages_with_point, "of": one.poor_villages}),
        Line(_("贫困户能网上买卖"), url, end=_("%(n)s / %(of)s 户（%(rate)s）") % {"n": one.poor_households_able, "of": one.poor_households, "rate": rate or "—"}),
    ]  # fmt: skip
    return Block(_("三有一能"), lines=lines)


def _operators(request: DeskRequest, on: date) -> Block:
    base = reverse("commerce:stations")
    lines = [
        Line(str(OPERATORS[code]), base + query(on, operator=code), end=_("%(n)s 个") % {"n": n})
        for code, n in sorted(counted.points_by_operator(request.viewer, on).items(), key=lambda one: -one[1])
    ]
    return Block(_("各运营商的服务点"), lines=lines, text="" if lines else _("还没有站点。电商办导入运营商名单以后，这里就有数。"))  # fmt: skip


def _towns(request: DeskRequest, on: date) -> Block | None:
    found = counted.points_by_township(request.viewer, on)
    if not found:
        return None
    called, base = names(found), reverse("commerce:stations")
    bars = [(called[code], n) for code, n in sorted(found.items())]
    links = [base + query(on, division=code) for code in sorted(found)]
    return Block(
        _("各乡镇的服务点"),
        chart=bar_chart(title=_("各乡镇的服务点"), bars=bars, unit=_("个"), links=links),
    )


def _sales(request: DeskRequest) -> Block | None:
    """Totals of townships: never of a person, and not ranked."""
    first = request.viewer.today.replace(month=1, day=1)
    found = township_turnover(request.viewer, since=first)
    if not found:
        return None
    called = names(found)
    rows = [Row([called[code], yuan_of(total)]) for code, total in sorted(found.items())]
    heads = [Column("town", _("乡镇")), Column("sum", _("网上卖出"), numeric=True)]
    return Block(
        _("今年网上卖出，按乡镇"),
        text=_("只有乡镇合计；站点的营业额只给站长本人和电商办看。"),
        table=DataTable(id="towns", columns=heads, rows=rows, caption=_("今年网上卖出，按乡镇")),
    )
