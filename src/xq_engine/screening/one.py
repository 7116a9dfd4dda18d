"""Screen one household with compiled closures, every criterion explained.

The verdict is `no` as soon as one criterion is false: the first false one, in the order of the document, decides,
even where an earlier one is unknown, for nothing that could still be learnt would change it. Otherwise it is
`unknown` if one criterion is unknown (the first such decides), otherwise `yes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xq_engine.errors import EngineError
from xq_engine.facts import catalogue
from xq_engine.lang import Case, Compiler, Expr, Schema, Type, Value
from xq_engine.lang.case import Closure
from xq_engine.lang.missing import compile_missing
from xq_engine.lang.nodes import Aggregate, Fact, Param, children
from xq_engine.policy import Criterion, Policy, PolicyLibrary

# Where no criterion decides, because the policy is not asked at all.
NOT_IN_FORCE, NOT_HERE = "@validity", "@region"
_PYTHON = {"int": int, "bool": bool, "text": str, "code": str, "date": date}


class FactError(EngineError):
    """A fact has a value of the wrong type; decimals and NaN are refused, null is None."""


@dataclass(frozen=True)
class CriterionResult:
    """What one criterion gave: true, false or None (unknown).

    `facts` holds what it looked at by name (`household.x`, `person.y`, `param.z`); where it asked over the members
    the value is a tuple with one value each. `missing` lists the facts that keep it unknown.
    """

    id: str
    value: bool | None
    facts: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """A proposal with its reasons.

    `amount_fen` is None where the verdict is not yes, the benefit is no money or the sum cannot be computed;
    `missing` then tells why. `decided_by` is a criterion's id, empty for a yes; `@validity` or `@region` where the
    policy does not hold on that day or there. `person` is the place of the member decided about.
    """

    policy_id: str
    version: str
    as_of: date
    person: int | None
    verdict: str
    amount_fen: int | None
    decided_by: str
    missing: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]


@dataclass(frozen=True)
class _CompiledCriterion:
    criterion: Criterion
    ask: Closure
    # Name, reader, and whether it is read for every member.
    uses: tuple[tuple[str, Closure, bool], ...]
    missing: Callable[[Case], tuple[str, ...]]


@dataclass(frozen=True)
class _Compiled:
    policy: Policy
    criteria: tuple[_CompiledCriterion, ...]
    amount: Closure | None
    amount_missing: Callable[[Case], tuple[str, ...]] | None


class Screener:
    """The policies of a library compiled once, for pages and slips."""

    def __init__(self, library: PolicyLibrary) -> None:
        """Compile every policy."""
        self.library = library
        self._compiler = Compiler(library.schema)
        self._stored = {name: _stored_types(name, library.schema) for name in ("household", "person")}
        self._policies = [self._compile(policy) for policy in library]

    def _compile(self, policy: Policy) -> _Compiled:
        amount, compiler = policy.amount.expr, self._compiler
        return _Compiled(
            policy,
            tuple(
                _CompiledCriterion(
                    criterion,
                    compiler.compile(criterion.when),
                    tuple(self._uses(criterion.when).values()),
                    compile_missing(criterion.when, compiler),
                )
                for criterion in policy.criteria
            ),
            None if amount is None else compiler.compile(amount),
            None if amount is None else compile_missing(amount, compiler),
        )

    def _uses(self, expr: Expr, *, over_members: bool = False) -> dict[str, tuple[str, Closure, bool]]:
        """List what an expression looks at, derived facts and what they are computed from included."""
        found: dict[str, tuple[str, Closure, bool]] = {}
        if isinstance(expr, Param):
            return {expr.name: (f"param.{expr.name}", self._compiler.compile(expr), False)}
        if isinstance(expr, Fact):
            name = f"{expr.entity}.{expr.name}"
            found[name] = (name, self._compiler.compile(expr), over_members and expr.entity == "person")
            definition = self.library.schema.definition(expr)
            return found if definition is None else found | self._uses(definition, over_members=over_members)
        inner = over_members or isinstance(expr, Aggregate)
        for child in children(expr):
            found.update(self._uses(child, over_members=inner))
        return found

    def screen_household(
        self,
        household: Mapping[str, Value],
        members: Sequence[Mapping[str, Value]],
        *,
        as_of: date,
        region: str,
    ) -> list[Verdict]:
        """Screen a household by every policy in force there: once, or once a member where the unit is a person.

        `region` is the division code of the household. Raises FactError for a value of the wrong type.
        """
        case = self._case(household, members, as_of, region)
        return [
            self._verdict(compiled, case, person, region)
            for compiled in self._policies
            if compiled.policy.is_in_force(as_of) and region.startswith(compiled.policy.region)
            for person in ((None,) if compiled.policy.unit == "household" else range(len(members)))
        ]

    def screen(
        self,
        policy: Policy,
        household: Mapping[str, Value],
        members: Sequence[Mapping[str, Value]],
        *,
        as_of: date,
        region: str,
        person: int | None = None,
    ) -> Verdict:
        """Screen by one policy; for a person policy `person` is the place of the member, 0 unless given."""
        compiled = next(each for each in self._policies if each.policy is policy)
        at = None if policy.unit == "household" else person or 0
        return self._verdict(compiled, self._case(household, members, as_of, region), at, region)

    def _case(
        self, household: Mapping[str, Value], members: Sequence[Mapping[str, Value]], as_of: date, region: str
    ) -> Case:
        return Case(
            _checked(household, self._stored["household"]),
            [_checked(member, self._stored["person"]) for member in members],
            as_of=as_of,
            parameters=self.library.parameters.at(as_of, region),
        )

    def _verdict(self, compiled: _Compiled, case: Case, person: int | None, region: str) -> Verdict:
        policy = compiled.policy
        case.person = {} if person is None else case.members[person]
        apart = NOT_IN_FORCE if not policy.is_in_force(case.as_of) else ""
        if not region.startswith(policy.region):
            apart = NOT_HERE
        if apart:
            return Verdict(policy.id, policy.version, case.as_of, person, "no", None, apart, (), ())
        results = tuple(self._result(criterion, case) for criterion in compiled.criteria)
        decisive = next((result for result in results if result.value is False), None)
        decisive = decisive or next((result for result in results if result.value is None), None)
        if decisive is not None:
            verdict = "no" if decisive.value is False else "unknown"
            by, lacking, amount = decisive.id, decisive.missing, None
        else:
            verdict, by, lacking = "yes", "", ()
            amount, lacking = self._amount(compiled, case)
        return Verdict(policy.id, policy.version, case.as_of, person, verdict, amount, by, lacking, results)

    def _amount(self, compiled: _Compiled, case: Case) -> tuple[int | None, tuple[str, ...]]:
        cap = compiled.policy.amount.cap_fen
        if compiled.amount is None or compiled.amount_missing is None:
            return None, ()
        amount: int | None = compiled.amount(case, case.person)
        if amount is None:
            return None, compiled.amount_missing(case)
        return (amount if cap is None else min(amount, cap)), ()

    def _result(self, compiled: _CompiledCriterion, case: Case) -> CriterionResult:
        person, members = case.person, case.members
        value = compiled.ask(case, person)
        facts = {
            name: tuple([read(case, member) for member in members]) if many else read(case, person)
            for name, read, many in compiled.uses
        }
        lacking = () if value is not None else compiled.missing(case)
        return CriterionResult(compiled.criterion.id, value, facts, lacking)


def screen_one(
    library: PolicyLibrary,
    household: Mapping[str, Value],
    members: Sequence[Mapping[str, Value]],
    *,
    as_of: date,
    region: str,
) -> list[Verdict]:
    """Screen one household once; keep a Screener where there are more."""
    return Screener(library).screen_household(household, members, as_of=as_of, region=region)


def _stored_types(entity: str, schema: Schema) -> dict[str, Type]:
    return {name: schema.facts[entity, name] for name in catalogue()[entity].base}


def _checked(facts: Mapping[str, Value], types: Mapping[str, Type]) -> dict[str, Value]:
    """Keep the facts of the catalogue that are known, each of its type."""
    kept: dict[str, Value] = {}
    for name, value in facts.items():
        kind = types.get(name)
        if kind is None or value is None:
            continue
        if type(value) is not _PYTHON[kind.kind]:
            raise FactError(f"{name}: {value!r} 不是 {kind} / is not {kind}")
        kept[name] = value
    return kept
