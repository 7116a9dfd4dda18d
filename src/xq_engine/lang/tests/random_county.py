"""Random households, and rows of facts as SQL tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from xq_engine.facts import catalogue, codes
from xq_engine.lang.sql import SQL_TYPES, constant
from xq_engine.lang.types import Type

REGIONS = ("360730100201", "360799000000", "440000000000", None)
HOUSEHOLD_KEYS, PERSON_KEYS = {"key": "int", "division_code": "text"}, {"key": "int", "household_key": "int"}
INTEGERS = (-(10**12), -300_001, -2, -1, 0, 1, 2, 3, 99, 300_000, 10**12)


def random_value(random: Random, fact_type: str, code_list: str) -> Any:
    """Give one value of a fact; a third of them unknown."""
    if random.random() < 0.3:
        return None
    if fact_type == "bool":
        return random.random() < 0.5
    if fact_type == "code":
        return random.choice(list(codes()[code_list].codes))
    if fact_type == "date":
        special = (date(2000, 2, 29), date(2025, 2, 28), date(2024, 1, 31), date(2026, 1, 1))
        return random.choice([*special, date(1940, 1, 1) + timedelta(random.randrange(31_400))])
    if fact_type in ("fen", "centimu", "metre", "m2", "months", "count"):
        return random.choice([*INTEGERS, random.randrange(-5, 2_000_000)])
    return random.choice(["", "360730198001011234", "36073019800101123443", "甲'\"", "4", "x" * 20])


def random_facts(random: Random, entity: str) -> dict[str, Any]:
    """Give every stored fact of one household or person."""
    return {
        name: random_value(random, fact.type, fact.codes) for name, fact in catalogue()[entity].base.items()
    }


def relation(name: str, keys: dict[str, str], rows: Sequence[dict[str, Any]]) -> str:
    """Write rows of facts as an SQL table."""
    facts = {fact.name: Type.of_fact(fact.type, fact.codes) for fact in catalogue()[name].base.values()}
    kinds = {key: Type(kind) for key, kind in keys.items()} | facts
    columns = ", ".join(f'"{key}" {SQL_TYPES[kind.kind]}' for key, kind in kinds.items())
    values = ", ".join(
        "(" + ", ".join(constant(row.get(key), kind) for key, kind in kinds.items()) + ")" for row in rows
    )
    filled = f"INSERT INTO {name} VALUES {values};" if rows else ""
    return f"CREATE OR REPLACE TABLE {name} ({columns}); {filled}"


def random_county(random: Random, households: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    homes = [
        {"key": key, "division_code": random.choice(REGIONS)} | random_facts(random, "household")
        for key in range(households)
    ]
    people = [
        {"key": home["key"] * 10 + place, "household_key": home["key"]} | random_facts(random, "person")
        for home in homes
        for place in range(random.randrange(4))
    ]
    return homes, people
