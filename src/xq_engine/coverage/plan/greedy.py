"""The plan that is there at once: always the site that reaches most for its money; then what became needless goes."""

from __future__ import annotations

from xq_engine.coverage.plan.problem import Answer, Problem, cost_of, households_of


def greedy(problem: Problem) -> Answer:
    """Return a good plan without a proof: its bound is the trivial one (no cost; every reachable household)."""
    chosen = _pick(problem)
    if problem.budget_fen is None:
        chosen = _thin(problem, chosen)
        return Answer(tuple(sorted(chosen)), cost_of(problem, chosen), 0.0, not problem.reachable, "greedy")
    every = sum(problem.targets[number].households for number in problem.reachable)
    got = households_of(problem, chosen)
    return Answer(tuple(sorted(chosen)), got, float(every), got == every, "greedy")


def _pick(problem: Problem) -> list[int]:
    left = set(problem.reachable)
    money = problem.budget_fen
    chosen: list[int] = []
    while left:
        best, best_worth = None, 0.0
        for number, site in enumerate(problem.candidates):
            if money is not None and site.cost_fen > money:
                continue
            gain = problem.reached_by[number] & left
            # With a budget households count; without one every target must be reached, so each of them counts.
            worth = sum(problem.targets[t].households for t in gain) if money is not None else len(gain)
            if gain and worth / max(site.cost_fen, 1) > best_worth:
                best, best_worth = number, worth / max(site.cost_fen, 1)
        if best is None:
            break
        chosen.append(best)
        left -= problem.reached_by[best]
        if money is not None:
            money -= problem.candidates[best].cost_fen
    return chosen


def _thin(problem: Problem, chosen: list[int]) -> list[int]:
    """Leave out, dearest first, each site without which everything is still reached."""
    kept = sorted(chosen, key=lambda number: problem.candidates[number].cost_fen)
    for number in reversed(list(kept)):
        rest = [one for one in kept if one != number]
        if frozenset().union(*(problem.reached_by[one] for one in rest)) >= problem.reachable:
            kept = rest
    return kept
