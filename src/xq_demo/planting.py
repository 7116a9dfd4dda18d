"""Plants known errors into clean households: each code as often as asked, at most one error in a household."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from xq_demo.living import full_workers
from xq_demo.numbers import Numbers
from xq_demo.people import FULL_LABOUR
from xq_demo.records import Cell, Household, Row


@dataclass(slots=True)
class Bench:
    """What a planter works with."""

    rng: Random
    numbers: Numbers
    dialect: int
    previous: Household | None = None


Planter = Callable[[Household, Bench], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """An error code, the function that plants it, whether it can stand in the wide sheet too."""

    code: str
    plant: Planter
    wide: bool


def refuse(row: Row, fact: str, code: str, cell: Cell) -> bool:
    """Damage a cell so that its row is not taken."""
    row.raw[fact] = cell
    row.problems.append((fact, code))
    row.refused = True
    return True


def mark(row: Row, fact: str, code: str) -> bool:
    """Say that a cell carries a problem with which the row is still taken."""
    row.problems.append((fact, code))
    return True


def pick(bench: Bench, rows: list[Row]) -> Row | None:
    """One of the rows, or nothing where there is none."""
    return bench.rng.choice(rows) if rows else None


def dispensable(home: Household) -> list[Row]:
    """Members whose loss, or change of one fact, makes nothing else in the household contradict itself.

    Healthy members who are not head, spouse, pupil or dibao, in households that keep a worker and do not lack labour.
    """
    if home.row.facts["cause_main"] == "LABOUR" or (
        home.row.number("income_wage_fen") > 0 and full_workers(home) < 2
    ):
        return []
    return [row for row, age in with_ages(home) if age >= 18 and is_plain(row)]


def is_plain(row: Row) -> bool:
    """Whether a member is neither head nor spouse, healthy, not at school, without dibao, with an 18-character ID."""
    facts = row.facts
    return (
        facts["relation"] not in ("HEAD", "SPOUSE")
        and facts["health"] == "HEALTHY"
        and facts["schooling"] == "NOT"
        and facts["dibao"] is False
        and facts["id_type"] == "CITIZEN"
        and len(row.text("id_number")) == 18
    )


def with_ages(home: Household) -> Iterator[tuple[Row, int]]:
    """Members with their ages."""
    return zip(home.members, home.ages, strict=True)


def strong_share_is_over_half(home: Household) -> bool:
    """Whether more than half the members work fully."""
    return 2 * sum(row.facts["labour"] in FULL_LABOUR for row in home.members) > len(home.members)


def plant_all(
    kinds: list[Kind],
    homes: list[Household],
    bench: Bench,
    *,
    quota: int,
    wide: str,
    dialects: dict[str, int],
) -> None:
    """Plant each kind ``quota`` times, walking the households in a shuffled order.

    Raises: ValueError where the county has too few households for a kind.
    """
    order = list(homes)
    bench.rng.shuffle(order)
    place = {id(home): index for index, home in enumerate(homes)}
    for kind in kinds:
        left = quota
        for home in order:
            if left == 0:
                break
            if home.touched or (home.township == wide and not kind.wide):
                continue
            bench.dialect = dialects[home.township]
            index = place[id(home)]
            before = homes[index - 1] if index else None
            bench.previous = (
                before if before and before.township == home.township and not before.touched else None
            )
            if kind.plant(home, bench):
                home.touched = True
                left -= 1
        if left:
            raise ValueError(
                f"too few households for {left} more errors of {kind.code}; make the county larger"
            )
