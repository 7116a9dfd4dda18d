import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from xq_engine.pairing.costs import CostParts, load_cost, pair_cost
from xq_engine.pairing.pair import pair
from xq_engine.pairing.problem import Cadre, Household, Problem, UnitOrder
from xq_engine.pairing.result import Assignment, Duals, PairingResult, Unpaired, WhyUnpaired
from xq_engine.pairing.tests.instances import may_pair, problems
from xq_engine.pairing.verify import verify

VILLAGE, OTHER = "360730100201", "360730100202"
PROBLEM = Problem(
    (
        Household("h0", VILLAGE, frozenset({"CITRUS"}), excluded_cadres=frozenset({"c2"})),
        Household("h1", VILLAGE, frozenset({"ILLNESS"})),
        Household("h2", "360730199999"),
    ),
    (
        Cadre("c0", "u", "CITRUS", capacity=1),
        Cadre("c1", "u", "MEDICAL", capacity=1),
        Cadre("c2", "u"),
        Cadre("c3", "elsewhere"),
        Cadre("c4", "u", role="TEAM_MEMBER", team_village_code=OTHER),
    ),
    (UnitOrder("u", VILLAGE), UnitOrder("u", OTHER)),
)
RESULT = pair(PROBLEM.households, PROBLEM.cadres, PROBLEM.orders)


def give(household: str, cadre: str) -> PairingResult:
    """Hand one household to another cadre and leave the rest of the result as it is."""
    pairs = tuple(
        Assignment(household, cadre, row.parts) if row.household == household else row
        for row in RESULT.assignments
    )
    return replace(RESULT, assignments=pairs)


def priced(household: int = 0, cadre: int = 0) -> PairingResult:
    homes, places = dict(RESULT.duals.households), dict(RESULT.duals.cadres)
    homes["h0"] += household
    places["c0"] += cadre
    return replace(RESULT, duals=Duals(homes, places))


def test_the_pairing_itself_is_proved_and_says_so_in_both_languages() -> None:
    certificate = verify(PROBLEM, RESULT)
    assert certificate.holds
    assert "没有更好的方案" in certificate.words()
    assert "no better pairing exists" in certificate.words("en")


@pytest.mark.parametrize(
    ("code", "tampered"),
    [
        ("EXCLUDED", lambda: give("h0", "c2")),
        ("NO_ORDER", lambda: give("h0", "c3")),
        ("OTHER_TEAM", lambda: give("h0", "c4")),
        ("CAPACITY", lambda: give("h0", "c1")),
        ("UNKNOWN", lambda: give("h0", "nobody")),
        ("NOT_ONCE", lambda: replace(RESULT, assignments=RESULT.assignments[1:])),
        ("NOT_ONCE", lambda: replace(RESULT, assignments=RESULT.assignments[:1] + RESULT.assignments)),
        ("PARTS", lambda: replace(RESULT, assignments=(RESULT.assignments[0]._replace(parts=CostParts(1, 0, 0, 0, 0)), *RESULT.assignments[1:]))),
        ("OBJECTIVE", lambda: replace(RESULT, objective=RESULT.objective - 1)),
        ("LOAD", lambda: replace(RESULT, loads=RESULT.loads[1:])),
        ("WHY", lambda: replace(RESULT, unpaired=(Unpaired("h2", WhyUnpaired.ALL_FULL),))),
        ("PRICE_MISSING", lambda: replace(RESULT, duals=Duals({}, RESULT.duals.cadres))),
        ("CHEAPER", lambda: priced(household=1)),
        ("SLACK", lambda: priced(household=-1)),
        ("PLACE_PRICE", lambda: priced(cadre=-1)),
        ("UNPAIRED_PRICE", lambda: priced(household=2_000_000)),
        ("CLAIM", lambda: replace(RESULT, optimal=False)),
    ],
)  # fmt: skip
def test_a_result_that_was_tampered_with_is_found_out(
    code: str, tampered: Callable[[], PairingResult]
) -> None:
    certificate = verify(PROBLEM, tampered())
    assert not certificate.holds
    assert code in {violation.code for violation in certificate.violations}


def retold(result: PairingResult, household: str, cadre: str) -> PairingResult:
    """Give one household to another cadre and cook the books: parts, loads and objective all agree with it."""
    problem = result.problem
    homes = {row.key: row for row in problem.households}
    helpers = {row.key: row for row in problem.cadres}
    pairs = tuple(
        Assignment(household, cadre, pair_cost(homes[household], helpers[cadre], problem.weights))
        if row.household == household
        else row
        for row in result.assignments
    )
    used = Counter(row.cadre for row in pairs)
    objective = sum(row.parts.total for row in pairs) + problem.weights.unpaired * len(result.unpaired)
    objective += sum(load_cost(count, problem.weights) for count in used.values())
    loads = tuple(row._replace(used=used[row.cadre]) for row in result.loads)
    return replace(result, assignments=pairs, loads=loads, objective=objective)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_another_pairing_told_without_a_slip_is_believed_only_if_allowed_and_as_cheap(
    problem: Problem,
) -> None:
    result = pair(problem.households, problem.cadres, problem.orders, problem.weights)
    homes = {row.key: row for row in problem.households}
    for row in result.assignments:
        for cadre in problem.cadres:
            other = retold(result, row.household, cadre.key)
            used = sum(pair_.cadre == cadre.key for pair_ in other.assignments)
            allowed = may_pair(problem, homes[row.household], cadre) and used <= cadre.capacity
            as_cheap = other.objective == result.objective
            assert verify(problem, other).holds == (allowed and as_cheap)


def test_the_verifier_runs_without_the_solver_and_without_the_code_that_fed_it() -> None:
    program = (
        "import sys, xq_engine.pairing.verify\n"
        "wrong = [m for m in sys.modules if m.startswith('ortools') or m in "
        "('xq_engine.pairing.pair', 'xq_engine.pairing.network', 'xq_engine.pairing.prices')]\n"
        "sys.exit(str(wrong) if wrong else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"PYTHONPATH": ":".join(sys.path)})  # fmt: skip
    assert done.returncode == 0, done.stderr
