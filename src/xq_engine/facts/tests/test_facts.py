"""The catalogue and the code lists can be relied upon."""

from __future__ import annotations

from datetime import date
from typing import Any

from xq_engine.facts import catalogue, codes
from xq_engine.lang import Case, compile_closure, parse, standard_schema


def test_every_code_fact_has_its_list_and_every_fact_both_words() -> None:
    for entity in catalogue().values():
        for fact in entity.facts.values():
            assert fact.zh, fact
            assert fact.en, fact
            assert (fact.type == "code") == (fact.codes in codes()), fact


def test_a_word_of_a_spreadsheet_finds_its_code() -> None:
    relation = codes()["relation"]
    found = [relation.find(word) for word in ("户主", " 长子 ", "HEAD", "邻居")]
    assert [code.code if code else None for code in found] == ["HEAD", "SON", "HEAD", None]


def test_a_code_is_valid_from_a_day_up_to_another() -> None:
    unstable, national = codes()["watch_type"].codes["UNSTABLE"], codes()["standard"].codes["NATIONAL"]
    assert not unstable.is_valid(date(2020, 12, 31))
    assert unstable.is_valid(date(2021, 1, 1))
    assert national.is_valid(date(2020, 12, 31))
    assert not national.is_valid(date(2021, 1, 1))


def test_no_two_codes_of_a_list_share_a_word() -> None:
    for code_list in codes().values():
        for code in code_list.codes.values():
            for word in (code.code, code.zh, *code.also):
                assert code_list.find(word) is code, (code_list.name, word)


def derived(name: str, entity: str, household: dict[str, Any], *members: dict[str, Any]) -> object:
    schema = standard_schema()
    case = Case(household, members, as_of=date(2021, 2, 28), person=0 if entity == "person" else None)
    return compile_closure(parse(name, entity, schema), schema)(case)


def test_derived_facts_are_computed_and_unknown_where_a_part_is() -> None:
    lines = [fact for fact in catalogue()["household"].base if fact.startswith(("income_", "transfer_"))]
    income: dict[str, Any] = dict.fromkeys([*lines, "cost_business_fen"], 0) | {"income_wage_fen": 100_000}
    people: list[dict[str, Any]] = [{}, {}, {}]
    assert derived("net_income_per_head_fen", "household", income, *people) == 33_333
    assert derived("net_income_fen", "household", income | {"transfer_pension_fen": None}, *people) is None
    assert derived("net_income_per_head_fen", "household", income) is None
    assert derived("age", "person", {}, {"birth_on": date(2000, 2, 29)}) == 20
    number = "36073019500101123443"
    assert derived("disability_level", "person", {}, {"disability_no": number}) == 3
    assert derived("disability_type", "person", {}, {"disability_no": number}) == 4
    assert derived("disability_level", "person", {}, {"disability_no": number[:18]}) is None
