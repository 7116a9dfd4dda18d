"""The demo county as columns for benches: as many households as wanted, drawn with numpy in one go.

Names, phones, papers and other text are left out: no rule reads them. Marginals resemble the workbooks'; dependence
is kept only where rules look (type and dibao, health and labour, age and school, house and grade, work and months).
"""

from typing import Any

import numpy as np
import pyarrow as pa

from xq_demo.places import FIRST_INVENTED, townships
from xq_demo.words import CODES

_SIZES, _SIZE_SHARES = (1, 2, 3, 4, 5, 6, 7), (0.09, 0.15, 0.14, 0.24, 0.22, 0.12, 0.04)
_AS_OF_YEAR = 2025
Array = np.ndarray[Any, Any]


def columns(households: int, seed: int = 360730) -> dict[str, pa.Table]:
    """Tables ``household`` (key, division_code, facts) and ``person`` (key, household_key, facts).

    Money is integer fen, land hundredths of a mu, distance metres, dates are dates, codes are upper-case words;
    null means not known. Keys count from 1. About four persons to a household; the same seed gives the same tables.
    """
    rng = np.random.default_rng(seed)
    size = rng.choice(_SIZES, households, p=_SIZE_SHARES)
    poor = rng.random(households)
    persons = _Persons(rng, size, poor)
    return {"household": _household(rng, size, poor, persons), "person": persons.table()}


def _codes(
    kind: str, names: list[str], shares: list[float], rng: np.random.Generator, count: int
) -> pa.Array:
    assert set(names) <= set(CODES[kind]), kind
    return pa.array(names).take(pa.array(rng.choice(len(names), count, p=shares)))


def _take(names: list[str | None], index: Array) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(index))


def _fen(values: Array) -> pa.Array:
    return pa.array(np.rint(values).astype(np.int64) * 100)


class _Persons:
    """All members at once; ``home`` is the 0-based household of each."""

    def __init__(self, rng: np.random.Generator, size: Array, poor: Array) -> None:
        self.home = np.repeat(np.arange(size.size), size)
        start = np.repeat(np.cumsum(size) - size, size)
        place = np.arange(self.home.size) - start
        count = self.home.size
        head_age = rng.integers(28, 72, size.size)[self.home]
        shift = np.choose(np.minimum(place, 4), [0, -1, -26, -29, -33])
        age = np.clip(head_age + shift, 0, 95)
        elder = (place == 4) & (rng.random(count) < 0.6)
        self.age = np.where(elder, np.minimum(head_age + 24, 95), age)
        head_is_woman = (rng.random(size.size) < 0.1)[self.home]
        self.sex = np.select(
            [place == 0, place == 1], [head_is_woman, ~head_is_woman], rng.random(count) < 0.5
        )
        self._relation = np.select([place == 0, place == 1, elder], [0, 1, 4 + self.sex], 2 + self.sex)
        self.school = self._schooling(rng)
        ill = rng.random(count) < 0.02 + np.clip(self.age - 20, 0, 60) * 0.006
        self.health = np.where(ill, rng.choice((1, 1, 1, 2, 3), count), 0)
        able = (self.age >= 16) & (self.age < 75) & (self.school == 0)
        self.full = able & (self.health == 0) & (self.age < 66)
        self.labour = np.where(
            self.full, rng.random(count) < 0.2, np.where(able, np.where(self.health >= 2, 3, 2), 4)
        )
        self.away = self.full & (self.age >= 18) & (rng.random(count) < 0.65)
        self.dibao = (poor[self.home] < 0.06) & (rng.random(count) < 0.7)
        self._rng = rng

    def _schooling(self, rng: np.random.Generator) -> Array:
        """Index into the list of schools; 0 is none."""
        late = rng.random(self.age.size)
        stages = [
            self.age <= 2,
            self.age <= 5,
            self.age <= 11,
            self.age <= 15,
            self.age <= 18,
            self.age <= 22,
        ]
        teens = np.where(late < 0.5, 4, np.where(late < 0.8, 5, 0))
        students = np.where(late < 0.4, 6 + (late < 0.2), 0)
        none = np.zeros_like(self.age)
        chosen = [none, none + 1, none + 2, none + 3, teens, students]
        return np.select(stages, chosen, 0)

    def workers(self, households: int) -> Array:
        """Members at work away from home, per household."""
        return np.bincount(self.home, weights=self.away, minlength=households)

    def table(self) -> pa.Table:
        """The table of persons."""
        rng, count = self._rng, self.home.size
        months = np.where(self.away, rng.integers(3, 13, count), 0)
        first = np.datetime64(f"{_AS_OF_YEAR}-01-01") - (self.age * 365.25).astype("timedelta64[D]")
        born = first + rng.integers(0, 365, count).astype("timedelta64[D]")
        schools = [
            "NOT",
            "PRESCHOOL",
            "PRIMARY",
            "JUNIOR",
            "SENIOR",
            "VOCATIONAL_SECONDARY",
            "VOCATIONAL_COLLEGE",
            "BACHELOR",
        ]
        relations: list[str | None] = ["HEAD", "SPOUSE", "SON", "DAUGHTER", "FATHER", "MOTHER"]
        places: list[str | None] = ["NONE", "TOWNSHIP", "COUNTY", "PROVINCE", "OUTSIDE"]
        where = np.where(self.away, rng.choice((1, 2, 3, 4, 4), count), 0)
        grown = self.age >= 16
        return pa.table(
            {
                "key": np.arange(1, count + 1),
                "household_key": self.home + 1,
                "sex": _take(["MALE", "FEMALE"], self.sex.astype(np.int64)),
                "birth_on": pa.array(born.astype("datetime64[D]"), pa.date32()),
                "ethnicity": _codes("ethnicity", ["HAN", "SHE", "OTHER"], [0.985, 0.013, 0.002], rng, count),
                "relation": _take(relations, self._relation),
                "political": _codes(
                    "political", ["MASSES", "PARTY", "LEAGUE"], [0.88, 0.05, 0.07], rng, count
                ),
                "education": _take(
                    ["NONE", "PRIMARY", "JUNIOR", "SENIOR", "COLLEGE", None], rng.choice(6, count)
                ),
                "schooling": _take([*schools], self.school),
                "health": _take(["HEALTHY", "CHRONIC", "SERIOUS", "DISABLED"], self.health),
                "labour": _take(["ORDINARY", "SKILLED", "WEAK", "LOST", "NONE"], self.labour),
                "work_place": _take(places, where),
                "work_months": pa.array(months),
                "soldier": pa.array(np.zeros(count, bool)),
                "medical_insured": pa.array(rng.random(count) < 0.985, mask=rng.random(count) < 0.01),
                "serious_insured": pa.array(rng.random(count) < 0.95, mask=rng.random(count) < 0.02),
                "pension_insured": pa.array(grown & (rng.random(count) < 0.9), mask=rng.random(count) < 0.02),
                "dibao": pa.array(self.dibao),
            }
        )


def _household(rng: np.random.Generator, size: Array, poor: Array, persons: _Persons) -> pa.Table:
    count = size.size
    villages = [
        f"{town.code[:9]}{FIRST_INVENTED + i}" for town in townships() for i in range(town.real_villages)
    ]
    # A household counts as dibao only where a member receives it.
    dibao = np.bincount(persons.home, weights=persons.dibao, minlength=count)
    was_poor = rng.random(count) < np.where(poor < 0.35, 0.5, 0.08)
    watch = np.where(poor < 0.12, np.where(was_poor, 1, 2), np.where(rng.random(count) < 0.005, 3, 0))
    caused = was_poor | (watch > 0) | (dibao > 0)
    causes: list[str | None] = [
        None,
        "ILLNESS",
        "DISABILITY",
        "STUDY",
        "SKILL",
        "CAPITAL",
        "LABOUR",
        "LAND",
        "DISASTER",
    ]
    main = np.where(caused, rng.choice(np.arange(1, 9), count), 0)
    facts: dict[str, pa.Array] = {
        "key": pa.array(np.arange(1, count + 1)),
        "division_code": pa.array(villages).take(pa.array(np.sort(rng.integers(0, len(villages), count)))),
        "standard": _take([None, "NATIONAL"], was_poor.astype(np.int64)),
        "household_type": _take(["GENERAL", "DIBAO", "DIBAO_POOR"], np.where(dibao > 0, 1 + was_poor, 0)),
        "watch_type": _take(["NONE", "UNSTABLE", "MARGINAL", "SUDDEN"], watch),
        "exit_status": _take([None, "EXITED"], was_poor.astype(np.int64)),
        "cause_main": _take(causes, main),
        "cause_2": _take(causes, np.where(caused & (rng.random(count) < 0.4), main % 8 + 1, 0)),
        "cause_3": pa.nulls(count, pa.string()),
    }
    facts |= _money(rng, size, poor, dibao, persons.workers(count))
    return pa.table(facts | _living(rng, size, poor))


def _money(
    rng: np.random.Generator, size: Array, poor: Array, dibao: Array, workers: Array
) -> dict[str, pa.Array]:
    count = size.size
    wage = np.rint(workers * (14_000 + 50_000 * poor) * rng.uniform(0.6, 1.2, count))
    gross = np.rint(np.where(rng.random(count) < 0.75, size * rng.gamma(2, 1500, count), 0))
    cost = np.rint(gross * rng.uniform(0.3, 0.55, count))
    pension = rng.choice((0, 2016, 4032), count, p=(0.6, 0.25, 0.15))
    support = np.rint(dibao * 12 * rng.choice((365, 410, 475), count))
    other = np.rint(np.maximum(rng.uniform(5000, 12_000, count) * size - wage - gross + cost - pension, 0))
    net = wage + gross - cost + pension + support + other
    nothing = np.zeros(count)
    return {
        "income_wage_fen": _fen(wage),
        "income_business_fen": _fen(gross),
        "cost_business_fen": _fen(cost),
        "income_property_fen": _fen(nothing),
        "transfer_family_planning_fen": _fen(nothing),
        "transfer_dibao_fen": _fen(support),
        "transfer_wubao_fen": _fen(nothing),
        "transfer_pension_fen": _fen(pension),
        "transfer_ecology_fen": _fen(nothing),
        "transfer_other_fen": _fen(other),
        "reported_net_income_fen": _fen(net),
        "reported_per_head_fen": pa.array(np.rint(net * 100 / size).astype(np.int64)),
        "expense_medical_fen": _fen(rng.lognormal(6.8, 1.3, count)),
        "expense_school_fen": _fen(rng.lognormal(6.5, 1.2, count) * (rng.random(count) < 0.5)),
    }


def _living(rng: np.random.Generator, size: Array, poor: Array) -> dict[str, pa.Array]:
    count = size.size
    arable = np.rint(size * rng.uniform(20, 130, count)).astype(np.int64)
    land = {"land_arable": pa.array(arable), "land_irrigated": pa.array((arable * 0.7).astype(np.int64))}
    for fact, share in (
        ("forest", 0.7),
        ("returned", 0.06),
        ("orchard", 0.22),
        ("pasture", 0.01),
        ("water", 0.06),
    ):
        area = np.where(rng.random(count) < share, rng.integers(20, 1500, count), 0)
        land[f"land_{fact}"] = pa.array(area)
    dangerous = rng.random(count) < np.where(poor < 0.2, 0.035, 0.006)
    shares = {
        "martyr_family": 0.01, "only_child_family": 0.05, "in_cooperative": 0.24, "power_production": 0.93,
        "power_domestic": 0.998, "broadband": 0.68, "water_difficult": 0.01, "water_safe": 0.985,
        "toilet_sanitary": 0.9, "relocation_wish": 0.02,
    }  # fmt: skip
    truths = {
        fact: pa.array(rng.random(count) < share, mask=rng.random(count) < 0.01)
        for fact, share in shares.items()
    }
    grade = np.where(dangerous, rng.choice((2, 2, 3), count), rng.choice((0, 0, 1), count))
    roads = ["CEMENT", "ASPHALT", "GRAVEL", "EARTH"]
    return (
        land
        | truths
        | {
            "road_distance_m": pa.array(rng.choice((0, 20, 50, 100, 300, 800, 2500), count)),
            "road_type": _codes("road_type", roads, [0.7, 0.12, 0.11, 0.07], rng, count),
            "house_area_m2": pa.array(size * rng.integers(18, 45, count) + 15),
            "house_dangerous": pa.array(dangerous),
            "house_grade": _take(["A", "B", "C", "D"], grade),
            "fuel": _codes(
                "fuel", ["FIREWOOD", "COAL", "GAS", "OTHER"], [0.34, 0.04, 0.61, 0.01], rng, count
            ),
        }
    )
