"""Bench of the screening: 30 rules with amount and deciding criterion, beside OpenFisca-Core's amounts only.

Run: uv run --group bench python bench/screening.py [households]   (3,000,000 is the size of the goal)
Both sides hold the same random households (17 columns, 30 rules, 72 criteria, nothing missing) and the sums of all
amounts must agree to the fen before any time counts. CPU seconds of the process, the least of the rounds, in turn.
Each side runs in a process of its own, so that peak memory is its own.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from report import report

from xq_engine.facts import catalogue, codes
from xq_engine.policy import load_policies
from xq_engine.screening import ScreenBatch, Screener

HOUSEHOLDS, RULES, ROUNDS, SINGLES = 1_000_000, 30, 3, 200
AS_OF = date(2026, 1, 1)
INTEGERS = {
    "income_wage_fen": 4_000_000, "income_business_fen": 2_000_000, "cost_business_fen": 900_000,
    "expense_medical_fen": 1_500_000, "expense_school_fen": 1_000_000, "land_arable": 900, "road_distance_m": 3_000,
    "house_area_m2": 250,
}  # fmt: skip
BOOLEANS = ("house_dangerous", "water_safe", "broadband", "in_cooperative", "only_child_family")
# Each coded fact with its codes.
CODED = {
    name: list(codes()[catalogue()["household"].facts[name].codes].codes)
    for name in ("household_type", "watch_type", "cause_main", "house_grade")
}


@dataclass(frozen=True)
class Rule:
    """Criteria as (fact, comparison, constant); the amount is a share in basis points of a fact plus a sum."""

    criteria: tuple[tuple[str, str, Any], ...]
    fact: str
    points: int
    plus: int


def make_rules() -> list[Rule]:
    """Make the same 30 rules on every run: 12 with three criteria, 18 with two."""
    dice = random.Random(30)
    return [
        Rule(
            tuple(_criterion(dice) for _ in range(3 if place < 12 else 2)),
            dice.choice([name for name in INTEGERS if name.endswith("_fen")]),
            dice.randrange(100, 2_000),
            dice.randrange(1_000, 90_000),
        )
        for place in range(RULES)
    ]


def _criterion(dice: random.Random) -> tuple[str, str, Any]:
    kind = dice.randrange(10)
    if kind < 5:
        name = dice.choice(list(INTEGERS))
        return name, dice.choice(["<", ">="]), int(INTEGERS[name] * dice.uniform(0.2, 0.8))
    if kind < 7:
        return dice.choice(BOOLEANS), "is", dice.random() < 0.5
    name = dice.choice(list(CODED))
    known = CODED[name]
    return name, "in", tuple(sorted(dice.sample(known, max(1, len(known) // 2))))


def make_columns(households: int) -> dict[str, np.ndarray[Any, Any]]:
    """Make the columns, codes as their number in the list."""
    dice = np.random.default_rng(17)
    columns: dict[str, np.ndarray[Any, Any]] = {
        name: dice.integers(0, top, households, dtype=np.int64) for name, top in INTEGERS.items()
    }
    columns |= {name: dice.random(households) < 0.5 for name in BOOLEANS}
    return columns | {name: dice.integers(0, len(CODED[name]), households, dtype=np.int8) for name in CODED}


def _text(criterion: tuple[str, str, Any]) -> str:
    name, sign, value = criterion
    if sign == "is":
        return name if value else f"not {name}"
    return f"{name} {sign} {json.dumps(list(value) if sign == 'in' else value)}"


def write_rules(folder: Path) -> None:
    """Write the rules as policy documents."""
    words = {"zh": "规则", "en": "rule"}
    for place, rule in enumerate(make_rules()):
        document = {
            "id": f"r{place:02}", "name": words, "summary": words, "category": "bench", "issuer": words,
            "document": {"title": "", "number": "", "date": "", "clause": ""}, "source_status": "unverified",
            "sources": [], "level": "county", "region": "", "valid": {"from": "2020-01-01"}, "unit": "household",
            "criteria": [
                {"id": f"c{number}", **words, "clause": "", "when": _text(each)}
                for number, each in enumerate(rule.criteria)
            ],
            "amount": {
                "expr": f'div_round({rule.fact} * {rule.points}, 10000, "down") + {rule.plus}', "period": "year"
            },
            "papers": [], "where": words, "pays": "household", "examples": [],
        }  # fmt: skip
        (folder / f"r{place:02}.yaml").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def timed(run: Callable[[], Any]) -> float:
    """Run once and give the CPU seconds of the process."""
    start = time.process_time()
    run()
    return time.process_time() - start


def ours(households: int) -> dict[str, float]:
    """Screen with DuckDB: amount and deciding criterion of every rule, held as a table; then one by one."""
    columns = make_columns(households)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        write_rules(Path(folder))
        library = load_policies(Path(folder))
        load_household(con, columns, households)
        del columns
        con.execute("CREATE TABLE person (key INTEGER, household_key INTEGER)")
        base = peak()
        sql = ScreenBatch(con, library, AS_OF).wide_sql("household")
        held = min(
            timed(lambda: con.execute(f"CREATE OR REPLACE TEMP TABLE found AS {sql}")) for _ in range(ROUNDS)
        )
        sums = "+".join(f"coalesce(sum(m{place}), 0)" for place in range(RULES))
        total = con.execute(f"SELECT {sums} FROM found").fetchall()[0][0]
        names = list(INTEGERS) + list(BOOLEANS) + list(CODED)
        some = con.execute(f"SELECT {', '.join(names)} FROM household LIMIT {SINGLES}").fetchall()
        screener, rows = Screener(library), [dict(zip(names, row, strict=True)) for row in some]
        single = timed(lambda: [screener.screen_household(row, [], as_of=AS_OF, region="36") for row in rows])
        used = peak() - base
    return {"batch": held, "single": single / SINGLES, "total": float(total), "memory_gb": used}


def load_household(
    con: duckdb.DuckDBPyConnection, columns: dict[str, np.ndarray[Any, Any]], households: int
) -> None:
    """Load the columns as the register's relation, codes as their words."""
    named = ", ".join(
        f"CAST(([{', '.join(repr(code) for code in CODED[name])}])[{name} + 1] AS VARCHAR) AS {name}"
        if name in CODED
        else name
        for name in columns
    )
    con.register("incoming", columns | {"key": np.arange(households)})
    con.execute(
        f"CREATE TABLE household AS SELECT key, '360730100201' AS division_code, {named} FROM incoming"
    )
    con.unregister("incoming")


def theirs(households: int) -> dict[str, float]:
    """Screen with OpenFisca-Core: an eligibility and an amount variable for each rule, no reasons."""
    from openfisca_core.simulations import SimulationBuilder  # the peer is installed by the bench group only

    system = openfisca_system()
    columns = make_columns(households)
    base = peak()

    def simulate(rows: dict[str, np.ndarray[Any, Any]], count: int) -> int:
        simulation = SimulationBuilder().build_default_simulation(system, count)
        for name, column in rows.items():
            simulation.set_input(name, "2026", column)
        return sum(int(simulation.calculate(f"amount_{place}", "2026").sum()) for place in range(RULES))

    total = simulate(columns, households)
    batch = min(timed(lambda: simulate(columns, households)) for _ in range(ROUNDS))
    used = peak() - base
    rows = [
        {name: column[place : place + 1] for name, column in columns.items()} for place in range(SINGLES // 4)
    ]
    single = timed(lambda: [simulate(row, 1) for row in rows]) / len(rows)
    return {"batch": batch, "single": single, "total": float(total), "memory_gb": used}


def openfisca_system() -> Any:
    """Make OpenFisca's system of variables: one for each column, two for each rule."""
    from openfisca_core.entities import Entity  # the peer is installed by the bench group only
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    entity = Entity("household", "households", "", "")
    entity.is_person = True
    system = TaxBenefitSystem([entity])
    common = {"entity": entity, "definition_period": DateUnit.YEAR}
    for name in (*INTEGERS, *BOOLEANS, *CODED):
        system.add_variable(
            type(name, (Variable,), {**common, "value_type": bool if name in BOOLEANS else int})
        )
    for place, rule in enumerate(make_rules()):
        eligible = {**common, "value_type": bool, "formula": _eligible(rule)}
        amount = {**common, "value_type": int, "formula": _amount(rule, f"eligible_{place}")}
        system.add_variable(type(f"eligible_{place}", (Variable,), eligible))
        system.add_variable(type(f"amount_{place}", (Variable,), amount))
    return system


def _eligible(rule: Rule) -> Callable[..., Any]:
    def one(column: np.ndarray[Any, Any], name: str, sign: str, value: Any) -> np.ndarray[Any, Any]:
        if sign == "is":
            return column == value
        if sign == "in":
            known = CODED[name]
            return np.isin(column, [known.index(code) for code in value])
        return column < value if sign == "<" else column >= value

    def formula(household: Any, period: Any) -> np.ndarray[Any, Any]:
        found = [one(household(name, period), name, sign, value) for name, sign, value in rule.criteria]
        result = found[0]
        for each in found[1:]:
            result = result & each
        return result

    return formula


def _amount(rule: Rule, eligible: str) -> Callable[..., Any]:
    def formula(household: Any, period: Any) -> np.ndarray[Any, Any]:
        shared = household(rule.fact, period).astype(np.int64) * rule.points // 10_000 + rule.plus
        return household(eligible, period) * shared

    return formula


def peak() -> float:
    """Give the peak memory of the process in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Run both sides and report."""
    households = int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS
    found = {side: _apart(side, households) for side in ("ours", "theirs")}
    if found["ours"]["total"] != found["theirs"]["total"]:
        raise SystemExit(f"the amounts differ: {found}")
    mine, peer = found["ours"], found["theirs"]
    jobs = (
        (f"{households:,} households x {RULES} rules, amount and reason", "batch", 4),
        (f"one household x {RULES} rules, explained", "single", 10),
    )
    rows = [
        {
            "job": job, "ours_cpu_s": round(mine[key], 5), "peer": "OpenFisca-Core, amounts only",
            "peer_cpu_s": round(peer[key], 5), "ratio": round(peer[key] / mine[key], 2), "goal": f">= {goal} x",
            "met": peer[key] / mine[key] >= goal,
        }
        for job, key, goal in jobs
    ]  # fmt: skip
    share = mine["memory_gb"] / peer["memory_gb"]
    rows.append(
        {
            "job": f"memory of the batch: {mine['memory_gb']:.2f} GB against {peer['memory_gb']:.2f} GB",
            "ours_cpu_s": "-", "peer": "OpenFisca-Core", "peer_cpu_s": "-", "ratio": round(share, 2),
            "goal": "<= 1/3", "met": share <= 1 / 3,
        }
    )  # fmt: skip
    report("screening", rows)


def _apart(side: str, households: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, str(households)],
        env={**os.environ, "BENCH_SIDE": side},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    if side := os.environ.get("BENCH_SIDE"):
        print(json.dumps({"ours": ours, "theirs": theirs}[side](int(sys.argv[1]))))
    else:
        main()
