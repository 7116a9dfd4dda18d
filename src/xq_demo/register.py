"""What the register says of each household, and what is true of it: the two differ as they do in life."""

from math import exp
from random import Random

from xq_demo.living import INCOME_LINES, earn, full_workers, net_fen, report
from xq_demo.people import FULL_LABOUR
from xq_demo.records import Household

# The line of the demo county: a plausible provincial monitoring line per head and year, not an official figure.
LINE_FEN = 850_000
WATCHED_SHARE = 0.12


def has_health(home: Household, *states: str) -> bool:
    """Whether a member has one of the states of health."""
    return any(row.facts["health"] in states for row in home.members)


def pupils(home: Household) -> int:
    """Members at school, pre-school not counted."""
    return sum(row.facts["schooling"] not in ("NOT", "PRESCHOOL") for row in home.members)


def register_all(rng: Random, homes: list[Household]) -> None:
    """Give each household income, truth and the register's decisions, which see the truth only through noise."""
    scored: list[tuple[float, int, Household]] = []
    for home in homes:
        earn(rng, home)
        _true_need(rng, home)
        consumption = home.truth["consumption_per_head_fen"]
        assert isinstance(consumption, int)
        scored.append((consumption * exp(rng.gauss(0, 0.25)), len(scored), home))
    scored.sort()
    count = len(scored)
    for rank, (_, _, home) in enumerate(scored):
        _decide(rng, home, rank / count)
        _hear_say(rng, home)
        report(home)


def _true_need(rng: Random, home: Household) -> None:
    size = len(home.members)
    income = max(150_000, round(net_fen(home) / size * exp(rng.gauss(0, 0.1))))
    own_medical = home.row.number("expense_medical_fen") // size
    consumption = max(120_000, round(income * 0.8 + 220_000 - 0.3 * own_medical))
    poor = consumption < LINE_FEN
    wants = {
        "MEDICAL": has_health(home, "SERIOUS") or own_medical > 150_000,
        "CARE": has_health(home, "DISABLED") or (full_workers(home) == 0 and max(home.ages) >= 70),
        "HOUSING": home.row.facts["house_dangerous"] is True,
        "WATER": home.row.facts["water_difficult"] is True or home.row.facts["water_safe"] is False,
        "SCHOOLING": poor and pupils(home) > 0,
        "JOB": poor and full_workers(home) > 0 and home.row.number("income_wage_fen") == 0,
        "SKILL": poor and not any(row.facts["labour"] == "SKILLED" for row in home.members),
        "INCOME": poor,
    }
    home.truth.update(
        income_per_head_fen=income,
        consumption_per_head_fen=consumption,
        truly_poor=poor,
        needs=[need for need, is_so in wants.items() if is_so],
    )


def _decide(rng: Random, home: Household, rank: float) -> None:
    """The register's decisions by the rank (0 = poorest) that the village saw."""
    facts = home.row.facts
    alone = len(home.members) == 1 and home.ages[0] >= 60 and full_workers(home) == 0
    was_poor = rng.random() < (0.85 if rank < 0.12 else 0.5 if rank < 0.35 else 0.08)
    wubao = alone and rank < 0.5 and rng.random() < 0.35
    dibao = not wubao and rank < 0.2 and rng.random() < 0.33
    shock = home.row.number("expense_medical_fen") > 1_800_000 and rng.random() < 0.25
    watched = rank < WATCHED_SHARE * 0.92 if not shock else rank < 0.6
    facts["watch_type"] = "NONE"
    if watched:
        facts["watch_type"] = "SUDDEN" if rank > WATCHED_SHARE else "UNSTABLE" if was_poor else "MARGINAL"
    facts["household_type"] = "GENERAL"
    if wubao:
        _grant_wubao(rng, home)
    elif dibao:
        _grant_dibao(rng, home, was_poor=was_poor)
    facts["standard"] = (
        rng.choices(("NATIONAL", "PROVINCIAL", "CITY"), weights=(95, 4, 1))[0] if was_poor else None
    )
    facts["exit_status"] = None
    if was_poor:
        facts["exit_status"] = (
            rng.choices(("EXITED", "POOR", "RELAPSED"), weights=(95, 4, 1))[0] if watched else "EXITED"
        )
    facts["cause_main"] = facts["cause_2"] = facts["cause_3"] = None
    if was_poor or watched or dibao or wubao:
        _give_causes(rng, home)
    home.truth["registered_as_watched"] = watched
    home.truth["needs_cadre"] = (
        watched
        or dibao
        or wubao
        or facts["exit_status"] in ("POOR", "RELAPSED")
        or (was_poor and rank < 0.42)
    )


def _grant_wubao(rng: Random, home: Household) -> None:
    home.row.facts["household_type"] = "WUBAO"
    home.row.facts["transfer_wubao_fen"] = 12 * rng.choice((98_000, 105_000, 112_000))


def _grant_dibao(rng: Random, home: Household, *, was_poor: bool) -> None:
    home.row.facts["household_type"] = "DIBAO_POOR" if was_poor else "DIBAO"
    weak = [row for row in home.members if row.facts["health"] != "HEALTHY"]
    chosen = weak if weak and rng.random() < 0.6 else home.members
    for row in chosen:
        row.facts["dibao"] = True
    home.row.facts["transfer_dibao_fen"] = 12 * len(chosen) * rng.choice((36_500, 41_000, 47_500, 52_000))


def _give_causes(rng: Random, home: Household) -> None:
    """One main and up to two other causes, each of which the household's facts bear out."""
    strong = sum(row.facts["labour"] in FULL_LABOUR for row in home.members)
    weights = {
        "SKILL": 9,
        "CAPITAL": 5,
        "LAND": 2,
        "DISASTER": 2,
        "ROADS": 2,
        "MOTIVATION": 2,
        "WATER": 0.3,
        "OTHER": 0.5,
    }
    if has_health(home, "CHRONIC", "SERIOUS"):
        weights["ILLNESS"] = 40
    if has_health(home, "DISABLED"):
        weights["DISABILITY"] = 22
    if pupils(home):
        weights["STUDY"] = 10
    if strong * 3 <= len(home.members):
        weights["LABOUR"] = 12
    for fact, chance in (("cause_main", 1.0), ("cause_2", 0.5), ("cause_3", 0.4)):
        if rng.random() >= chance:
            return
        cause = rng.choices(list(weights), weights=list(weights.values()))[0]
        home.row.facts[fact] = cause
        del weights[cause]


def _hear_say(rng: Random, home: Household) -> None:
    """The register sees housing and water with errors, and leaves out a line that is nothing now and then."""
    facts = home.row.facts
    if facts["house_dangerous"] is True and rng.random() < 0.15:
        facts["house_dangerous"], facts["house_grade"] = False, "B"
    if facts["water_difficult"] is True and rng.random() < 0.2:
        facts["water_difficult"] = False
    if rng.random() < 0.015:
        empty = [line for line in INCOME_LINES if facts[line] == 0]
        facts[rng.choice(empty or ["cause_3"])] = None
