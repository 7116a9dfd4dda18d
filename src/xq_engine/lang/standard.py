"""The schema of the catalogue of facts."""

from __future__ import annotations

from functools import cache

from xq_engine.facts import catalogue, codes
from xq_engine.lang.nodes import Expr
from xq_engine.lang.parse import parse
from xq_engine.lang.schema import FactKey, Schema
from xq_engine.lang.types import Type


@cache
def standard_schema() -> Schema:
    """Make the schema of the catalogue, its derived facts included, without parameters."""
    entities = catalogue()
    facts: dict[FactKey, Type] = {}
    definitions: dict[FactKey, Expr] = {}
    schema = Schema(facts, definitions, {}, codes())
    for entity in entities.values():
        for fact in entity.base.values():
            facts[entity.name, fact.name] = Type.of_fact(fact.type, fact.codes)
    for name in ("person", "household"):
        for fact in entities[name].facts.values():
            if fact.is_derived:
                wanted = Type.of_fact(fact.type, fact.codes)
                definitions[name, fact.name] = parse(fact.expression, name, schema, expect=wanted)
                facts[name, fact.name] = wanted
    return schema
