"""What the README of this folder promises about every policy and parameter."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent.parent
DOCUMENTS: dict[str, dict[str, Any]] = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted(HERE.glob("*.yaml"))
    if file.stem != "parameters"
}
PARAMETERS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "parameters.yaml").read_text(encoding="utf-8"))
KEYS = {
    "id", "name", "summary", "category", "issuer", "document", "source_status", "sources", "level", "region",
    "valid", "unit", "criteria", "amount", "papers", "where", "pays", "examples",
}  # fmt: skip
REGIONS = {"national": "", "province": "36", "city": "3607", "county": "360730"}
STATUSES = {"verified", "reprint", "unverified"}

every_document = pytest.mark.parametrize("policy", DOCUMENTS.values(), ids=DOCUMENTS.keys())


def both_languages(text: Any) -> bool:
    """Tell whether a text is exactly a Chinese and an English one, neither empty."""
    return set(text) == {"zh", "en"} and all(isinstance(part, str) and part.strip() for part in text.values())


def in_force(policy: dict[str, Any], day: date) -> bool:
    """Tell whether the policy holds on a day."""
    return bool(policy["valid"]["from"] <= day < (policy["valid"]["to"] or date.max))


def test_at_least_ten_are_verified_and_ten_more_say_that_they_are_not() -> None:
    count = Counter(policy["source_status"] for policy in DOCUMENTS.values())
    assert set(count) == STATUSES
    assert count["verified"] >= 10
    assert count["reprint"] + count["unverified"] >= 10


@pytest.mark.parametrize("day", [date(2016, 11, 29), date(2026, 11, 23)], ids=["2016", "today"])
def test_both_the_days_of_the_report_and_today_have_at_least_ten_policies(day: date) -> None:
    assert sum(in_force(policy, day) for policy in DOCUMENTS.values()) >= 10


@every_document
def test_a_document_is_complete_in_both_languages(policy: dict[str, Any]) -> None:
    assert set(policy) - {"received_when"} == KEYS
    assert DOCUMENTS[policy["id"]] is policy
    texts = [policy[key] for key in ("name", "summary", "issuer", "where")] + policy["papers"]
    texts += [{"zh": c["zh"], "en": c["en"]} for c in policy["criteria"]] + [policy["amount"]["note"]]
    assert [text for text in texts if not both_languages(text)] == []
    assert [c["id"] for c in policy["criteria"] if set(c) != {"id", "zh", "en", "clause", "when"}] == []
    assert len({c["id"] for c in policy["criteria"]}) == len(policy["criteria"])
    assert policy["unit"] in {"household", "person"}
    assert policy["pays"] in {"household", "school", "fund"}
    assert policy["amount"]["period"] in {"once", "month", "term", "year"}
    assert policy["region"] == REGIONS[policy["level"]]


@every_document
def test_sources_say_what_they_support_and_numbers_are_never_from_memory(policy: dict[str, Any]) -> None:
    assert set(policy["document"]) == {"title", "number", "date", "clause"}
    assert policy["sources"]
    assert all(
        source["title"]
        and source["publisher"]
        and source["note"]
        and not set(source) - {"title", "publisher", "address", "note"}
        for source in policy["sources"]
    )
    number = policy["document"]["number"]
    if policy["source_status"] == "unverified":
        assert number == ""
    if policy["source_status"] == "verified":
        assert any(source.get("address") for source in policy["sources"])
    said = " ".join(source["title"] + source["note"] for source in policy["sources"])
    assert number in said


@every_document
def test_examples_show_a_yes_a_no_and_an_unknown_within_the_validity(policy: dict[str, Any]) -> None:
    examples = policy["examples"]
    assert {example["verdict"] for example in examples} == {"yes", "no", "unknown"}
    criteria = {criterion["id"] for criterion in policy["criteria"]}
    for example in examples:
        assert in_force(policy, example["as_of"]), example["name"]
        wanted = {"yes": {"amount_fen"}, "no": {"decided_by"}, "unknown": {"missing"}}[example["verdict"]]
        if "none" in policy["amount"]:
            wanted -= {"amount_fen"}
        assert {"amount_fen", "decided_by", "missing"} & set(example) == wanted, example["name"]
        assert example.get("decided_by", min(criteria)) in criteria


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_has_one_value_for_a_place_and_day_and_says_where_it_is_from(name: str) -> None:
    parameter = PARAMETERS[name]
    assert set(parameter) == {"zh", "en", "unit", "values"}
    for value in parameter["values"]:
        assert not set(value) - {"region", "from", "to", "value", "source", "status"}
        assert value["status"] in STATUSES
        assert value["source"]
        assert isinstance(value["value"], int)
        assert value["from"] < value.get("to", date.max)
    for one, other in combinations(parameter["values"], 2):
        apart = one.get("to", date.max) <= other["from"] or other.get("to", date.max) <= one["from"]
        assert apart or one["region"] != other["region"]


def test_a_local_sum_that_nobody_checked_is_marked_as_an_example_value() -> None:
    unmarked = [
        name
        for name, parameter in PARAMETERS.items()
        for value in parameter["values"]
        if value["status"] == "unverified"
        and value["region"]
        and "示例值/example value" not in value["source"]
    ]
    assert unmarked == []


def test_stipends_that_rose_have_the_old_and_the_new_value() -> None:
    values = {
        name: [value["value"] for value in PARAMETERS[name]["values"]]
        for name in ("senior_grant_year_fen", "vocational_grant_year_fen")
    }
    assert values["senior_grant_year_fen"] == [150_000, 200_000, 230_000]
    assert values["vocational_grant_year_fen"] == [200_000, 230_000]
