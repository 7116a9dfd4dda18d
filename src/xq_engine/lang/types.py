"""The types of the rule language: integers with a unit, truth values, text, codes, dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Value = int | bool | str | date | None

INTEGER_MIN, INTEGER_MAX = -(2**63), 2**63 - 1

# Units that may multiply an amount: "fen a month" times months is fen.
MULTIPLIERS = frozenset({"", "count", "months", "year", "days"})
UNITS = frozenset({"", "fen", "centimu", "metre", "m2", "months", "count", "year", "days"})
TEXT_FACTS = frozenset({"text", "id_number", "disability_no", "phone", "bank_card"})


@dataclass(frozen=True, slots=True)
class Type:
    """A type: kind, the unit of an integer ("" = plain number), the list of a code."""

    kind: str
    unit: str = ""
    codes: str = ""

    def __str__(self) -> str:
        """Write the type as `int:fen`, `code:health`, `bool`."""
        detail = self.unit or self.codes
        return f"{self.kind}:{detail}" if detail else self.kind

    @classmethod
    def read(cls, text: str) -> Type:
        """Read a type written by `str`."""
        kind, _, detail = text.partition(":")
        return cls(kind, unit=detail) if kind == "int" else cls(kind, codes=detail)

    @classmethod
    def of_fact(cls, fact_type: str, code_list: str = "") -> Type:
        """Give the type of a fact of the catalogue (`fen`, `code`, `id_number` …)."""
        if fact_type in TEXT_FACTS:
            return TEXT
        if fact_type in UNITS:
            return cls("int", unit=fact_type)
        return cls(fact_type, codes=code_list)


BOOL, TEXT, DATE, NULL, NUMBER = Type("bool"), Type("text"), Type("date"), Type("null"), Type("int")


def join(left: Type, right: Type) -> Type | None:
    """Find the type that both have, a plain number taking any unit and null any type; None if there is none."""
    if left == right or right == NULL:
        return left
    if left == NULL:
        return right
    if left.kind == right.kind == "int" and not (left.unit and right.unit):
        return left if left.unit else right
    return None


def product(left: Type, right: Type) -> Type | None:
    """Find the unit of a product: one side must be a plain number or a multiplier; None if neither is."""
    if left.unit and right.unit in MULTIPLIERS and left.unit not in MULTIPLIERS:
        return left
    if right.unit and left.unit in MULTIPLIERS and right.unit not in MULTIPLIERS:
        return right
    if left.unit in MULTIPLIERS and right.unit in MULTIPLIERS:
        return left if left.unit == right.unit else NUMBER
    return None


def quotient(left: Type, right: Type) -> Type | None:
    """Find the unit of a quotient: same units give a plain number, a multiplier below keeps the unit above."""
    if left.unit and left.unit == right.unit:
        return NUMBER
    return left if right.unit in MULTIPLIERS else None
