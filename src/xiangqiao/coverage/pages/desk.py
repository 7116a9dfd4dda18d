"""Coverage at a glance: registered beside declared, both definitions, reach and uptake."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.forms import RUNNERS, ConnectForm, DeclareForm
from xiangqiao.coverage.pages.parts import act_of, tabs
from xiangqiao.coverage.queries.stations import StationCounts
from xiangqiao.coverage.words import SERVICES
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Figure
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.people.queries import HouseholdFilter, households


@page(Can.READ_COVERAGE)
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """Show what is registered, what is declared, and what is covered."""
    return _desk(request)


def _desk(
    request: DeskRequest, declare_form: DeclareForm | None = None, connect_form: ConnectForm | None = None
) -> HttpResponse:
    viewer = request.viewer
    counts = queries.station_counts(viewer)
    rows = queries.villages(viewer, on=viewer.today)
    known = [one for row in rows for one in row.known]
    gaps = queries.gaps(viewer, on=viewer.today)
    figures = [
        Figure(_("登记的基站"), counts.total, pgettext("stations", "个"), href=reverse("coverage:stations"),
               note=_("在 %(n)d 座塔上，其中 %(shared)d 座几家共用") % {"n": counts.masts, "shared": counts.shared}),
        Figure(_("点位"), len(known), "", href=reverse("coverage:points"), note=_("村委会、学校、卫生室、服务站、自然村")),
        Figure(_("没有 4G 信号的点位"), len(gaps), "", href=reverse("coverage:points") + "?service=no",
               note=_("应覆盖的点位中"), tone="orange" if gaps else "green"),
    ]  # fmt: skip
    may = viewer.can(Can.MANAGE_COVERAGE)
    context = {
        "tabs": tabs(viewer, "desk"),
        "figures": figures,
        "definitions": _definitions(rows),
        "reach": _reach(queries.reach_and_uptake(viewer, known)),
        "stations": _stations(counts),
        "declared": _declared(request, counts),
        "declare_form": (declare_form or DeclareForm()) if may else None,
        "connect_form": connect_form or ConnectForm(initial={"on": viewer.today}),
        "key": new_id(),
    }
    refused = any(form is not None and form.errors for form in (declare_form, connect_form))
    return render(request, "coverage/desk.html", context, status=422 if refused else 200)


def _definitions(rows: list[queries.VillageRow]) -> DataTable:
    english = (get_language() or "").startswith("en")
    drawn = [
        Row(
            [
                Cell(one.definition.en if english else one.definition.zh, sub=one.definition.source),
                one.yes, one.no, one.open,
                _("%(yes)d / %(all)d 个村") % {"yes": one.yes, "all": one.villages},
            ],
            href=reverse("coverage:villages"),
        )
        for one in queries.covered_counts(rows)
    ]  # fmt: skip
    columns = [
        Column("rule", _("按哪条规定")), Column("yes", _("覆盖"), numeric=True), Column("no", _("没覆盖"), numeric=True),
        Column("open", _("还说不准"), numeric=True), Column("share", _("覆盖的村 / 全部村")),
    ]  # fmt: skip
    return DataTable(id="definitions", caption=_("两种规定，分开算"), columns=columns, rows=drawn)


def _reach(found: list[queries.Reach]) -> DataTable:
    drawn = [
        Row(
            [
                str(SERVICES[one.service]),
                _("%(n)d / %(all)d 户") % {"n": one.reached, "all": one.listed},
                one.unknown,
                one.connected,
            ]
        )
        for one in found
    ]
    columns = [
        Column("service", _("业务")), Column("reach", _("通得到（已列自然村的户数）")),
        Column("unknown", _("说不准"), _("户"), numeric=True), Column("uptake", _("已在用（登记）"), _("户"), numeric=True),
    ]  # fmt: skip
    return DataTable(id="reach", caption=_("通得到和在用，是两个数"), columns=columns, rows=drawn)


def _stations(counts: StationCounts) -> DataTable:
    kinds = ("2G", "3G", "4G", "5G")
    drawn = [
        Row(
            [str(label), *(counts.by_kind.get((code, kind), 0) for kind in kinds),
             sum(counts.by_kind.get((code, kind), 0) for kind in kinds)],
            href=f"{reverse('coverage:stations')}?operator={code}",
        )
        for code, label in RUNNERS
    ]  # fmt: skip
    columns = [Column("operator", _("运营商")), *(Column(kind, kind, numeric=True) for kind in kinds)]
    columns.append(Column("total", _("合计"), numeric=True))
    return DataTable(id="by-operator", caption=_("登记的基站"), columns=columns, rows=drawn)


def _declared(request: DeskRequest, counts: StationCounts) -> DataTable:
    drawn = [
        Row(
            [
                str(one.get_code_display()), one.value,
                counts.total if one.code == "STATIONS" else _("没有逐条登记"),
                formats.date_format(one.as_of, "DATE_FORMAT"), one.source,
            ]
        )
        for one in queries.declared(request.viewer)
    ]  # fmt: skip
    columns = [
        Column("what", _("项目")), Column("value", _("申报数"), numeric=True), Column("registered", _("本系统登记")),
        Column("as_of", _("截至")), Column("source", _("来源")),
    ]  # fmt: skip
    return DataTable(id="declared", caption=_("申报的数，不和登记的数相加"), columns=columns, rows=drawn)


@page(Can.MANAGE_COVERAGE)
@require_POST
def declare(request: DeskRequest) -> HttpResponse:
    """Put a declared figure on record."""
    form = DeclareForm(request.POST)
    if not form.is_valid():
        return _desk(request, declare_form=form)
    actions.declare(act=act_of(request), viewer=request.viewer, **form.cleaned_data)
    messages.success(request, _("申报数已记下。"))
    return redirect("coverage:desk")


@page(Can.MANAGE_COVERAGE)
@require_POST
def connect(request: DeskRequest) -> HttpResponse:
    """Record that a household uses a service; its timeline tells it."""
    form = ConnectForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        home = (
            households(SystemViewer("登记联网"), HouseholdFilter())
            .filter(household_no=given.pop("household_no"))
            .first()
        )
        if home is not None:
            actions.connect_household(
                act=act_of(request), viewer=request.viewer, household=home.public_id, **given
            )
            messages.success(request, _("已登记，农户的时间线上能看到。"))
            return redirect("coverage:desk")
        form.add_error("household_no", _("没有这个户编号，请核对。"))
    return _desk(request, connect_form=form)
