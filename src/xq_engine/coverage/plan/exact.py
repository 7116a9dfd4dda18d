"""The plan by HiGHS: mixed-integer covering with a bound, and prices that prove a bound to whoever checks."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import highspy
import numpy as np

# The class below `Highs`: it prints no banner into the answers of a command.
from highspy._core import _Highs

from xq_engine.coverage.plan.greedy import greedy
from xq_engine.coverage.plan.problem import Answer, Problem, cost_of, households_of

# Costs go to the solver in thousands of yuan: numbers of one size keep it exact.
_SCALE = 100_000.0


def solve(problem: Problem, *, seconds: float = 10.0) -> Answer:
    """Return the cheapest plan (or, with a budget, the one that reaches most households) that is found in time.

    Never worse than `greedy`; `bound` is the solver's own. Raises RuntimeError where the solver fails outright.
    """
    first = greedy(problem)
    if not problem.reachable:
        return first
    model = _Model(problem)
    model.build(integer=True)
    values, bound, optimal = model.run(seconds)
    chosen = [n for n in range(len(problem.candidates)) if values is not None and values[n] > 0.5]
    prices = () if problem.budget_fen is not None else _prices(problem)
    if problem.budget_fen is None:
        objective, bound = cost_of(problem, chosen), bound * _SCALE
        better = values is not None and objective <= first.objective
    else:
        objective, better = households_of(problem, chosen), values is not None
        better = better and objective >= first.objective
    if not better:
        chosen, objective = list(first.chosen), first.objective
    bound = float(objective) if optimal else bound
    return Answer(tuple(chosen), objective, bound, optimal, f"HiGHS {version('highspy')}", prices)


def _prices(problem: Problem) -> tuple[float, ...]:
    """Return a price in fen for each target, from the relaxed problem; `verify` takes nothing of it on trust."""
    model = _Model(problem)
    model.build(integer=False)
    model.run(5.0)
    duals = model.highs.getSolution().row_dual
    prices = [0.0] * len(problem.targets)
    for row, target in enumerate(model.rows):
        prices[target] = max(0.0, float(duals[row])) * _SCALE
    return tuple(prices)


class _Model:
    """The problem as HiGHS holds it: first a column for each candidate, then (with a budget) one for each target."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = sorted(problem.reachable)
        self.highs: Any = _Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("random_seed", 1)):
            self.highs.setOptionValue(name, value)

    def build(self, *, integer: bool) -> None:
        """Write columns and rows."""
        problem, highs = self.problem, self.highs
        by_target: dict[int, list[int]] = {target: [] for target in self.rows}
        with_budget = problem.budget_fen is not None
        for number, site in enumerate(problem.candidates):
            highs.addCol(0.0 if with_budget else site.cost_fen / _SCALE, 0.0, 1.0, 0, _ints(), _floats())
            for target in problem.reached_by[number]:
                by_target[target].append(number)
        if with_budget:
            self._add_targets(by_target)
        else:
            for sites in by_target.values():
                highs.addRow(1.0, highspy.kHighsInf, len(sites), _ints(sites), _floats([1.0] * len(sites)))
        if integer:
            columns = len(problem.candidates)
            kinds = np.array([highspy.HighsVarType.kInteger] * columns)
            highs.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)

    def _add_targets(self, by_target: dict[int, list[int]]) -> None:
        problem, highs = self.problem, self.highs
        for at, (target, sites) in enumerate(by_target.items()):
            highs.addCol(-float(problem.targets[target].households), 0.0, 1.0, 0, _ints(), _floats())
            own = len(problem.candidates) + at
            highs.addRow(
                -highspy.kHighsInf,
                0.0,
                len(sites) + 1,
                _ints([own, *sites]),
                _floats([1.0, *[-1.0] * len(sites)]),
            )
        costs = [site.cost_fen / _SCALE for site in problem.candidates]
        budget = (problem.budget_fen or 0) / _SCALE
        highs.addRow(-highspy.kHighsInf, budget, len(costs), _ints(range(len(costs))), _floats(costs))

    def run(self, seconds: float) -> tuple[Any, float, bool]:
        """Solve; return the values of the columns (None without a solution), the bound, and whether it is proven best."""
        self.highs.setOptionValue("time_limit", seconds)
        if self.highs.run() == highspy.HighsStatus.kError:
            raise RuntimeError("HiGHS gave up")
        info, solution = self.highs.getInfo(), self.highs.getSolution()
        optimal = self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        sign = 1.0 if self.problem.budget_fen is None else -1.0
        values = solution.col_value if solution.value_valid else None
        return values, sign * info.mip_dual_bound, optimal


def _ints(values: Any = ()) -> Any:
    return np.array(list(values), dtype=np.int32)


def _floats(values: Any = ()) -> Any:
    return np.array(list(values), dtype=np.float64)
