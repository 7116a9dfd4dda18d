import pytest
from hypothesis import given, settings

from xq_engine.pairing.candidates import candidates
from xq_engine.pairing.pair import pair
from xq_engine.pairing.problem import Cadre, Household, Problem, UnitOrder
from xq_engine.pairing.reasons import all_reasons, render, render_idle, render_unpaired
from xq_engine.pairing.result import WhyIdle, WhyUnpaired
from xq_engine.pairing.tests.instances import least_cost, problems

VILLAGE = "360730100201"
ORDERS = [UnitOrder("u", VILLAGE)]


def test_reasons_read_as_a_sentence_in_both_languages() -> None:
    households = [Household(f"h{n}", VILLAGE, frozenset({"CITRUS"})) for n in range(2)]
    result = pair(households, [Cadre("c", "u", "CITRUS", capacity=4)], ORDERS)
    reasons = all_reasons(result)["h0"]
    assert render(reasons) == "单位帮扶本村；懂脐橙种植；已用 2/4 户"
    assert render(reasons, "en") == "unit helps this village; knows navel oranges; 2 of 4 places used"


def test_reasons_name_the_cause_answered_the_team_the_home_the_language_and_the_measured_way() -> None:
    household = Household(
        "h", VILLAGE, frozenset({"ILLNESS"}), "HAKKA", current_cadre="before", coordinates=(116.0, 26.0)
    )
    cadre = Cadre(
        "c",
        "u",
        "MEDICAL",
        VILLAGE,
        None,
        2,
        "TEAM_LEADER",
        team_village_code=VILLAGE,
        coordinates=(116.0, 26.1),
    )
    reasons = all_reasons(pair([household], [cadre], ORDERS))["h"]
    assert render(reasons) == (
        "更换帮扶干部；驻村工作队在本村；懂医疗卫生，对应“因病”；家在本村；是否会客家话未登记；"
        "直线距离约11.1公里；已用 1/2 户"
    )


def test_a_distance_is_spoken_of_only_between_measured_places() -> None:
    household = Household("h", VILLAGE, coordinates=(116.0, 26.0))
    reasons = all_reasons(pair([household], [Cadre("c", "u")], ORDERS))["h"]
    assert "DISTANCE" not in {reason.code for reason in reasons}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_gap_has_its_words(language: str) -> None:
    assert all(render_unpaired(why, language) for why in WhyUnpaired)
    assert all(render_idle(why, language) for why in WhyIdle)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_a_choice_by_hand_costs_the_whole_between_the_two_figures_shown(problem: Problem) -> None:
    result = pair(problem.households, problem.cadres, problem.orders, problem.weights)
    for household in problem.households:
        for row in candidates(household.key, result):
            extra = least_cost(problem, forced=(household.key, row.cadre)) - result.objective
            assert 0 <= row.extra_at_least <= extra <= row.extra


def test_candidates_have_a_free_place_and_come_cheapest_first() -> None:
    cadres = [Cadre("full", "u", "CITRUS", capacity=1), Cadre("law", "u", "LAW"), Cadre("tea", "u", "CITRUS")]
    households = [Household(f"h{n}", VILLAGE, frozenset({"CITRUS"})) for n in range(2)]
    result = pair(households, cadres, ORDERS)
    mine = {row.household: row.cadre for row in result.assignments}
    first = next(key for key, cadre in mine.items() if cadre == "full")
    assert [(row.cadre, row.extra) for row in candidates(first, result)] == [("tea", 120), ("law", 600)]
    assert candidates(first, result)[0].load.used == 2


def test_candidates_of_a_household_that_is_not_in_the_run_are_refused() -> None:
    with pytest.raises(KeyError):
        candidates("nobody", pair([], [], []))
