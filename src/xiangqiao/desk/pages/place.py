"""The county, a township, a village: what needs me, how it stands, why, the whole list."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk import standing
from xiangqiao.desk.household_list import list_view
from xiangqiao.desk.panels import waiting_lines, ways
from xiangqiao.desk.standing import PlaceRow, place_word
from xiangqiao.kernel.ui.cards import Figure, Line
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.numbers import share, whole, yuan
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.kernel.ui.tables import Column, DataTable, Row
from xiangqiao.places.queries import Place, path_of, place
from xiangqiao.policy.queries import latest_screening
from xq_engine.divisions import is_within

NEEDS_MOST = 5


@page()
def home(request: DeskRequest) -> HttpResponse:
    """Show the division of the person's post; who reads no register is led to what the post is for."""
    viewer = request.viewer
    if not viewer.can(Can.READ_REGISTER):
        found = ways(viewer)
        if found:
            return HttpResponseRedirect(found[0].href)
        return render(request, "desk/no_post.html", {"posts": viewer.posts})
    for code in sorted(viewer.divisions(Can.READ_REGISTER)):
        here = place(code)
        if here is not None:
            return _show(request, here)
    return HttpResponseRedirect(reverse("desk:households"))


@page(Can.READ_REGISTER)
def place_page(request: DeskRequest, code: str) -> HttpResponse:
    """Show a division the person reads."""
    here = place(code)
    if here is None or not any(is_within(code, one) for one in request.viewer.divisions(Can.READ_REGISTER)):
        raise Http404(_("没有这个地方，或者不在您的辖区。"))
    return _show(request, here)


def _show(request: DeskRequest, here: Place) -> HttpResponse:
    viewer = request.viewer
    rows = standing.rows_of(viewer, here)
    by = standing.indicator_named(request.GET.get("by", ""))
    screened = latest_screening()
    is_village = here.level == standing.VILLAGE_LEVEL
    context: dict[str, Any] = {
        "here": here,
        "name": place_word(here),
        "crumbs": crumbs(viewer, here),
        "figures": figures(rows, here),
        "waiting": waiting_lines(viewer),
        "needs": _neediest(rows) if not is_village else [],
        "income": standing.income_per_head(viewer, here),
        "screened_on": screened.as_of if screened else None,
        "now": localtime(request.now),
        "day": date_format(viewer.today, "DATE_FORMAT"),
        "map": None if is_village else standing.place_map(rows, by),
        "by": by,
        "indicators": [Tab(str(one.tab), f"?by={one.key}", active=one is by) for one in standing.INDICATORS],
        "table": list_view(request, division=here.code).table if is_village else places_table(rows, here),
        "is_village": is_village,
    }
    return render(request, "desk/place.html", context)


def crumbs(viewer: Viewer, here: Place) -> list[Link]:
    """Return where a place stands, each place above leading to its page where the person reads it."""
    seen = viewer.divisions(Can.READ_REGISTER)
    found = []
    for one in path_of(here.code):
        if one.level < standing.COUNTY_LEVEL or one.level == standing.COUNTY_LEVEL == here.level:
            continue
        readable = one.code != here.code and any(is_within(one.code, code) for code in seen)
        found.append(Link(place_word(one), reverse("desk:place", args=[one.code]) if readable else ""))
    return found if len(found) > 1 else []


def figures(rows: list[PlaceRow], here: Place) -> list[Figure]:
    """Return the figures of a place; each opens to its rows."""
    homes, fen = sum(row.households for row in rows), sum(row.unclaimed_fen for row in rows)
    lost_homes = sum(row.unclaimed_homes for row in rows)
    persons = sum(row.persons for row in rows)
    unpaired, problems = sum(row.without_cadre for row in rows), sum(row.problems for row in rows)
    opened = f"{reverse('desk:households')}?division={here.code}"
    rate = share(lost_homes, homes)
    return [
        Figure(
            _("在册农户"),
            homes,
            _("户"),
            href=opened,
            note=ngettext("%(n)s 人", "%(n)s 人", persons) % {"n": whole(persons)},
            meaning=_("没有注销的户，和这些户现在的成员。"),
        ),
        Figure(
            _("应享未享"),
            sum(row.unclaimed for row in rows),
            _("项"),
            href=f"{opened}&policy=any",
            note=_("涉及 %(homes)s 户，占 %(rate)s；已知金额约 %(yuan)s 元")
            % {"homes": whole(lost_homes), "rate": rate or "—", "yuan": yuan(fen).removesuffix(".00")},
            tone="orange" if lost_homes else "",
            meaning=_(
                "最近一次筛查判定符合、还没有登记申请、享受或不要的政策；一人一项算一项。金额按各政策的发放周期各计一次，不是全年数。"
            ),
        ),
        Figure(
            _("待结对的户"),
            unpaired,
            _("户"),
            href=f"{opened}&cadre=none",
            note=_("应有帮扶干部而没有"),
            tone="orange" if unpaired else "",
            meaning=_("监测对象和还没有脱贫的户应有帮扶干部。"),
        ),
        Figure(
            _("数据问题"),
            problems,
            _("条"),
            href=f"{opened}&problem=any",
            note=_("待处理，按单元格计"),
            tone="red" if problems else "",
            meaning=_("导入时在表格里发现、还没有改正或确认的问题。"),
        ),
    ]


def places_table(rows: list[PlaceRow], here: Place) -> DataTable:
    """Return the places below one as a table."""
    is_county = here.level == standing.COUNTY_LEVEL
    base = reverse("desk:households")
    columns = [
        Column("place", _("乡镇") if is_county else _("村")),
        Column("households", _("在册"), unit=_("户"), numeric=True),
        Column("persons", _("人口"), unit=_("人"), numeric=True),
        Column("unclaimed", _("应享未享"), unit=_("项"), numeric=True),
        Column("fen", _("已知金额"), unit=_("元"), numeric=True),
        Column("cadre", _("待结对"), unit=_("户"), numeric=True),
        Column("problems", _("数据问题"), unit=_("条"), numeric=True),
    ]
    return DataTable(
        id="places",
        columns=columns,
        caption=_("各乡镇") if is_county else _("各村"),
        rows=[
            Row(
                [
                    place_word(row.place),
                    _opens(row.households, f"{base}?division={row.place.code}"),
                    row.persons,
                    _opens(row.unclaimed, f"{base}?division={row.place.code}&policy=any"),
                    yuan(row.unclaimed_fen),
                    _opens(row.without_cadre, f"{base}?division={row.place.code}&cadre=none"),
                    _opens(row.problems, f"{base}?division={row.place.code}&problem=any"),
                ],
                href=reverse("desk:place", args=[row.place.code]),
                key=row.place.code,
                label=place_word(row.place),
            )
            for row in rows
        ],
    )


def _opens(number: int, address: str) -> Link | int:
    return Link(whole(number), address) if number else 0


def _neediest(rows: list[PlaceRow]) -> list[Line]:
    """Return the places with the most entitlements not taken up, each with where to open them."""
    base = reverse("desk:households")
    worst = sorted((row for row in rows if row.unclaimed), key=lambda row: -row.unclaimed)[:NEEDS_MOST]
    return [
        Line(
            _("%(place)s：%(homes)s 户有应享未享")
            % {"place": place_word(row.place), "homes": whole(row.unclaimed_homes)},
            href=f"{base}?division={row.place.code}&policy=any",
            end=_("%(n)s 项") % {"n": whole(row.unclaimed)},
        )
        for row in worst
    ]
