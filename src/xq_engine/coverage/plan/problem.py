"""The problem of a plan, and what an answer looks like. Money in fen, weights in households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xq_engine.coverage.distance import Near, Place


@dataclass(frozen=True, slots=True)
class Candidate:
    """A site that could be built: an id of the caller's, its place, its whole cost in fen, its reach in metres."""

    key: str
    place: Place
    cost_fen: int
    reach_m: int


@dataclass(frozen=True, slots=True)
class Target:
    """A point without service: an id of the caller's, its place, and how many households wait there."""

    key: str
    place: Place
    households: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Targets, candidates, and for each candidate the positions of the targets within its reach.

    Without a budget every target that can be reached is to be reached at least cost; with one (fen), as many households
    as it pays for.
    """

    targets: tuple[Target, ...]
    candidates: tuple[Candidate, ...]
    reached_by: tuple[frozenset[int], ...]
    budget_fen: int | None = None

    @property
    def reachable(self) -> frozenset[int]:
        """The positions of the targets that any candidate reaches."""
        return frozenset().union(*self.reached_by)


@dataclass(frozen=True, slots=True)
class Answer:
    """Chosen candidates (positions), with the proof: `bound` is what no plan can beat, in the unit of the objective.

    The objective is the cost in fen (to be small), or with a budget the households reached (to be large).
    """

    chosen: tuple[int, ...]
    objective: int
    bound: float
    optimal: bool
    solver: str
    # For each reachable target a price in fen that proves a lower bound of the cost; empty with a budget.
    prices: tuple[float, ...] = ()

    @property
    def gap(self) -> float:
        """How far the answer may be from the best one, as a share of it (0 = proven best)."""
        return abs(self.objective - self.bound) / max(abs(self.objective), 1)


def make_problem(
    targets: Sequence[Target], candidates: Sequence[Candidate], budget_fen: int | None = None
) -> Problem:
    """Find what each candidate reaches. A candidate that reaches nothing stays, and is never chosen."""
    widest = max((one.reach_m for one in candidates), default=1)
    near = Near([one.place for one in targets], widest)
    reached = tuple(
        frozenset(number for number, _far in near.within(one.place, one.reach_m)) for one in candidates
    )
    return Problem(tuple(targets), tuple(candidates), reached, budget_fen)


def cost_of(problem: Problem, chosen: Sequence[int]) -> int:
    """Return the cost of a choice in fen."""
    return sum(problem.candidates[number].cost_fen for number in chosen)


def households_of(problem: Problem, chosen: Sequence[int]) -> int:
    """Return the households that a choice reaches, each once."""
    reached = frozenset().union(*(problem.reached_by[number] for number in chosen))
    return sum(problem.targets[number].households for number in reached)
