"""Points and villages: what stands where, by which evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.actions.measure import Reading
from xiangqiao.coverage.forms import MeasureForm, PointFilterForm
from xiangqiao.coverage.pages.parts import act_of, division_choices, point_or_404, tabs
from xiangqiao.coverage.words import LEVELS, SERVICES, place_name, standing_tags
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.flow import TimelineEntry
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xq_engine.coverage.covered import DEFINITIONS

if TYPE_CHECKING:
    from xiangqiao.coverage.models import Evidence

_ANSWERS = {"yes": True, "no": False, "unknown": None}
MOST = 400


@page(Can.READ_COVERAGE)
@require_GET
def point_list(request: DeskRequest) -> HttpResponse:
    """List the points with what stands there, by evidence."""
    form = PointFilterForm(request.GET, divisions=division_choices(request.viewer))
    asked = request.GET
    kinds = [asked["kind"]] if asked.get("kind") else []
    division = asked.get("division", "") if asked.get("division", "").isdigit() else ""
    known = queries.points_with_standing(
        list(queries.points(request.viewer, division, kinds=kinds)), request.viewer.today
    )
    if asked.get("service") in _ANSWERS:
        known = [one for one in known if one.mobile.has_service is _ANSWERS[asked["service"]]]
    if asked.get("level"):
        known = [one for one in known if one.mobile.level.name == asked["level"]]
    columns = [
        Column("name", _("点位")), Column("kind", _("类别")), Column("mobile", str(SERVICES["MOBILE"])),
        Column("fibre", str(SERVICES["FIBRE"])), Column("far", _("最近的 4G 基站"), _("米"), numeric=True),
    ]  # fmt: skip
    table = DataTable(
        id="points", caption=_("点位"), columns=columns, rows=[_row(one) for one in known[:MOST]], query=asked,
        total=len(known), noun=_("个"),
        empty=Empty(_("没有符合条件的点位"), _("放宽条件，或请网络办导入点位表。")),
    )  # fmt: skip
    context = {
        "tabs": tabs(request.viewer, "points"),
        "table": table,
        "form": form,
        "more": len(known) > MOST,
    }
    return render(request, "coverage/points.html", context)


def _row(one: queries.Known) -> Row:
    homes = one.site.households
    sub = ngettext("%(n)d 户", "%(n)d 户", homes) % {"n": homes} if homes else ""
    return Row(
        [
            Cell(one.site.name, sub=" · ".join(filter(None, (place_name(one.site.division_code), sub)))),
            str(one.site.get_kind_display()), standing_tags(one.mobile), standing_tags(one.fibre),
            one.prediction.distance_m if one.prediction else None,
        ],
        href=reverse("coverage:point", args=[one.site.public_id]),
    )  # fmt: skip


@page(Can.READ_COVERAGE)
@require_GET
def point(request: DeskRequest, site_id: UUID) -> HttpResponse:
    """Show one point: what stands, and every piece of evidence."""
    return _point(request, site_id)


def _point(request: DeskRequest, site_id: UUID, form: MeasureForm | None = None) -> HttpResponse:
    site = point_or_404(request, site_id)
    known = queries.points_with_standing([site], request.viewer.today)[0]
    entries = [_entry(one) for one in queries.evidence_at(request.viewer, site_id)]
    if known.prediction:
        entries.append(_predicted(known))
    may = request.viewer.can(Can.MANAGE_COVERAGE, site.division_code)
    facts: list[tuple[str, object]] = [
        (_("类别"), str(site.get_kind_display())),
        (_("所在"), place_name(site.division_code)),
        (_("户数"), site.households),
        (_("坐标来源"), f"{site.source}（{site.get_datum_display()}）"),
        (str(SERVICES["MOBILE"]), standing_tags(known.mobile)),
        (str(SERVICES["FIBRE"]), standing_tags(known.fibre)),
    ]
    context = {
        "site": site, "facts": facts, "entries": entries, "may": may, "form": form or MeasureForm(), "key": new_id(),
        "disputed": known.mobile.disputed or known.fibre.disputed,
        "crumbs": [Link(_("网络覆盖"), reverse("coverage:desk")), Link(_("点位"), reverse("coverage:points")), Link(site.name, "")],
    }  # fmt: skip
    return render(request, "coverage/point.html", context, status=422 if form and form.errors else 200)


def _entry(one: Evidence) -> TimelineEntry:
    figures = [
        f"{one.down_kbps / 1000:.1f} Mbps ↓" if one.down_kbps is not None else "",
        f"{one.up_kbps / 1000:.1f} Mbps ↑" if one.up_kbps is not None else "",
        f"{one.latency_ms} ms" if one.latency_ms is not None else "",
        f"{one.level_dbm} dBm" if one.level_dbm is not None else "",
    ]
    tags = [
        Tag(_("通"), "green") if one.has_service else Tag(_("不通"), "red"),
        Tag(str(one.get_level_display()), "blue", icon="none"),
        Tag(_("%(grade)s 级") % {"grade": one.grade}, "grey", icon="none"),
    ]
    return TimelineEntry(
        when=formats.date_format(one.at, "DATE_FORMAT"),
        text=f"{one.get_service_display()} · {one.get_how_display()}",
        who=one.who,
        detail=" · ".join(filter(None, [*figures, one.note])),
        tags=tags,
    )


def _predicted(known: queries.Known) -> TimelineEntry:
    one = known.prediction
    assert one is not None
    detail = (
        _("没有 5 公里以内的 4G 基站")
        if one.distance_m is None
        else _("离最近的 4G 基站 %(far)d 米，算出约 %(level)d dBm。只是推测，不能当作验收依据。")
        % {"far": one.distance_m, "level": one.level_dbm or 0}
    )
    how = _("按距离和公式推测")
    return TimelineEntry(
        when=formats.date_format(one.run.at, "DATE_FORMAT"),
        text=f"{SERVICES['MOBILE']} · {how}",
        who=one.run.by_label,
        detail=detail,
        tags=[
            Tag(_("通"), "green") if one.has_service else Tag(_("不通"), "red"),
            Tag(str(LEVELS["PREDICTED"]), "grey", icon="none"),
        ],
    )


@page(Can.MANAGE_COVERAGE)
@require_POST
def measure(request: DeskRequest, site_id: UUID) -> HttpResponse:
    """Record a measurement at a point."""
    point_or_404(request, site_id)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return _point(request, site_id, form)
    given = form.cleaned_data
    reading = Reading(
        given["has_service"] == "yes",
        given["down_kbps"],
        given["up_kbps"],
        given["latency_ms"],
        given["level_dbm"],
    )
    actions.measure(
        act=act_of(request), viewer=request.viewer, site=site_id, service=given["service"], how=given["how"],
        operator=given["operator"], note=given["note"], reading=reading,
    )  # fmt: skip
    messages.success(request, _("实测已记下。"))
    return redirect("coverage:point", site_id)


@page(Can.MANAGE_COVERAGE)
@require_POST
def verify(request: DeskRequest, site_id: UUID) -> HttpResponse:
    """Put on record that the service at a point is verified."""
    point_or_404(request, site_id)
    service = request.POST.get("service", "MOBILE")
    actions.verify_site(act=act_of(request), viewer=request.viewer, site=site_id, service=service)
    messages.success(request, _("已记为验收核实。"))
    return redirect("coverage:point", site_id)


@page(Can.READ_COVERAGE)
@require_GET
def village_list(request: DeskRequest) -> HttpResponse:
    """List the villages with each definition's verdict."""
    english = (get_language() or "").startswith("en")
    rows = queries.villages(request.viewer, on=request.viewer.today)
    drawn = [
        Row(
            [
                Cell(place_name(row.place.code), sub=_("%(n)d 个点位") % {"n": len(row.known)}),
                *(_verdict(row.verdicts[rule.code]) for rule in DEFINITIONS),
                round(row.nearest_4g_m) if row.nearest_4g_m is not None else None,
            ],
            href=f"{reverse('coverage:points')}?division={row.place.code}",
        )
        for row in rows
    ]
    columns = [
        Column("place", _("村")),
        *(
            Column(rule.code, _short(rule.code), meaning=rule.en if english else rule.zh)
            for rule in DEFINITIONS
        ),
        Column("far", _("村委会离最近的 4G 基站（5 公里内）"), _("米"), numeric=True),
    ]
    table = DataTable(
        id="villages", caption=_("各村"), columns=columns, rows=drawn, total=len(drawn), noun=_("个村")
    )
    return render(
        request, "coverage/villages.html", {"tabs": tabs(request.viewer, "villages"), "table": table}
    )


def _short(code: str) -> str:
    return {
        "MOBILE_5KM": _("4G：5 公里规定"), "MOBILE_POINTS": _("4G：逐点规定"), "FIBRE_POINTS": _("宽带：12 Mbps"),
    }[code]  # fmt: skip


def _verdict(said: bool | None) -> Sequence[Tag]:  # noqa: FBT001 - three answers, one value
    if said is None:
        return [Tag(_("说不准"), "grey", icon="question-mark")]
    return [Tag(_("覆盖"), "green") if said else Tag(_("没覆盖"), "red")]
