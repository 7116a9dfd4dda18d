from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from xq_engine.pairing.pair import pair
from xq_engine.pairing.problem import Cadre, Household, PairingError, Problem, UnitOrder, Weights
from xq_engine.pairing.result import PairingResult, WhyIdle, WhyUnpaired
from xq_engine.pairing.tests.instances import least_cost, may_pair, problems
from xq_engine.pairing.verify import verify

HERE, THERE = "360730100201", "360730100202"


def solve(problem: Problem) -> PairingResult:
    return pair(problem.households, problem.cadres, problem.orders, problem.weights)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_a_pairing_costs_what_the_best_of_all_pairings_costs_and_its_proof_holds(problem: Problem) -> None:
    result = solve(problem)
    certificate = verify(problem, result)
    assert result.objective == least_cost(problem)
    assert result.optimal
    assert certificate.holds, certificate.words()
    assert certificate.primal == certificate.dual == result.objective


@given(problems())
@settings(max_examples=100, deadline=None)
def test_no_pair_breaks_an_order_a_team_kinship_or_the_number_of_places(problem: Problem) -> None:
    result = solve(problem)
    households = {row.key: row for row in problem.households}
    cadres = {row.key: row for row in problem.cadres}
    assert all(may_pair(problem, households[row.household], cadres[row.cadre]) for row in result.assignments)
    used = Counter(row.cadre for row in result.assignments)
    assert all(used[row.key] <= row.capacity for row in problem.cadres)
    seen = [row.household for row in result.assignments] + [row.household for row in result.unpaired]
    assert sorted(seen) == sorted(households)


@given(problems())
@settings(max_examples=100, deadline=None)
def test_one_more_place_saves_exactly_what_the_load_table_says(problem: Problem) -> None:
    result = solve(problem)
    for number, load in enumerate(result.loads):
        if load.capacity < 5:
            more = list(problem.cadres)
            more[number] = replace(more[number], capacity=load.capacity + 1)
            wider = replace(problem, cadres=tuple(more))
            assert result.objective - least_cost(wider) == load.one_more_saves


def test_households_without_a_cadre_and_cadres_without_a_household_learn_why() -> None:
    households = [
        Household("no-unit", "360730199999"),
        Household("no-cadre", THERE),
        Household("relatives", HERE, excluded_cadres=frozenset({"kin"})),
        Household("first", "360730101201"),
        Household("second", "360730101201"),
    ]
    cadres = [
        Cadre("kin", "a"),
        Cadre("one", "c", capacity=1),
        Cadre("lost", "nowhere"),
        Cadre("team", "a", role="TEAM_MEMBER"),
        Cadre("far", "d"),
    ]
    orders = [
        UnitOrder("a", HERE),
        UnitOrder("b", THERE),
        UnitOrder("c", "360730101201"),
        UnitOrder("d", "3607"),
    ]
    result = pair(households, cadres, orders)
    reasons = dict(result.unpaired)
    assert reasons.pop("no-unit") == WhyUnpaired.NO_UNIT
    assert reasons.pop("no-cadre") == WhyUnpaired.NO_CADRE
    assert reasons.pop("relatives") == WhyUnpaired.ALL_EXCLUDED
    assert list(reasons.values()) == [WhyUnpaired.ALL_FULL]
    assert {row.cadre: row.why_idle for row in result.loads} == {
        "kin": WhyIdle.NO_HOUSEHOLD,
        "one": None,
        "lost": WhyIdle.NO_ORDER,
        "team": WhyIdle.NO_TEAM_VILLAGE,
        "far": WhyIdle.NO_HOUSEHOLD,
    }


def test_loads_even_out() -> None:
    households = [Household(f"h{n}", HERE) for n in range(6)]
    cadres = [Cadre(f"c{n}", "u", capacity=5) for n in range(3)]
    result = pair(households, cadres, [UnitOrder("u", HERE)])
    assert [row.used for row in result.loads] == [2, 2, 2]


def test_when_a_cadre_leaves_only_his_households_move() -> None:
    households = [
        Household(f"h{n}", HERE, needs=frozenset({"SKILL", "ILLNESS"} if n % 2 else {"STUDY"}))
        for n in range(30)
    ]
    skills = ("MEDICAL", "CITRUS", "EDUCATION", "LAW")
    cadres = [Cadre(f"c{n}", "u", skill=skills[n % 4], capacity=4) for n in range(12)]
    before = pair(households, cadres, [UnitOrder("u", HERE)])
    now = {row.household: row.cadre for row in before.assignments}
    forced = [key for key, cadre in now.items() if cadre == "c0"]
    settled = [replace(row, current_cadre=now[row.key]) for row in households]
    after = pair(settled, cadres[1:], [UnitOrder("u", HERE)])
    assert forced
    assert after.moved == len(forced)
    assert not after.unpaired


def test_a_better_match_alone_moves_nobody() -> None:
    household = Household("h", HERE, needs=frozenset({"CITRUS"}), current_cadre="old")
    cadres = [Cadre("old", "u", skill="LAW"), Cadre("new", "u", skill="CITRUS", home_village_code=HERE)]
    assert pair([household], cadres, [UnitOrder("u", HERE)]).assignments[0].cadre == "old"
    free = Weights(move=100)
    assert pair([household], cadres, [UnitOrder("u", HERE)], free).assignments[0].cadre == "new"


def test_an_empty_county_has_an_empty_pairing_with_a_proof() -> None:
    result = pair([], [], [])
    assert verify(result.problem, result).holds


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: pair([Household("h", HERE), Household("h", HERE)], [], []), "KEY.TWICE"),
        (lambda: pair([], [Cadre("c", "u", capacity=6)], []), "CADRE.CAPACITY"),
        (lambda: Weights(unpaired=1000), "WEIGHT.UNPAIRED"),
        (lambda: Weights(load=-1), "WEIGHT.RANGE"),
    ],
)
def test_input_that_cannot_be_meant_is_refused_with_the_way_to_mend_it(make, code) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PairingError) as refused:
        make()
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


def test_a_township_of_households_alike_is_paired_the_same_each_time_and_proved() -> None:
    needs = (frozenset({"ILLNESS"}), frozenset({"SKILL"}), frozenset({"STUDY", "ROADS"}))
    villages = [f"3607301002{n:02d}" for n in range(6)]
    households = [Household(f"h{n}", villages[n % 6], needs[n % 3], "HAKKA") for n in range(300)]
    skills = ("MEDICAL", "CITRUS", "EDUCATION", "BUILDING", "NONE")
    cadres = [
        Cadre(f"c{n}", f"u{n % 4}", skills[n % 5], villages[n % 6], (True, None)[n % 2], n % 5 + 1)
        for n in range(80)
    ]
    orders = [UnitOrder(f"u{n % 4}", village) for n, village in enumerate(villages)]
    result = pair(households, cadres, orders)
    assert result.assignments == pair(households, cadres, orders).assignments
    assert result.unpaired
    assert verify(result.problem, result).holds
