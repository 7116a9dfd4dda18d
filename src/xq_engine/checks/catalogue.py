"""Read the checks from their files; their rules are parsed and typed on reading."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from xq_engine.lang import BOOL, Expr, parse, standard_schema

SCOPES = ("cell", "person", "household", "register")


@dataclass(frozen=True)
class Case:
    """One rule of a check: true where there is a problem, and the facts at whose cell it is shown, first known first."""

    entity: str
    at: tuple[str, ...]
    when: str

    @cached_property
    def expression(self) -> Expr:
        """The rule as a typed tree."""
        return parse(self.when, self.entity, standard_schema(), expect=BOOL)

    @property
    def asks_members(self) -> bool:
        """Tell whether the rule looks at the members of the household."""
        return standard_schema().has_aggregate(self.expression)


@dataclass(frozen=True)
class Check:
    """A check by its stable code; sentences carry placeholders ({value}, {fact}, {other} …)."""

    code: str
    scope: str
    severity: str
    zh: str
    en: str
    hint_zh: str
    hint_en: str
    cases: tuple[Case, ...] = ()


@cache
def checks() -> Mapping[str, Check]:
    """Read every check by its code."""
    found: dict[str, Check] = {}
    for scope in SCOPES:
        with Path(__file__).with_name(f"{scope}.toml").open("rb") as stream:
            for code, row in tomllib.load(stream).items():
                found[code] = _check(code, scope, row)
    return MappingProxyType(found)


def _check(code: str, scope: str, row: dict[str, Any]) -> Check:
    entity = row.pop("entity", "person" if scope == "person" else "household")
    cases = [*([row] if "when" in row else []), *row.pop("also", [])]
    return Check(
        code=code,
        scope=scope,
        cases=tuple(Case(entity, tuple(case["at"]), case["when"]) for case in cases),
        **{name: row[name] for name in ("severity", "zh", "en", "hint_zh", "hint_en")},
    )
