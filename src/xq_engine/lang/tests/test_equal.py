"""SQL and closures give the same answer, to the last fen and to the last unknown."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xq_engine.errors import OutOfRange
from xq_engine.lang import BatchQuestion, Case, Expr, batch_sql, compile_closure, parse, standard_schema
from xq_engine.lang.functions import FUNCTIONS, NAMED
from xq_engine.lang.sql import constant
from xq_engine.lang.tests.random_county import HOUSEHOLD_KEYS, PERSON_KEYS, random_county, relation
from xq_engine.lang.tests.random_rules import RuleWriter
from xq_engine.lang.types import Type, Value

AS_OF = date(2026, 3, 1)
SCHEMA = standard_schema().with_parameters({"line": "fen", "local": "fen"})
VALUES = {"line": [("", 300_000)], "local": [("360730", 5), ("36", 7)]}


def asked_one_by_one(
    homes: list[dict[str, Any]], people: list[dict[str, Any]], exprs: Sequence[Expr], entity: str
) -> list[tuple[Any, ...]]:
    answers: list[tuple[Any, ...]] = []
    for home in homes:
        members = [person for person in people if person["household_key"] == home["key"]]
        region = home["division_code"] or ""
        resolved = {
            name: next((value for prefix, value in rows if region.startswith(prefix)), None)
            for name, rows in VALUES.items()
        }
        for place in [None] if entity == "household" else range(len(members)):
            case = Case(home, members, as_of=AS_OF, parameters=resolved, person=place)
            key = home["key"] if place is None else members[place]["key"]
            answers.append((key, *(compile_closure(expr, SCHEMA)(case) for expr in exprs)))
    return sorted(answers)


# A case is six random rules asked of ten random households both ways; RULE_CASES=10000 is the long run.
CASES = int(os.environ.get("RULE_CASES", "200"))


@settings(max_examples=CASES, deadline=None)
@given(st.integers(0, 2**48), st.sampled_from(["household", "person"]))
def test_sql_and_closures_agree_on_random_rules_and_households(seed: int, entity: str) -> None:
    random = Random(seed)
    homes, people = random_county(random, 10)
    writer = RuleWriter(random, entity, ("line", "local"))
    texts = [writer.condition(3), writer.condition(2), writer.integer("fen", 3)]
    texts += [writer.integer(unit, 2) for unit in ("count", "year", "months")]
    exprs = [parse(text, entity, SCHEMA) for text in texts]
    with duckdb.connect() as con:
        con.execute(relation("household", HOUSEHOLD_KEYS, homes) + relation("person", PERSON_KEYS, people))
        sql = batch_sql(
            {f"c{place}": expr for place, expr in enumerate(exprs)},
            entity,
            BatchQuestion(SCHEMA, AS_OF, VALUES),
        )
        found = sorted(con.execute(sql).fetchall())
    assert found == asked_one_by_one(homes, people, exprs, entity), texts


@pytest.mark.parametrize(
    "text", ["income_wage_fen + 1", "income_wage_fen * 2", 'div_round(income_wage_fen, 2, "half_up")']
)
def test_an_integer_beyond_64_bits_is_an_error_in_both(text: str) -> None:
    expr = parse(text, "household", SCHEMA)
    facts = {"income_wage_fen": 2**63 - 1}
    with pytest.raises(OutOfRange):
        compile_closure(expr, SCHEMA)(Case(facts, as_of=AS_OF))
    with duckdb.connect() as con:
        con.execute(relation("household", {"key": "int"}, [{"key": 1} | facts]))
        with pytest.raises(duckdb.OutOfRangeException):
            con.execute(batch_sql({"c": expr}, "household", BatchQuestion(SCHEMA, AS_OF))).fetchall()


DAYS = [
    date(2000, 2, 29),
    date(2001, 2, 28),
    date(2001, 3, 1),
    date(2026, 1, 31),
    date(2025, 12, 31),
    date(1940, 6, 15),
]
EDGES = [-(10**9), -1001, -3, -2, -1, 0, 1, 2, 3, 4, 999, 10**9]
KINDS = {int: Type("int"), date: Type("date"), str: Type("text")}
WORDS = ["", "4", "甲乙", "36073019800101123443", "12a4", "９９"]


def arguments(name: str) -> Iterator[tuple[Value, ...]]:
    """Every combination of edge values that a function takes."""
    count = NAMED.get(name, (1 if name == "negative" else 2,))[0]
    for kind, edges in (("int", EDGES), ("date", DAYS), ("text", WORDS)):
        if FUNCTIONS[name].result([Type(kind)] * count) is not None:
            yield from product(edges, repeat=count)
    if name == "digits":
        yield from product(WORDS, range(-1, 22), range(-1, 22))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_gives_the_same_in_sql_and_python_at_the_edges(name: str) -> None:
    function, groups = FUNCTIONS[name], dict[tuple[type, ...], list[tuple[Value, ...]]]()
    for row in arguments(name):
        groups.setdefault(tuple(map(type, row)), []).append(row)
    assert groups
    for kinds, rows in groups.items():
        names = [f"a{place}" for place in range(len(kinds))]
        values = ", ".join(
            f"({place}, {', '.join(constant(value, KINDS[type(value)]) for value in row)})"
            for place, row in enumerate(rows)
        )
        table = f"(VALUES {values}) AS t(place, {', '.join(names)})"
        with duckdb.connect() as con:
            found = con.execute(f"SELECT {function.sql(*names)} FROM {table} ORDER BY place").fetchall()
        assert [answer for (answer,) in found] == [function.python(*row) for row in rows]
