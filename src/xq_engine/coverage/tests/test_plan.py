"""Plans: feasible, never worse than greedy, never better than the bound, and checked by code of another hand."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from xq_engine.coverage.plan.exact import solve
from xq_engine.coverage.plan.greedy import greedy
from xq_engine.coverage.plan.problem import Candidate, Problem, Target, make_problem
from xq_engine.coverage.plan.verify import verify

PLACE = st.tuples(st.floats(116.0, 116.1), st.floats(26.4, 26.5))
PROBLEMS = st.builds(
    lambda targets, sites, budget: make_problem(
        [Target(f"t{n}", place, homes) for n, (place, homes) in enumerate(targets)],
        [Candidate(f"c{n}", place, cost * 10_000, reach) for n, (place, cost, reach) in enumerate(sites)],
        budget,
    ),
    st.lists(st.tuples(PLACE, st.integers(1, 80)), min_size=1, max_size=12),
    st.lists(st.tuples(PLACE, st.integers(1, 5000), st.integers(500, 5000)), min_size=1, max_size=9),
    st.one_of(st.none(), st.integers(0, 100_000_000)),
)


@settings(max_examples=60, deadline=None)
@given(PROBLEMS)
def test_both_plans_hold_and_the_exact_one_is_at_least_as_good(problem: Problem) -> None:
    quick, best = greedy(problem), solve(problem, seconds=5)
    assert verify(problem, quick).sound
    proof = verify(problem, best)
    assert proof.sound, proof
    if problem.budget_fen is None:
        assert best.objective <= quick.objective
        assert proof.proven_bound_fen is None or proof.proven_bound_fen <= best.objective
    else:
        assert best.objective >= quick.objective
    assert best.optimal
    assert best.gap == 0


def test_a_plan_that_claims_too_much_is_found_out() -> None:
    problem = make_problem(
        [Target("a", (116.0, 26.4), 30), Target("b", (116.1, 26.4), 40)],
        [Candidate("x", (116.0, 26.4), 100, 2000), Candidate("y", (116.1, 26.4), 200, 2000)],
    )
    best = solve(problem)
    assert best.chosen == (0, 1)
    assert verify(problem, best).proven_bound_fen == 300
    assert verify(problem, replace(best, chosen=(0,), objective=100)).faults == ("NOT_ALL_REACHED", "BOUND")
    assert verify(problem, replace(best, objective=250)).faults == ("COST",)
