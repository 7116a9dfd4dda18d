"""What an expression may speak of: facts with their types, derived facts, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xq_engine.facts import CodeList
from xq_engine.lang.nodes import Aggregate, Expr, Fact, Param, walk
from xq_engine.lang.types import Type

FactKey = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Schema:
    """Types of facts by (entity, name), definitions of the derived ones, types of parameters, code lists."""

    facts: Mapping[FactKey, Type]
    definitions: Mapping[FactKey, Expr] = field(default_factory=dict)
    parameters: Mapping[str, Type] = field(default_factory=dict)
    codes: Mapping[str, CodeList] = field(default_factory=dict)

    def with_parameters(self, units: Mapping[str, str]) -> Schema:
        """Make the same schema knowing parameters by name and unit ("fen", "months", "" …)."""
        return Schema(
            self.facts,
            self.definitions,
            {name: Type("int", unit) for name, unit in units.items()},
            self.codes,
        )

    def definition(self, fact: Fact) -> Expr | None:
        """Give the expression of a derived fact, None for a stored one."""
        return self.definitions.get((fact.entity, fact.name))

    def base_facts(self, expr: Expr) -> tuple[Fact, ...]:
        """List the stored facts that an expression rests on, in reading order, each once."""
        return tuple(dict.fromkeys(node for node in self.deep_walk(expr) if isinstance(node, Fact)))

    def parameters_of(self, expr: Expr) -> tuple[str, ...]:
        """List the parameters that an expression rests on, in reading order, each once."""
        return tuple(dict.fromkeys(node.name for node in self.deep_walk(expr) if isinstance(node, Param)))

    def has_aggregate(self, expr: Expr) -> bool:
        """Tell whether an expression asks over the members, itself or through a derived fact."""
        return any(isinstance(node, Aggregate) for node in self.deep_walk(expr))

    def deep_walk(self, expr: Expr) -> Iterator[Expr]:
        """Walk through an expression and the definitions of its derived facts, which themselves are left out."""
        for node in walk(expr):
            definition = self.definition(node) if isinstance(node, Fact) else None
            if definition is None:
                yield node
            else:
                yield from self.deep_walk(definition)
