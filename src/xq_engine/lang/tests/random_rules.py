"""Random expressions for the differential tests."""

from __future__ import annotations

from random import Random
from typing import Any

from xq_engine.facts import catalogue, codes

UNITS = ("fen", "count", "year", "months", "centimu")


class RuleWriter:
    """Writes random well-typed text of the language."""

    def __init__(self, random: Random, entity: str, parameters: tuple[str, ...] = ()) -> None:
        self.random, self.entity, self.parameters = random, entity, parameters
        self.in_members = False

    def _facts(self, kind: str) -> list[str]:
        found = [name for name, fact in catalogue()[self.entity].facts.items() if fact.type == kind]
        if self.entity == "person" and not self.in_members:
            found += [
                f"household.{name}"
                for name, fact in catalogue()["household"].facts.items()
                if fact.type == kind
            ]
        if self.in_members:
            found += [
                f"household.{name}"
                for name, fact in catalogue()["household"].base.items()
                if fact.type == kind
            ]
        return found

    def _over_members(self, kind: str, write: Any, *args: Any) -> str:
        outer, self.entity, self.in_members = self.entity, "person", True
        body = write(*args)
        self.entity, self.in_members = outer, False
        return f"{kind}(members, {body})"

    def condition(self, depth: int) -> str:
        """Write a truth value."""
        pick = self.random.randrange(11 if depth else 4)
        sign = self.random.choice(["==", "!=", "<", "<=", ">", ">="])
        if pick == 0 or (pick >= 9 and self.in_members):
            return self.random.choice(
                [*self._facts("bool"), "true", "false", "known(" + self.integer("fen", 0) + ")"]
            )
        if pick == 1:
            name, code_list = self._code()
            values = ", ".join(f'"{code}"' for code in self.random.sample(list(codes()[code_list].codes), 2))
            return self.random.choice([f"{name} in [{values}]", f"{name} not in [{values}]"])
        if pick == 2:
            name, code_list = self._code()
            return f'{name} {sign[:1].replace("<", "!").replace(">", "=")}= "{self.random.choice(list(codes()[code_list].codes))}"'.replace(
                "=== ", "== "
            )
        if pick == 3:
            return f"{self.day(0)} {sign} {self.day(0)}"
        if pick == 4:
            unit = self.random.choice(UNITS)
            return f"({self.integer(unit, depth - 1)} {sign} {self.integer(unit, depth - 1)})"
        if pick == 5:
            return f"not ({self.condition(depth - 1)})"
        if pick in (6, 7):
            word = self.random.choice([" and ", " or "])
            return (
                "(" + word.join(self.condition(depth - 1) for _ in range(self.random.randrange(2, 4))) + ")"
            )
        if pick == 8:
            return (
                f"if({self.condition(depth - 1)}, {self.condition(depth - 1)}, {self.condition(depth - 1)})"
            )
        return self._over_members(self.random.choice(["any", "all"]), self.condition, depth - 1)

    def _code(self) -> tuple[str, str]:
        facts = [fact for fact in catalogue()[self.entity].facts.values() if fact.type == "code"]
        fact = self.random.choice(facts)
        return fact.name, fact.codes

    def day(self, depth: int) -> str:
        """Write a date."""
        known = ["as_of", 'date("2000-02-29")', 'date("2026-01-31")', *self._facts("date")]
        if depth:
            return f"{self.random.choice(['min', 'max'])}({self.day(0)}, {self.day(0)})"
        return self.random.choice(known)

    def integer(self, unit: str, depth: int) -> str:
        """Write an integer of a unit."""
        pick = self.random.randrange(9 if depth else 2)
        if pick == 0:
            return str(self.random.choice([0, 1, 7, 60, 300_000]))
        if pick == 1:
            parameters = [f'param("{name}")' for name in self.parameters] if unit == "fen" else []
            return self.random.choice([*self._facts(unit), *parameters, "12"])
        if pick == 2:
            return f"({self.integer(unit, depth - 1)} {self.random.choice('+-')} {self.integer(unit, depth - 1)})"
        if pick == 3:
            return f"({self.integer(unit, depth - 1)} * {self.random.choice([-3, 0, 2, 12])})"
        if pick == 4:
            mode = self.random.choice(["half_up", "down", "up"])
            below = self.random.choice(["2", "3", "-7", "0", f"number({self.integer('count', 0)})"])
            return f'div_round({self.integer(unit, depth - 1)}, {below}, "{mode}")'
        if pick == 5:
            return f"{self.random.choice(['min', 'max'])}({self.integer(unit, depth - 1)}, {self.integer(unit, 0)})"
        if pick == 6:
            return f"if({self.condition(depth - 1)}, {self.integer(unit, depth - 1)}, {self.random.choice(['null', self.integer(unit, 0)])})"
        if pick == 7:
            return self._measure(unit, depth)
        return self.random.choice(["abs({})", "(-{})"]).format(self.integer(unit, depth - 1))

    def _measure(self, unit: str, depth: int) -> str:
        if unit == "year":
            return f"years_between({self.day(1)}, {self.day(0)})"
        if unit == "months":
            return f"months_between({self.day(0)}, {self.day(0)})"
        if self.in_members:
            return "number(digits(disability_no, 19, 19))"
        if unit == "count":
            return self._over_members("count", self.condition, depth - 1)
        return self._over_members("sum", self.integer, unit, depth - 1)
