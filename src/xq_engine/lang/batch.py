"""Ask many expressions of every household or person in one set-based query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xq_engine.lang.nodes import Aggregate, Expr, Fact, Param, children
from xq_engine.lang.schema import Schema
from xq_engine.lang.sql import EMPTY_AGGREGATE, SQL_TYPES, aggregate_sql, quote, to_sql

# A parameter's values on the day asked: (prefix of the division code, value), longest prefix first.
RegionValues = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class BatchQuestion:
    """What a batch needs to know besides its expressions.

    `relations` names the tables (household: key, division_code, facts; person: key, household_key, facts).
    `columns` lists the columns that those tables have; a fact without a column is unknown for everybody.
    None means that every fact has its column.
    """

    schema: Schema
    as_of: date
    parameters: Mapping[str, RegionValues] = field(default_factory=dict)
    relations: Mapping[str, str] = field(
        default_factory=lambda: {"household": "household", "person": "person"}
    )
    columns: Mapping[str, Collection[str]] | None = None


def batch_sql(columns: Mapping[str, Expr], entity: str, question: BatchQuestion) -> str:
    """Write one SELECT that gives `key` and a column for each expression, for every row of the entity.

    Aggregates over members are computed once a household in a grouped query and joined; derived facts once a row.
    """
    return _Batch(columns, entity, question).sql()


class _Batch:
    """Collects what the expressions rest on and lays it out in common table expressions.

    Every name in the text comes from the catalogue and is quoted, every constant is written by `constant`.
    """

    def __init__(self, columns: Mapping[str, Expr], entity: str, question: BatchQuestion) -> None:
        self.columns, self.entity, self.question = columns, entity, question
        self.schema = question.schema
        self.aggregates: dict[Aggregate, str] = {}
        self.params: dict[str, None] = {}
        self.facts: dict[Fact, int] = {}
        self.ctes: list[tuple[str, str]] = []
        for expr in columns.values():
            self._collect(expr)

    def _collect(self, expr: Expr) -> int:
        """Note what an expression needs; give the depth of derived facts below it."""
        from_children = [0]
        if isinstance(expr, Param):
            self.params[expr.name] = None
        elif isinstance(expr, Fact):
            definition = self.schema.definition(expr)
            if expr not in self.facts:
                self.facts[expr] = 0 if definition is None else self._collect(definition) + 1
            return self.facts[expr]
        if isinstance(expr, Aggregate):
            if expr not in self.aggregates:
                self.aggregates[expr] = f"aggregate_{len(self.aggregates)}"
                self._collect(expr.body)
            return 0
        from_children += [self._collect(child) for child in children(expr)]
        return max(from_children)

    def sql(self) -> str:
        """Write the whole query."""
        household_needed = self.entity == "household" or any(map(self._asks_household, self.columns.values()))
        source = self.question.relations
        if self.entity == "person" or self.aggregates:
            self._layers("person", ["key", "household_key"], f"{source['person']} AS person")
        if household_needed:
            self._households()
        if self.entity == "person":
            origin = f"{self._last('person')} AS person"
            if household_needed:
                origin += f" LEFT JOIN {self._last('household')} AS household ON person.household_key = household.key"
        else:
            origin = f"{self._last('household')} AS household"
        chosen = [f"{self.entity}.key AS key"]
        chosen += [f"{self.write(expr)} AS {quote(name)}" for name, expr in self.columns.items()]
        ctes = ",\n".join(f"{name} AS NOT MATERIALIZED ({text})" for name, text in self.ctes)
        select = f"SELECT {', '.join(chosen)}\nFROM {origin}"
        return f"WITH {ctes}\n{select}" if ctes else select

    def write(self, expr: Expr) -> str:
        """Write an expression over the last layers."""
        return to_sql(expr, as_of=self.question.as_of, column=self._column)

    def _column(self, node: Fact | Aggregate | Param) -> str:
        if isinstance(node, Fact):
            return f"{node.entity}.{quote(node.name)}"
        name = self.aggregates[node] if isinstance(node, Aggregate) else f"parameter {node.name}"
        return f"household.{quote(name)}"

    def _asks_household(self, expr: Expr) -> bool:
        return any(
            isinstance(node, Aggregate | Param) or (isinstance(node, Fact) and node.entity == "household")
            for node in self.schema.deep_walk(expr)
        )

    def _last(self, entity: str) -> str:
        return next(name for name, _ in reversed(self.ctes) if name.startswith(f"{entity}_"))

    def _households(self) -> None:
        source = f"{self.question.relations['household']} AS household"
        keys = ["key"]
        parameters = [f"{self._parameter(name)} AS {quote(f'parameter {name}')}" for name in self.params]
        if not self.aggregates:
            self._layers("household", keys, source, parameters)
            return
        early = [body for body in (node.body for node in self.aggregates) if self._asks_household(body)]
        if early:
            self._early_households(source, parameters, early)
        self._group_members(with_household=bool(early))
        source += " LEFT JOIN grouped ON grouped.household_key = household.key"
        answers = [
            f"CASE WHEN grouped.household_key IS NULL THEN {EMPTY_AGGREGATE[node.kind]}"
            f" ELSE grouped.{name} END AS {name}"
            for node, name in self.aggregates.items()
        ]
        self._layers("household", keys, source, [*parameters, *answers])

    def _early_households(self, source: str, parameters: Sequence[str], bodies: Sequence[Expr]) -> None:
        """Lay out the household facts that a question over the members itself asks for."""
        wanted = [node for body in bodies for node in self.schema.deep_walk(body)]
        facts = dict.fromkeys(
            node for node in wanted if isinstance(node, Fact) and node.entity == "household"
        )
        chosen = ["household.key AS key", *map(self._base, facts), *parameters]
        self.ctes.append(("early", f"SELECT {', '.join(chosen)} FROM {source}"))  # noqa: S608

    def _group_members(self, *, with_household: bool) -> None:
        origin = f"{self._last('person')} AS person"
        if with_household:
            origin += " JOIN early AS household ON person.household_key = household.key"
        answers = [
            f"{aggregate_sql(node.kind, self._inlined(node.body))} AS {name}"
            for node, name in self.aggregates.items()
        ]
        chosen = ", ".join(["person.household_key AS household_key", *answers])
        self.ctes.append(("grouped", f"SELECT {chosen} FROM {origin} GROUP BY person.household_key"))  # noqa: S608

    def _inlined(self, body: Expr) -> str:
        def column(node: Fact | Aggregate | Param) -> str:
            definition = self.schema.definition(node) if isinstance(node, Fact) else None
            if definition is not None and isinstance(node, Fact) and node.entity == "household":
                return to_sql(definition, as_of=self.question.as_of, column=column)
            return self._column(node)

        return to_sql(body, as_of=self.question.as_of, column=column)

    def _layers(self, entity: str, keys: Sequence[str], source: str, more: Iterable[str] = ()) -> None:
        """Lay out one entity: its stored facts, then its derived facts, the deeper ones on top."""
        facts = {fact: depth for fact, depth in self.facts.items() if fact.entity == entity}
        stored = [self._base(fact) for fact, depth in facts.items() if depth == 0]
        chosen = [f"{entity}.{key} AS {key}" for key in keys]
        text = f"SELECT {', '.join([*chosen, *stored, *more])} FROM {source}"  # noqa: S608
        self.ctes.append((f"{entity}_0", text))
        for level in range(1, max(facts.values(), default=0) + 1):
            derived = [
                f"{self.write(definition)} AS {quote(fact.name)}"
                for fact, depth in facts.items()
                if depth == level and (definition := self.schema.definition(fact)) is not None
            ]
            text = f"SELECT {entity}.*, {', '.join(derived)} FROM {entity}_{level - 1} AS {entity}"  # noqa: S608
            self.ctes.append((f"{entity}_{level}", text))

    def _base(self, fact: Fact) -> str:
        known = self.question.columns
        there = known is None or fact.name in known[fact.entity]
        column = f"{fact.entity}.{quote(fact.name)}" if there else "NULL"
        return f"CAST({column} AS {SQL_TYPES[fact.type.kind]}) AS {quote(fact.name)}"

    def _parameter(self, name: str) -> str:
        values = self.question.parameters.get(name, ())
        cases = "".join(
            f" WHEN starts_with(household.division_code, '{region}') THEN CAST({value} AS BIGINT)"
            for region, value in values
            if region
        )
        rest = next(
            (f"CAST({value} AS BIGINT)" for region, value in values if not region), "CAST(NULL AS BIGINT)"
        )
        return f"CASE{cases} ELSE {rest} END" if cases else rest
