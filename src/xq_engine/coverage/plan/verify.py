"""Checking a plan again from places and costs alone: shares no code with what made it but the shape of the problem."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, floor, pi, sin, sqrt

from xq_engine.coverage.plan.problem import Answer, Candidate, Problem, Target


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was found: faults by code (none in a sound plan), recomputed figures, and a bound proven by prices (fen)."""

    faults: tuple[str, ...]
    cost_fen: int
    targets_reached: int
    households_reached: int
    proven_bound_fen: int | None

    @property
    def sound(self) -> bool:
        """Whether the plan is what it says it is."""
        return not self.faults


def verify(problem: Problem, answer: Answer) -> Certificate:
    """Recompute who is reached, what it costs, and whether the claims of an answer hold."""
    faults: list[str] = []
    if len(set(answer.chosen)) != len(answer.chosen) or not all(
        0 <= number < len(problem.candidates) for number in answer.chosen
    ):
        return Certificate(("CHOICE",), 0, 0, 0, None)
    chosen = [problem.candidates[number] for number in answer.chosen]
    reached = [target for target in problem.targets if any(_reaches(site, target) for site in chosen)]
    could = [
        target for target in problem.targets if any(_reaches(site, target) for site in problem.candidates)
    ]
    cost = sum(site.cost_fen for site in chosen)
    households = sum(target.households for target in reached)
    if problem.budget_fen is None:
        if len(reached) < len(could):
            faults.append("NOT_ALL_REACHED")
        if answer.objective != cost:
            faults.append("COST")
        if answer.bound > cost * (1 + 1e-6) + 1:
            faults.append("BOUND")
    else:
        if cost > problem.budget_fen:
            faults.append("OVER_BUDGET")
        if answer.objective != households:
            faults.append("HOUSEHOLDS")
        if answer.bound < households * (1 - 1e-6) - 1e-6:
            faults.append("BOUND")
    bound = _proven(problem, answer.prices) if answer.prices else None
    return Certificate(tuple(faults), cost, len(reached), households, bound)


def _proven(problem: Problem, prices: tuple[float, ...]) -> int:
    """Return the cost below which no plan can be: what the targets would pay, once no site is paid more than it costs.

    The prices come from outside; where a site would be paid too much all prices are lowered alike, so that the bound
    holds whatever they were.
    """
    lowering = 1.0
    for site in problem.candidates:
        paid = sum(
            price for target, price in zip(problem.targets, prices, strict=True) if _reaches(site, target)
        )
        if paid > site.cost_fen > 0:
            lowering = min(lowering, site.cost_fen / paid)
    reachable = (
        price
        for target, price in zip(problem.targets, prices, strict=True)
        if any(_reaches(site, target) for site in problem.candidates)
    )
    return floor(sum(reachable) * lowering)


def _reaches(site: Candidate, target: Target) -> bool:
    """Say whether a target lies within a site's reach, by the haversine of the two places."""
    east, north = (pi / 180 * (a - b) for a, b in zip(site.place, target.place, strict=True))
    level = cos(pi / 180 * site.place[1]) * cos(pi / 180 * target.place[1])
    return 2 * 6_371_008.8 * asin(sqrt(sin(north / 2) ** 2 + level * sin(east / 2) ** 2)) <= site.reach_m
