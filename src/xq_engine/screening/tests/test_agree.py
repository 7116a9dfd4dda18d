"""A county screened in one go and household by household gives the same verdicts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xq_engine.lang.tests.random_county import HOUSEHOLD_KEYS, PERSON_KEYS, random_county, relation
from xq_engine.lang.tests.random_rules import RuleWriter
from xq_engine.policy import PolicyLibrary, load_policies
from xq_engine.policy.tests.writing import write_policy
from xq_engine.screening import RelationError, Screener, Verdict, screen_batch

LIBRARY = load_policies()
Row = dict[str, Any]


def one_by_one(
    library: PolicyLibrary, homes: list[Row], people: list[Row], as_of: date
) -> list[tuple[Any, ...]]:
    screener, found = Screener(library), []
    for home in homes:
        members = [person for person in people if person["household_key"] == home["key"]]
        keys = [member["key"] for member in members]
        region = home["division_code"] or ""
        for verdict in screener.screen_household(home, members, as_of=as_of, region=region):
            key = home["key"] if verdict.person is None else keys[verdict.person]
            found.append(as_row(key, verdict))
    return sorted(found, key=str)


def as_row(key: int, verdict: Verdict) -> tuple[Any, ...]:
    first = verdict.missing[0] if verdict.missing else None
    return key, verdict.policy_id, verdict.verdict, verdict.amount_fen, verdict.decided_by, first


def in_one_go(
    library: PolicyLibrary, homes: list[Row], people: list[Row], as_of: date
) -> list[tuple[Any, ...]]:
    with duckdb.connect() as con:
        con.execute(relation("household", HOUSEHOLD_KEYS, homes) + relation("person", PERSON_KEYS, people))
        return sorted((tuple(row.values()) for row in screen_batch(con, library, as_of).to_pylist()), key=str)


@pytest.mark.parametrize("as_of", [date(2016, 11, 29), date(2021, 6, 1), date(2026, 10, 1)])
def test_the_policies_of_the_library_agree_on_random_households(as_of: date) -> None:
    homes, people = random_county(Random(7), 150)
    batch = in_one_go(LIBRARY, homes, people, as_of)
    assert batch == one_by_one(LIBRARY, homes, people, as_of)
    assert {row[2] for row in batch} == {"yes", "no", "unknown"}


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**48))
def test_random_policies_agree_on_random_households(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    random, folder = Random(seed), tmp_path_factory.mktemp("policies")
    for place, unit in enumerate(("household", "person", "person")):
        writer = RuleWriter(random, unit)
        write_policy(
            folder,
            f"p{place}",
            unit=unit,
            region=random.choice(["", "36", "360730"]),
            when=[writer.condition(random.randrange(3)) for _ in range(random.randrange(1, 4))],
            expr=writer.integer("fen", 2),
            cap_fen=random.choice([None, 100]),
        )
    library = load_policies(folder)
    homes, people = random_county(random, 12)
    as_of = date(2026, 3, 1)
    assert in_one_go(library, homes, people, as_of) == one_by_one(library, homes, people, as_of)


def test_a_relation_with_decimals_is_refused(tmp_path: Path) -> None:
    write_policy(tmp_path, "p", when=["income_wage_fen > 0"])
    with duckdb.connect() as con:
        con.execute("CREATE TABLE household (key INT, division_code VARCHAR, income_wage_fen DOUBLE)")
        con.execute("CREATE TABLE person (key INT, household_key INT)")
        with pytest.raises(RelationError, match="income_wage_fen"):
            screen_batch(con, load_policies(tmp_path), date(2026, 1, 1))
