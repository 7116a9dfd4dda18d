"""One household: verdict, deciding criterion, amount, and what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xq_engine.policy import load_policies
from xq_engine.policy.tests.writing import write_policy
from xq_engine.screening import FactError, Screener, Verdict, check_examples, screen_one

AS_OF = date(2026, 3, 1)


def verdict(
    folder: Path, household: dict[str, Any], members: list[dict[str, Any]], **document: Any
) -> Verdict:
    write_policy(folder, "p", **document)
    library = load_policies(folder)
    return Screener(library).screen(library["p"], household, members, as_of=AS_OF, region="360730")


def test_a_false_criterion_decides_even_behind_an_unknown_one(tmp_path: Path) -> None:
    found = verdict(
        tmp_path,
        {"broadband": False, "water_safe": False},
        [],
        when=['phone == "1"', "broadband", "water_safe"],
    )
    assert (found.verdict, found.decided_by, found.missing) == ("no", "c2", ())
    assert [result.value for result in found.criteria] == [None, False, False]
    assert found.criteria[0].missing == ("household.phone",)


def test_the_first_unknown_criterion_names_what_is_missing(tmp_path: Path) -> None:
    when = ["broadband", "any(members, age >= 60) and net_income_fen > 0", "water_safe"]
    found = verdict(tmp_path, {"broadband": True, "income_wage_fen": 1}, [{}, {"birth_on": AS_OF}], when=when)
    assert (found.verdict, found.decided_by) == ("unknown", "c2")
    assert found.missing[:2] == ("person.birth_on", "household.income_business_fen")
    assert "household.income_wage_fen" not in found.missing


def test_what_can_no_longer_matter_is_not_missing(tmp_path: Path) -> None:
    when = ['if(house_dangerous, house_grade == "D", water_difficult)']
    found = verdict(tmp_path, {"house_dangerous": True}, [], when=when)
    assert found.missing == ("household.house_grade",)
    found = verdict(
        tmp_path, {"house_dangerous": True, "fuel": "COAL"}, [], when=['house_dangerous or fuel == "GAS"']
    )
    assert found.verdict == "yes"


def test_the_amount_is_capped_and_tells_why_it_is_not_known(tmp_path: Path) -> None:
    document = {"when": ["true"], "expr": "cost_business_fen * 2", "cap_fen": 500}
    assert verdict(tmp_path, {"cost_business_fen": 200}, [], **document).amount_fen == 400
    assert verdict(tmp_path, {"cost_business_fen": 300}, [], **document).amount_fen == 500
    unknown = verdict(tmp_path, {}, [], **document)
    assert (unknown.verdict, unknown.amount_fen, unknown.missing) == (
        "yes",
        None,
        ("household.cost_business_fen",),
    )


def test_each_criterion_shows_the_facts_that_it_looked_at(tmp_path: Path) -> None:
    people = [{"birth_on": date(1950, 1, 1)}, {}]
    found = verdict(tmp_path, {"broadband": True}, people, when=["broadband and any(members, age > 70)"])
    assert found.criteria[0].facts == {
        "household.broadband": True,
        "person.age": (76, None),
        "person.birth_on": (date(1950, 1, 1), None),
    }


def test_a_policy_is_asked_only_in_its_time_and_region(tmp_path: Path) -> None:
    assert verdict(tmp_path, {}, [], when=["true"], region="36").verdict == "yes"
    assert verdict(tmp_path, {}, [], when=["true"], region="44").decided_by == "@region"
    assert verdict(tmp_path, {}, [], when=["true"], valid={"from": "2027-01-01"}).decided_by == "@validity"
    assert screen_one(load_policies(tmp_path), {}, [], as_of=AS_OF, region="360730") == []


def test_a_person_policy_is_asked_for_every_member(tmp_path: Path) -> None:
    write_policy(tmp_path, "p", when=["age >= 60 and household.broadband"], unit="person")
    people = [{"birth_on": date(1950, 1, 1)}, {"birth_on": date(2000, 1, 1)}, {}]
    found = screen_one(load_policies(tmp_path), {"broadband": True}, people, as_of=AS_OF, region="360730")
    assert [(each.person, each.verdict) for each in found] == [(0, "yes"), (1, "no"), (2, "unknown")]


@pytest.mark.parametrize("value", [1.0, float("nan"), True, "1"])
def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(FactError, match="income_wage_fen"):
        verdict(tmp_path, {"income_wage_fen": value}, [], when=["true"])


def test_examples_that_do_not_hold_are_told_with_their_line(tmp_path: Path) -> None:
    example = {
        "name": "n",
        "as_of": "2026-03-01",
        "household": {"broadband": "false"},
        "members": [],
        "verdict": "yes",
    }
    write_policy(tmp_path, "p", when=["broadband"], examples=[example])
    library = load_policies(tmp_path)
    (failure,) = check_examples(library["p"], library)
    assert (failure.file, failure.wanted) == ("p.yaml", "yes")
    assert failure.found.startswith("no (c1")
