"""A second, hand-written answer to five policies, read from their texts and not from their YAML.

The rule language, its evaluators and the documents are not used here: where this file and a screening
disagree, one of the two is wrong. Facts come as plain dictionaries by their names in the fact catalogue; codes are
upper-case strings, days are dates, money is integer fen; a fact that is left out or None is not known.
Local sums are those of Ningdu (region 360730).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a household or a person is entitled to: yes, no or unknown; the sum of one period in fen if yes."""

    verdict: str
    amount_fen: int | None = None


NO, UNKNOWN = Answer("no"), Answer("unknown")
INCOME = (
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


def yulu_vocational(household: Facts, member: Facts, as_of: date) -> Answer:
    """雨露计划: a child of a registered or monitored family in vocational schooling, 3,000 yuan a year."""
    school = member.get("schooling")
    if school is not None and school not in {"VOCATIONAL_SECONDARY", "VOCATIONAL_COLLEGE"}:
        return NO
    # Nobody fills in an exit status for a family that was never registered; its monitoring category then says
    # "not monitored". Where both are empty the row has not been filled in: never a plain no.
    registered = household.get("exit_status") is not None
    watch = household.get("watch_type")
    if not registered and watch == "NONE":
        return NO
    if school is None or not (registered or watch):
        return UNKNOWN
    return Answer("yes", 300_000)


def disability_care_allowance(household: Facts, member: Facts, as_of: date) -> Answer:
    """重度残疾人护理补贴: grade 1 or 2 on the certificate, whatever the income."""
    number = member.get("disability_no")
    health = member.get("health")
    if number is None:
        return UNKNOWN if health in {None, "DISABLED"} else NO
    grade = number[19] if len(number) == 20 else ""
    if grade not in set("0123456789"):
        return UNKNOWN
    if grade in set("3456789"):
        return NO
    return Answer("yes", 5_000 if as_of < date(2021, 1, 1) else 8_000)


def basic_pension(household: Facts, member: Facts, as_of: date) -> Answer:
    """基础养老金: 60 or older and insured; the national minimum of the month."""
    born, insured = member.get("birth_on"), member.get("pension_insured")
    if insured is False or (born is not None and not has_reached(born, 60, as_of)):
        return NO
    if insured is None or born is None:
        return UNKNOWN
    steps = ((2025, 1, 143), (2024, 1, 123), (2023, 1, 103), (2022, 1, 98), (2020, 7, 93), (2018, 1, 88))
    yuan = next((yuan for year, month, yuan in steps if as_of >= date(year, month, 1)), 70)
    return Answer("yes", yuan * 100)


def family_planning_award(household: Facts, member: Facts, as_of: date) -> Answer:
    """农村计划生育奖励扶助: parents of one child, 60 or older, born since 1933, 960 yuan a year."""
    born, one_child, relation = (
        member.get("birth_on"),
        household.get("only_child_family"),
        member.get("relation"),
    )
    if one_child is False or (relation is not None and relation not in {"HEAD", "SPOUSE"}):
        return NO
    if born is not None and (born.year < 1933 or not has_reached(born, 60, as_of)):
        return NO
    if born is None or one_child is None or relation is None:
        return UNKNOWN
    return Answer("yes", 96_000)


def subsistence_allowance(household: Facts, members: Sequence[Facts], as_of: date) -> Answer:
    """农村低保: yearly net income without the allowance below the line for all heads; a twelfth of the gap."""
    kind = household.get("household_type")
    if kind == "WUBAO":
        return NO
    lines = [household.get(name) for name in (*INCOME, "cost_business_fen")]
    if any(line is None for line in lines):
        return UNKNOWN
    income = sum(household[name] for name in INCOME) - household["cost_business_fen"]
    income -= household["transfer_dibao_fen"]
    if as_of.year < 2016:
        return UNKNOWN  # no line on record for that year
    lines_yuan = ((2024, 715), (2021, 515), (2019, 385), (2016, 270))
    line = next(yuan for year, yuan in lines_yuan if as_of.year >= year)
    needed = line * 100 * 12 * len(members)
    if income >= needed:
        return NO
    if kind is None:
        return UNKNOWN
    gap = needed - max(income, 0)
    return Answer("yes", (gap + 6) // 12)


def has_reached(born: date, age: int, as_of: date) -> bool:
    """Tell whether somebody born on a day has completed the years; 29 February counts on 1 March."""
    return (as_of.year - born.year, as_of.month, as_of.day) >= (age, born.month, born.day)


@dataclass(frozen=True)
class Oracle:
    """One policy: the days on which it is in force (half-open), and its answer for a person or a household."""

    starts: date
    ends: date
    person: Callable[[Facts, Facts, date], Answer] | None = None
    household: Callable[[Facts, Sequence[Facts], date], Answer] | None = None


EVER = date.max
ORACLES: Mapping[str, Oracle] = {
    "yulu-vocational": Oracle(date(2015, 9, 1), date(2026, 1, 1), person=yulu_vocational),
    "disability-care-allowance": Oracle(date(2016, 1, 1), EVER, person=disability_care_allowance),
    "basic-pension": Oracle(date(2014, 7, 1), EVER, person=basic_pension),
    "family-planning-award": Oracle(date(2012, 1, 1), EVER, person=family_planning_award),
    "subsistence-allowance": Oracle(date(2014, 5, 1), EVER, household=subsistence_allowance),
}


def answers(policy_id: str, household: Facts, members: Sequence[Facts], as_of: date) -> list[Answer]:
    """Answer one policy: a list with one answer for each member, or one for the household; empty if not in force."""
    oracle = ORACLES[policy_id]
    if not oracle.starts <= as_of < oracle.ends:
        return []
    if oracle.household:
        return [oracle.household(household, members, as_of)]
    assert oracle.person is not None
    return [oracle.person(household, member, as_of) for member in members]
