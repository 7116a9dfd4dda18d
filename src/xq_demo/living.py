"""How a household lives: land, house, water, road, and what it earns and spends in the year. Money in fen."""

from random import Random

from xq_demo.people import FULL_LABOUR
from xq_demo.records import Household, Value

INCOME_LINES = (
    "income_wage_fen",
    "income_business_fen",
    "income_property_fen",
    "transfer_family_planning_fen",
    "transfer_dibao_fen",
    "transfer_wubao_fen",
    "transfer_pension_fen",
    "transfer_ecology_fen",
    "transfer_other_fen",
)
# What kin send to those who earn less, per head and year.
_LIVELIHOOD_FEN = (520_000, 1_350_000)
# Nobody of the demo county is rich: bounds per head and year, in yuan, that keep all clean figures plausible.
_MOST_WAGE_PER_HEAD = 45_000
_MOST_BUSINESS_PER_HEAD = 22_000


def full_workers(home: Household) -> int:
    """How many members aged 18 or more work fully."""
    return sum(
        age >= 18 and row.facts["labour"] in FULL_LABOUR
        for row, age in zip(home.members, home.ages, strict=True)
    )


def net_fen(home: Household) -> int:
    """Net income of the year: the lines less the business cost."""
    return sum(home.row.number(line) for line in INCOME_LINES) - home.row.number("cost_business_fen")


def report(home: Household) -> None:
    """State net income in all and per head as the lines give it."""
    total = net_fen(home)
    home.row.facts["reported_net_income_fen"] = total
    home.row.facts["reported_per_head_fen"] = (total * 2 + len(home.members)) // (2 * len(home.members))


def _money(rng: Random, yuan: float) -> int:
    """Fen of an amount, mostly in whole yuan."""
    return round(yuan * 100) if rng.random() < 0.15 else round(yuan) * 100


def earn(rng: Random, home: Household) -> None:
    """Fill the income lines that do not depend on the register's decisions."""
    facts, size = home.row.facts, len(home.members)
    wage = 0.0
    for row in home.members:
        if row.facts["work_place"] != "NONE":
            rate = 4400 * home.ability * (1.3 if row.facts["labour"] == "SKILLED" else 1.0)
            wage += row.number("work_months") * min(9000.0, max(1300.0, rate * rng.uniform(0.85, 1.2)))
    facts["income_wage_fen"] = _money(rng, min(wage, _MOST_WAGE_PER_HEAD * size))
    hands = sum(row.facts["labour"] in (*FULL_LABOUR, "WEAK") for row in home.members)
    farms = hands > 0 and home.row.number("land_arable") > 0 and rng.random() < 0.85
    gross = 0.0
    if farms:
        gross = (home.row.number("land_arable") * 15 + home.row.number("land_orchard") * 28) * home.ability
        gross = min(gross + 6000 * hands * rng.random(), _MOST_BUSINESS_PER_HEAD * size)
    facts["income_business_fen"] = _money(rng, gross)
    facts["cost_business_fen"] = (
        min(_money(rng, gross * rng.uniform(0.3, 0.55)), round(gross * 90)) if farms else 0
    )
    facts["income_property_fen"] = _money(rng, rng.uniform(100, 1600)) if rng.random() < 0.15 else 0
    elders = sum(
        age >= 60 and row.facts["pension_insured"] is True
        for row, age in zip(home.members, home.ages, strict=True)
    )
    facts["transfer_pension_fen"] = elders * rng.choice((201_600, 216_000, 231_600))
    planned = facts["only_child_family"] is True and elders > 0
    facts["transfer_family_planning_fen"] = 96_000 * elders if planned else 0
    facts["transfer_ecology_fen"] = round(home.row.number("land_forest") * 21.5) if rng.random() < 0.35 else 0
    facts["transfer_other_fen"] = _money(
        rng, home.row.number("land_arable") * 1.2 + rng.choice((0, 0, 200, 800))
    )
    facts["transfer_dibao_fen"] = facts["transfer_wubao_fen"] = 0
    short = round(rng.uniform(*_LIVELIHOOD_FEN) * size) - net_fen(home)
    if short > 0:
        facts["transfer_other_fen"] = home.row.number("transfer_other_fen") + short // 100 * 100 + 100
    _spend(rng, home)


def _spend(rng: Random, home: Household) -> None:
    ill = {"HEALTHY": 150, "CHRONIC": 2200, "SERIOUS": 16000, "DISABLED": 1200}
    medical = sum(ill[row.text("health")] * rng.uniform(0.3, 1.8) for row in home.members)
    cost = {"NOT": 0, "PRESCHOOL": 4200, "PRIMARY": 900, "JUNIOR": 1600, "SENIOR": 5200}
    school = sum(cost.get(row.text("schooling"), 9500) * rng.uniform(0.6, 1.4) for row in home.members)
    home.row.facts["expense_medical_fen"] = _money(rng, medical)
    home.row.facts["expense_school_fen"] = _money(rng, school)


def settle(rng: Random, size: int, ability: float) -> dict[str, Value]:
    """Land in hundredths of a mu and the house. A dangerous house always has grade C or D, another A or B."""
    arable = round(size * rng.uniform(20, 130)) if rng.random() < 0.95 else 0
    poor = ability < 0.75
    dangerous = rng.random() < (0.035 if poor else 0.006)
    grade = rng.choices("CD", weights=(70, 30))[0] if dangerous else rng.choices("AB", weights=(60, 40))[0]
    land: dict[str, Value] = {
        "land_arable": arable,
        "land_irrigated": round(arable * rng.uniform(0.4, 0.95)),
        "land_forest": round(size * rng.uniform(50, 900)) if rng.random() < 0.7 else 0,
        "land_returned": round(rng.uniform(50, 400)) if rng.random() < 0.06 else 0,
        "land_orchard": round(rng.uniform(100, 1500)) if rng.random() < 0.22 else 0,
        "land_pasture": 0,
        "land_water": round(rng.uniform(20, 300)) if rng.random() < 0.06 else 0,
    }
    road = rng.choices(("CEMENT", "ASPHALT", "GRAVEL", "EARTH"), weights=(70, 12, 11, 7))[0]
    house: dict[str, Value] = {
        "martyr_family": rng.random() < 0.01,
        "only_child_family": rng.random() < 0.05,
        "in_cooperative": rng.random() < 0.24,
        "power_production": rng.random() < 0.93,
        "power_domestic": rng.random() < 0.998,
        "broadband": rng.random() < (0.45 if poor else 0.75),
        "road_distance_m": rng.choice((0, 20, 50, 100, 200, 300, 500, 800, 1200, 2500)),
        "road_type": road,
        "house_area_m2": round(size * rng.uniform(18, 45) + 15),
        "house_dangerous": dangerous,
        "house_grade": grade,
        "water_difficult": rng.random() < (0.02 if poor else 0.005),
        "water_safe": rng.random() < 0.985,
        "toilet_sanitary": rng.random() < (0.8 if poor else 0.95),
        "fuel": rng.choices(("FIREWOOD", "COAL", "GAS", "OTHER"), weights=(34, 4, 61, 1))[0],
        "relocation_wish": rng.random() < 0.02,
    }
    return land | house
