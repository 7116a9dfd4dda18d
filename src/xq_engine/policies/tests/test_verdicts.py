"""The documents give the verdicts that their authors, and a second hand, worked out from the texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xq_engine.facts import codes
from xq_engine.policies.tests.oracle import ORACLES, Answer, answers
from xq_engine.policies.tests.test_documents import DOCUMENTS
from xq_engine.policy import load_policies
from xq_engine.screening import Screener, check_examples

NINGDU = "360730"
# Loaded on import: a broken document fails here, once, with its line.
LIBRARY = load_policies()
SCREENER = Screener(LIBRARY)
FEN = st.none() | st.sampled_from([0, 0, 1, 5_000, 120_000, 700_000, 3_000_000])
LINES = [
    "income_wage_fen", "income_business_fen", "cost_business_fen", "income_property_fen", "transfer_wubao_fen",
    "transfer_family_planning_fen", "transfer_dibao_fen", "transfer_pension_fen", "transfer_ecology_fen",
    "transfer_other_fen",
]  # fmt: skip


def code(name: str) -> st.SearchStrategy[str | None]:
    """Draw a code of a list, or nothing."""
    return st.none() | st.sampled_from(sorted(codes()[name].codes))


HOUSEHOLDS = st.fixed_dictionaries(
    {
        "exit_status": code("exit_status"),
        "watch_type": code("watch_type"),
        "household_type": code("household_type"),
        "only_child_family": st.sampled_from([True, True, True, False, None]),
        **dict.fromkeys(LINES, FEN),
    }
)
# One missing income line makes the whole income unknown: half of the families have all of them.
COMPLETE = HOUSEHOLDS.map(lambda facts: facts | {line: facts[line] or 0 for line in LINES})
PERSONS = st.fixed_dictionaries(
    {
        "schooling": code("schooling"),
        "health": code("health"),
        "relation": code("relation") | st.sampled_from(["HEAD", "SPOUSE"]),
        "birth_on": st.none()
        | st.dates(date(1928, 1, 1), date(2016, 1, 1))
        | st.dates(date(1932, 1, 1), date(1958, 1, 1)),
        "pension_insured": st.sampled_from([True, True, False, None]),
        "disability_no": st.none()
        | st.sampled_from([f"36073019500101001X4{level}" for level in range(1, 5)])
        | st.sampled_from(["", "36073019500101001X", "36073019500101001X4级"]),
    }
)
DAYS = st.sampled_from(
    [date(2015, 12, 31), date(2016, 1, 1), date(2016, 2, 29), date(2016, 11, 29)]
) | st.dates(date(2014, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("policy_id", DOCUMENTS)
def test_every_example_comes_out_as_its_author_worked_it_out(policy_id: str) -> None:
    failures = check_examples(LIBRARY[policy_id], LIBRARY, SCREENER)
    assert [str(failure) for failure in failures] == []


@pytest.mark.parametrize("policy_id", ORACLES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(household=HOUSEHOLDS | COMPLETE, members=st.lists(PERSONS, min_size=1, max_size=4), as_of=DAYS)
def test_the_engine_agrees_with_the_answers_written_by_hand(
    policy_id: str, household: dict[str, Any], members: list[dict[str, Any]], as_of: date
) -> None:
    verdicts = SCREENER.screen_household(household, members, as_of=as_of, region=NINGDU)
    found = [Answer(v.verdict, v.amount_fen) for v in verdicts if v.policy_id == policy_id]
    assert found == answers(policy_id, household, members, as_of)


@pytest.mark.parametrize("policy_id", ORACLES)
def test_the_answers_written_by_hand_agree_with_the_examples(policy_id: str) -> None:
    for example in LIBRARY[policy_id].examples:
        answer = answers(policy_id, example.household, example.members, example.as_of)[0]
        assert answer == Answer(example.verdict, example.amount_fen), example.name
