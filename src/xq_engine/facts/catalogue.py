"""Read the fact catalogue and the derived facts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent


@dataclass(frozen=True)
class FactSpec:
    """One fact of an entity; a derived fact carries the expression that it is computed by."""

    entity: str
    name: str
    type: str
    zh: str
    en: str
    codes: str = ""
    period: str = ""
    note: str = ""
    expression: str = ""
    # How many characters a text may have.
    longest: int = 60

    @property
    def is_derived(self) -> bool:
        """Tell whether the fact is computed from others."""
        return bool(self.expression)


@dataclass(frozen=True)
class Entity:
    """An entity (household, person, unit, cadre) with its facts by name, in the order of the catalogue."""

    name: str
    facts: Mapping[str, FactSpec] = field(default_factory=dict)

    @property
    def base(self) -> Mapping[str, FactSpec]:
        """Facts that are asked for and stored, not computed."""
        return {name: fact for name, fact in self.facts.items() if not fact.is_derived}


@cache
def catalogue() -> Mapping[str, Entity]:
    """Read every entity with its facts, stored ones first, derived ones after them."""
    facts: dict[str, dict[str, FactSpec]] = {}
    for file in ("catalogue.toml", "derived.toml"):
        with (HERE / file).open("rb") as stream:
            document = tomllib.load(stream)
        for entity, rows in document.items():
            for name, row in rows.items():
                facts.setdefault(entity, {})[name] = FactSpec(entity=entity, name=name, **row)
    return MappingProxyType({name: Entity(name, MappingProxyType(rows)) for name, rows in facts.items()})
