"""Gaps, and plans that close them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.forms import PlanForm
from xiangqiao.coverage.pages.parts import act_of, county_code, tabs
from xiangqiao.coverage.rules import SUBSIDY_PERCENT
from xiangqiao.coverage.words import PROJECT_KINDS, place_name, standing_tags
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.places.queries import sites

if TYPE_CHECKING:
    from xiangqiao.coverage.models import Plan

MOST = 200


@page(Can.READ_COVERAGE)
@require_GET
def plan_list(request: DeskRequest) -> HttpResponse:
    """List the gaps, the plans and the projects."""
    return _list(request, PlanForm())


def _list(request: DeskRequest, form: PlanForm, error: str = "") -> HttpResponse:
    viewer = request.viewer
    gaps = queries.gaps(viewer, on=viewer.today)
    columns = [
        Column("site", _("点位")), Column("households", _("户数"), numeric=True), Column("known", _("依据")),
        Column("far", _("最近的 4G 基站"), _("米"), numeric=True),
    ]  # fmt: skip
    rows = [
        Row(
            [
                Cell(one.site.name, sub=place_name(one.site.division_code)), one.site.households, standing_tags(one.known.mobile),
                one.known.prediction.distance_m if one.known.prediction else None,
            ],
            href=reverse("coverage:point", args=[one.site.public_id]),
        )
        for one in gaps[:MOST]
    ]  # fmt: skip
    empty = Empty(_("没有已知的缺口"), _("应覆盖的点位都有信号，或者还没有依据。"))
    context = {
        "tabs": tabs(viewer, "plans"),
        "gaps": DataTable(id="gaps", caption=_("缺口"), columns=columns, rows=rows, total=len(gaps), noun=pgettext("gaps", "个"), empty=empty),
        "plans": _plans_table(list(queries.plans(viewer)[:20])),
        "projects": _projects_table(request),
        "form": form if viewer.can(Can.MANAGE_COVERAGE) else None,
        "error": error,
        "key": new_id(),
    }  # fmt: skip
    return render(request, "coverage/plans.html", context, status=422 if error or form.errors else 200)


def _plans_table(found: list[Plan]) -> DataTable:
    rows = [
        Row(
            [
                formats.date_format(one.at, "DATE_FORMAT"), one.figures["exact"]["sites"],
                yuan(one.figures["certificate"]["cost_fen"]), one.figures["certificate"]["households_reached"],
                _("已采纳") if one.accepted_at else _("建议"),
            ],
            href=reverse("coverage:plan", args=[one.public_id]),
        )
        for one in found
    ]  # fmt: skip
    columns = [
        Column("at", _("日期")), Column("sites", _("建几处"), numeric=True), Column("cost", _("花费（建设和六年运行）"), _("元"), numeric=True),
        Column("households", _("通到"), _("户"), numeric=True), Column("state", _("状态")),
    ]  # fmt: skip
    empty = Empty(_("还没有方案"), _("网络办点“算一个方案”。"))
    return DataTable(id="plans", caption=_("方案"), columns=columns, rows=rows, empty=empty)


def _projects_table(request: DeskRequest) -> DataTable | None:
    found = list(queries.projects(request.viewer)[:100])
    if not found:
        return None
    rows = [
        Row(
            [
                Cell(one.name, sub=str(PROJECT_KINDS[one.kind])),
                len(one.targets),
                yuan(one.cost_fen),
                str(one.get_state_display()),
            ],
            href=reverse("coverage:project", args=[one.public_id]),
        )
        for one in found
    ]
    columns = [
        Column("name", _("项目")), Column("targets", _("点位"), numeric=True), Column("cost", _("花费"), _("元"), numeric=True),
        Column("state", _("状态")),
    ]  # fmt: skip
    return DataTable(id="projects", caption=_("项目"), columns=columns, rows=rows)


@page(Can.MANAGE_COVERAGE)
@require_POST
def compute(request: DeskRequest) -> HttpResponse:
    """Compute a plan; it changes nothing until it is accepted."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    budget = form.cleaned_data["budget"]
    try:
        found = actions.make_plan(
            act=act_of(request), viewer=request.viewer, division_code=county_code(),
            budget_fen=budget * 1_000_000 if budget else None,
        )  # fmt: skip
    except ActionError as error:
        if error.status != 422:
            raise
        return _list(request, form, error.message)
    return redirect("coverage:plan", found.public_id)


@page(Can.READ_COVERAGE)
@require_GET
def plan(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan: sites, cost, both answers, bound and gap, and what the check found."""
    found = _plan(request, plan_id)
    proof, exact = found.figures["certificate"], found.figures["exact"]
    figures = [
        Figure(_("建几处"), exact["sites"], pgettext("sites", "处"), note=_("候选 %(n)d 处") % {"n": found.figures["candidates"]}),
        Figure(_("通到的点位"), proof["targets_reached"], _("个"), note=_("缺口共 %(n)d 个") % {"n": found.figures["targets"]}),
        Figure(_("通到"), proof["households_reached"], _("户"), note=_("缺口共 %(n)d 户") % {"n": found.figures["households"]}),
        Figure(_("花费"), yuan(proof["cost_fen"]), _("元"), note=_("建设和六年运行；国家补助最多 %(n)d%%") % {"n": SUBSIDY_PERCENT}),
    ]  # fmt: skip
    names = {
        str(key): name
        for key, name in sites().filter(public_id__in=found.unreachable).values_list("public_id", "name")
    }
    context = {
        "plan": found, "figures": figures, "table": _chosen_table(found), "proof": _proof(found),
        "unreachable": [names.get(key, key) for key in found.unreachable],
        "may": request.viewer.can(Can.MANAGE_COVERAGE) and not found.accepted_at and bool(found.chosen), "key": new_id(),
        "map_url": f"{reverse('coverage:map')}?plan={found.public_id}",
        "crumbs": [Link(_("网络覆盖"), reverse("coverage:desk")), Link(_("缺口与方案"), reverse("coverage:plans")), Link(_("方案"), "")],
    }  # fmt: skip
    return render(request, "coverage/plan.html", context)


def _chosen_table(found: Plan) -> DataTable:
    rows = [
        Row(
            [
                Cell(one["name"], sub=str(PROJECT_KINDS[one["kind"]])),
                len(one["targets"]),
                one["households"],
                yuan(one["cost_fen"]),
            ]
        )
        for one in found.chosen
    ]
    columns = [
        Column("name", _("建在哪里")), Column("targets", _("通到的点位"), numeric=True),
        Column("households", _("户数"), numeric=True), Column("cost", _("花费"), _("元"), numeric=True),
    ]  # fmt: skip
    return DataTable(id="chosen", caption=_("选中的位置"), columns=columns, rows=rows)


def _proof(found: Plan) -> list[tuple[str, Any]]:
    """Return how good the plan is, in figures: of both ways, the bound, the gap, the independent check."""
    quick, exact, proof = (found.figures[name] for name in ("greedy", "exact", "certificate"))
    money = found.budget_fen is None

    def shown(value: float) -> str:
        return (
            _("%(n)s 元") % {"n": yuan(round(value))}
            if money
            else ngettext("%(n)d 户", "%(n)d 户", round(value)) % {"n": round(value)}
        )

    rows: list[tuple[str, Any]] = [
        (
            _("目标"),
            _("补上能补的缺口，花钱最少")
            if money
            else _("预算 %(n)s 元以内，通到最多的户") % {"n": yuan(found.budget_fen or 0)},
        ),
        (_("快速算法（贪心）"), shown(quick["objective"])),
        (_("精确算法"), f"{shown(exact['objective'])} · {exact['solver']}"),
        (_("界：任何方案都不会更好"), shown(exact["bound"])),
        (_("差距"), f"{exact['gap']:.2%}" + (_("，已证明最优") if exact["optimal"] else "")),
        (_("独立核对"), _("通过：范围、花费、界都重新算过")),
    ]
    if proof["proven_bound_fen"] is not None:
        rows.append((_("另行证明的下界"), shown(proof["proven_bound_fen"])))
    return rows


@page(Can.MANAGE_COVERAGE)
@require_POST
def accept(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    """Make each site of a plan a project."""
    found = actions.accept_plan(act=act_of(request), viewer=request.viewer, plan=_plan(request, plan_id))
    messages.success(request, _("已采纳，列为 %(n)d 个项目。") % {"n": len(found)})
    return redirect("coverage:plans")


def _plan(request: DeskRequest, plan_id: UUID) -> Plan:
    found = queries.plans(request.viewer).filter(public_id=plan_id).first()
    if found is None:
        raise Http404
    return found
