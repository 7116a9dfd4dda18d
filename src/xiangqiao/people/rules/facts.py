"""Whether corrected facts are of the catalogue: right names, known codes, sensible numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangqiao.people.rules.kinds import FACTS, Kind
from xiangqiao.people.rules.payloads import Corrected, FactValue
from xiangqiao.people.rules.situation import Fault
from xq_engine.facts import FactSpec, catalogue, codes

_NUMBERS = frozenset({"fen", "centimu", "metre", "m2", "months", "count"})
MOST_MONTHS = 12
# Far above any farm household, far below what the columns hold.
MOST = 10_000_000
MOST_FEN = 1_000_000_000


def spec(kind: Kind, name: str) -> FactSpec:
    """Return what the catalogue says of a fact that a kind of change touches."""
    return catalogue()[FACTS[kind].entity].facts[name]


def fact_faults(kind: Kind, said: Corrected, today: date) -> Iterator[Fault]:
    """Check names, codes and numbers of corrected facts."""
    group = FACTS[kind]
    if group.is_yearly and (said.year is None or not 2000 <= said.year <= today.year):
        yield Fault("year", "year", {"year": today.year})
    for name, value in said.values.items():
        if name not in group.names:
            yield Fault("", "unknown_fact", {"name": name})
        elif value is None and kind == Kind.INCOME:
            yield Fault(name, "income_cleared")
        elif code := _fault(spec(kind, name), value):
            yield Fault(name, code)


def _fault(fact: FactSpec, value: FactValue) -> str:
    if value is None or value == "":
        return ""
    if fact.type == "code":
        return "" if value in codes()[fact.codes].codes else "choice"
    if fact.type == "bool":
        return "" if isinstance(value, bool) else "choice"
    if fact.type in _NUMBERS:
        most = {"months": MOST_MONTHS, "fen": MOST_FEN}.get(fact.type, MOST)
        sound = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
        return "" if sound else "months" if fact.type == "months" else "number"
    if fact.type == "date":
        return "" if isinstance(value, date) else "choice"
    return "" if isinstance(value, str) else "choice"
