"""A first plan that closes the gaps: computed two ways, checked a third, kept with its figures; accepted it becomes projects."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import Mast, Plan, Project
from xiangqiao.coverage.queries.gaps import gaps
from xiangqiao.coverage.rules import NEW_MAST, ON_A_MAST, SiteCost
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.kernel.values import digest
from xiangqiao.places.queries import sites
from xq_engine.coverage.prediction import reach_m

if TYPE_CHECKING:
    from xq_engine.coverage.plan.problem import Answer, Candidate, Problem
    from xq_engine.coverage.plan.verify import Certificate

MOST_SECONDS = 20


def make_plan(
    *, act: Act, viewer: AnyViewer, division_code: str, budget_fen: int | None = None, seconds: float = 10.0,
    prices: tuple[SiteCost, SiteCost] = (NEW_MAST, ON_A_MAST),
) -> Plan:  # fmt: skip
    """Choose 4G sites that close the gaps of a division at least cost, or best for a budget; nothing is built by it.

    Candidates are the masts that bear no 4G (cheaper) and every gap itself (a new mast). `prices` are those of a new mast
    and of equipment on a present one. Raises ActionError without a gap, or where the check finds a fault.
    """
    viewer.demand(Can.MANAGE_COVERAGE, division_code)
    # The solver is loaded when a plan is asked for, not with the web process.
    from xq_engine.coverage.plan.exact import solve
    from xq_engine.coverage.plan.greedy import greedy
    from xq_engine.coverage.plan.problem import Target, make_problem
    from xq_engine.coverage.plan.verify import verify

    found = gaps(viewer, division_code, on=act.at.date())
    if not found:
        raise ActionError("coverage.no_gap", _("这个范围里没有已知的缺口，不用做方案。"))
    targets = [Target(str(one.site.public_id), one.site.place, one.households) for one in found]
    candidates, names = _candidates(division_code, [one.site for one in found], prices)
    problem = make_problem(targets, candidates, budget_fen)
    quick = greedy(problem)
    best = solve(problem, seconds=min(seconds, MOST_SECONDS))
    proof = verify(problem, best)
    if not proof.sound:
        raise ActionError(
            "coverage.plan_fault", _("方案没有通过独立核对，没有保存。请把这个情况告诉管理员。")
        )
    with recording("coverage.planned", act, division_code=division_code) as record:
        plan = Plan.objects.create(
            division_code=division_code, at=act.at, by_label=act.by.label, budget_fen=budget_fen,
            input_digest=digest([[one.key for one in targets], [[c.key, c.cost_fen] for c in candidates], budget_fen]),
            figures=_figures(problem, quick, best, proof), chosen=_chosen(problem, best, names),
            unreachable=[t.key for n, t in enumerate(targets) if n not in problem.reachable],
        )  # fmt: skip
        record.note(plan=str(plan.public_id), sites=len(plan.chosen))
    return plan


def _candidates(
    division_code: str, wanted: list[Any], prices: tuple[SiteCost, SiteCost]
) -> tuple[list[Candidate], dict[str, tuple[str, str, str]]]:
    """Return the candidates, and name, kind and division of each by key."""
    from xq_engine.coverage.plan.problem import Candidate

    new, present = prices
    reach = reach_m("4G")
    found: list[Candidate] = []
    names: dict[str, tuple[str, str, str]] = {}
    for site in wanted:
        key = f"site:{site.public_id}"
        found.append(Candidate(key, site.place, new.whole_fen, reach))
        names[key] = (site.name, "NEW_MAST", site.division_code)
    without = Mast.objects.exclude(stations__technology="4G", stations__retired_on__isnull=True)
    for mast in without.order_by("public_id"):
        key = f"mast:{mast.public_id}"
        found.append(Candidate(key, (mast.lon_e6 / 1e6, mast.lat_e6 / 1e6), present.whole_fen, reach))
        names[key] = (mast.name, "ON_A_MAST", mast.division_code if mast.division_code else division_code)
    return found, names


def _figures(problem: Problem, quick: Answer, best: Answer, proof: Certificate) -> dict[str, Any]:
    def told(answer: Answer) -> dict[str, Any]:
        return {
            "sites": len(answer.chosen), "objective": answer.objective, "bound": round(answer.bound, 2),
            "gap": round(answer.gap, 6), "optimal": answer.optimal, "solver": answer.solver,
        }  # fmt: skip

    return {
        "targets": len(problem.targets),
        "households": sum(one.households for one in problem.targets),
        "reachable": len(problem.reachable),
        "candidates": len(problem.candidates),
        "greedy": told(quick),
        "exact": told(best),
        "certificate": {**asdict(proof), "faults": list(proof.faults)},
    }


def _chosen(problem: Problem, best: Answer, names: dict[str, tuple[str, str, str]]) -> list[dict[str, Any]]:
    rows = []
    for number in best.chosen:
        one = problem.candidates[number]
        name, kind, division = names[one.key]
        reached = [problem.targets[target] for target in sorted(problem.reached_by[number])]
        rows.append(
            {
                "key": one.key, "name": name, "kind": kind, "division_code": division, "lon": one.place[0],
                "lat": one.place[1], "cost_fen": one.cost_fen, "reach_m": one.reach_m,
                "targets": [target.key for target in reached], "households": sum(t.households for t in reached),
            }
        )  # fmt: skip
    return rows


def accept_plan(*, act: Act, viewer: AnyViewer, plan: Plan) -> list[Project]:
    """Make each chosen site of a plan a project. Raises Conflict where the plan was accepted before."""
    viewer.demand(Can.MANAGE_COVERAGE, plan.division_code)
    known = {str(key) for key in sites().values_list("public_id", flat=True)}
    with recording("coverage.plan_accepted", act, division_code=plan.division_code) as record:
        taken = Plan.objects.filter(pk=plan.pk, accepted_at__isnull=True)
        if taken.update(accepted_at=act.at, accepted_label=act.by.label) != 1:
            raise Conflict("coverage.plan_taken", _("这个方案刚刚已经采纳过了。"))
        found = []
        for one in plan.chosen:
            project = Project(
                plan=plan, name=one["name"], kind=one["kind"], division_code=one["division_code"],
                lon_e6=round(one["lon"] * 1e6), lat_e6=round(one["lat"] * 1e6), cost_fen=one["cost_fen"],
                reach_m=one["reach_m"], targets=[str(UUID(key)) for key in one["targets"] if key in known],
            )  # fmt: skip
            record.create(project)
            found.append(project)
    return found
