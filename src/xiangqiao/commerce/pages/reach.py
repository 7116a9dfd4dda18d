"""三有一能: what there is, who can, who still cannot and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce.pages.desk import query, wanted_day
from xiangqiao.commerce.pages.parts import Block, day, show
from xiangqiao.commerce.queries.reach import CountyReach, VillageReach, county_reach, who_cannot
from xiangqiao.commerce.words import LACKS
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link, Meter, Tag
from xiangqiao.kernel.ui.numbers import share
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.places.queries import county, names

SHOWN = 80


@page(Can.READ_COMMERCE)
@require_GET
def reach(request: DeskRequest) -> HttpResponse:
    """Show 三有一能 on a day; a village opens to the households that cannot, for who may read the register."""
    on, place = wanted_day(request), county()
    found = county_reach(request.viewer, place.code if place else "", on)
    blocks = [_villages(found)]
    if village := request.GET.get("village", ""):
        blocks.insert(0, _households(request, village))
    if found.missing_townships:
        blocks.append(Block(_("还没有服务站的乡镇"), text="、".join(found.missing_townships)))
    lede = _(
        "截至 %(day)s。“能”是：自己有网店；或者本村有开着的、有站长的服务点，并且有电话，或同意站点代办。"
    )
    return show(
        request, _("三有一能"), blocks, figures=_figures(found), lede=lede % {"day": day(on)},
        links=[Link(_("服务点"), reverse("commerce:stations") + query(on), "map-pin")],
        crumbs=[Link(_("农村电商"), reverse("commerce:desk")), Link(_("三有一能"), "")],
    )  # fmt: skip


def _figures(found: CountyReach) -> list[Figure]:
    rate = share(found.poor_households_able, found.poor_households)
    return [
        Figure(_("县服务中心"), found.centres, _("个中心"), href=reverse("commerce:stations")),
        Figure(_("有服务站的乡镇"), found.townships_with_station, _("个乡镇"), note=_("共 %(n)s 个乡镇") % {"n": found.townships}),
        Figure(_("有服务点的贫困村"), found.poor_villages_with_point, pgettext("villages", "村"), note=_("认定的贫困村 %(n)s 个") % {"n": found.poor_villages}),
        Figure(_("能网上买卖的贫困户"), found.poor_households_able, _("户"), note=_("贫困户 %(n)s 户的 %(rate)s") % {"n": found.poor_households, "rate": rate or "—"}),
    ]  # fmt: skip


def _villages(found: CountyReach) -> Block:
    rows = [_village_row(one) for one in found.villages[:SHOWN]]
    heads = [Column("village", _("村")), Column("points", _("开着的点"), numeric=True), Column("rate", _("能网上买卖")), Column("why", _("还不能的，为什么"))]  # fmt: skip
    table = DataTable(
        id="villages", columns=heads, rows=rows, caption=_("各村"), total=len(found.villages), noun=_("个村"),
        empty=Empty(_("没有贫困户"), _("台账里建档立卡的户和监测户才算在这里。")),
    )  # fmt: skip
    return Block(
        _("各村"),
        text=_(
            "贫困户指台账里建档立卡的户（未脱贫、已脱贫、返贫）和监测户。还不能的户最多的村排在前面，列前 %(n)s 个村。"
        )
        % {"n": SHOWN},
        table=table,
    )


def _village_row(one: VillageReach) -> Row:
    why = [Tag(f"{LACKS[lack]} {n}", "orange", icon="none") for lack, n in sorted(one.lacks.items())]
    rate = one.can / one.poor if one.poor else None
    return Row(
        [one.name, one.points, Meter(rate, f"{one.can} / {one.poor}", "green" if one.can == one.poor else "orange"), why],
        href=f"{reverse('commerce:reach')}?village={one.code}", label=one.name,
    )  # fmt: skip


def _households(request: DeskRequest, village: str) -> Block:
    title = _("%(village)s：还不能的户") % {"village": names([village])[village]}
    if not request.viewer.can(Can.READ_REGISTER, village):
        return Block(title, text=_("户的名单只给能看农户台账的岗位看；这里只有数。"))
    rows = [
        Row([Cell(name, sub=number), str(LACKS[lack])], href=_household_address(key), label=name)
        for key, number, name, lack in who_cannot(request.viewer, village, request.viewer.today)
    ]
    heads = [Column("home", _("农户")), Column("lack", _("差什么"))]
    empty = Empty(_("这个村的贫困户都能网上买卖"), "")
    return Block(title, table=DataTable(id="cannot", columns=heads, rows=rows, caption=title, empty=empty))


def _household_address(key: object) -> str:
    """The household's page is the desk's, a floor above: without that face the name is not a link."""
    try:
        return reverse("desk:household", args=[key])
    except NoReverseMatch:
        return ""
