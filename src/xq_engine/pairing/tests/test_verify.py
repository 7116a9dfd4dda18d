import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xq_engine.pairing.costs import CostParts
from xq_engine.pairing.pair import pair
from xq_engine.pairing.problem import Cadre, Household, Problem, UnitOrder
from xq_engine.pairing.result import Assignment, Duals, PairingResult, Unpaired, WhyUnpaired
from xq_engine.pairing.tests.instances import problems
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


@given(problems(), st.data())
@settings(max_examples=100, deadline=None)
def test_any_other_pairing_passed_off_with_the_same_prices_fails(
    problem: Problem, data: st.DataObject
) -> None:
    result = pair(problem.households, problem.cadres, problem.orders, problem.weights)
    assume(result.assignments and len(problem.cadres) > 1)
    row = data.draw(st.sampled_from(result.assignments))
    cadre = data.draw(st.sampled_from([cadre.key for cadre in problem.cadres if cadre.key != row.cadre]))
    pairs = tuple(row._replace(cadre=cadre) if other is row else other for other in result.assignments)
    assert not verify(problem, replace(result, assignments=pairs)).holds


def test_the_verifier_runs_without_the_solver_and_without_the_code_that_fed_it() -> None:
    program = (
        "import sys, xq_engine.pairing.verify\n"
        "wrong = [m for m in sys.modules if m.startswith('ortools') or m in "
        "('xq_engine.pairing.pair', 'xq_engine.pairing.network', 'xq_engine.pairing.prices')]\n"
        "sys.exit(str(wrong) if wrong else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"PYTHONPATH": ":".join(sys.path)})  # fmt: skip
    assert done.returncode == 0, done.stderr
