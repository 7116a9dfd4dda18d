"""Why this cadre for this household: reason codes with parameters, and the sentence a person reads."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from xq_engine.pairing.costs import answered_need, metres_between
from xq_engine.pairing.problem import TOWNSHIP_DIGITS, Cadre, Household
from xq_engine.pairing.result import CadreLoad, PairingResult, WhyIdle, WhyUnpaired

Value = str | int

REASONS: dict[str, tuple[str, str]] = {
    "STAYS": ("继续由原帮扶干部帮扶", "stays with the present cadre"),
    "CHANGES": ("更换帮扶干部", "changes from another cadre"),
    "TEAM_OF_VILLAGE": ("驻村工作队在本村", "on the village's own team"),
    "UNIT_HELPS_VILLAGE": ("单位帮扶本村", "unit helps this village"),
    "SKILL_WANTED": ("懂{skill}", "knows {skill}"),
    "SKILL_FOR_CAUSE": ("懂{skill}，对应“{cause}”", "knows {skill}, which answers “{cause}”"),
    "NO_SKILL": ("技能与需求不对应", "no skill for what the household needs"),
    "HOME_VILLAGE": ("家在本村", "from this village"),
    "HOME_TOWNSHIP": ("家在本乡镇", "from this township"),
    "SPEAKS_HAKKA": ("会客家话", "speaks Hakka"),
    "NO_HAKKA": ("不会客家话", "does not speak Hakka"),
    "HAKKA_UNKNOWN": ("是否会客家话未登记", "not known whether Hakka is spoken"),
    "DISTANCE": ("直线距离约{km}公里", "about {km} km away in a straight line"),
    "PLACES_USED": ("已用 {used}/{capacity} 户", "{used} of {capacity} places used"),
}
UNPAIRED: dict[WhyUnpaired, tuple[str, str]] = {
    WhyUnpaired.NO_UNIT: (
        "没有单位帮扶本村，请先安排帮扶单位",
        "no unit is ordered to this village: order one first",
    ),
    WhyUnpaired.NO_CADRE: (
        "帮扶单位没有可以到本村的干部，请补充干部名单",
        "the units ordered here have no cadre who may serve this village: complete the list of cadres",
    ),
    WhyUnpaired.ALL_EXCLUDED: (
        "可以帮扶的干部都是申报的亲属，请增派干部",
        "all cadres who may serve here are declared relatives: send another cadre",
    ),
    WhyUnpaired.ALL_FULL: (
        "可以帮扶的干部名额已满，请增派干部或增加名额",
        "all places of the cadres who may serve here are taken: send more cadres or give more places",
    ),
}
IDLE: dict[WhyIdle, tuple[str, str]] = {
    WhyIdle.NO_ORDER: (
        "单位没有帮扶村的安排，或不包括本队所在村",
        "unit not ordered to any village, or not to the team's",
    ),
    WhyIdle.NO_TEAM_VILLAGE: (
        "是驻村工作队员，但没有登记所在村，请补填",
        "on a village team whose village is not recorded: fill it in",
    ),
    WhyIdle.NO_HOUSEHOLD: ("所帮扶的村没有可结对的户", "no household to pair where the unit helps"),
    WhyIdle.NOT_NEEDED: ("各户都有更合适的干部", "the households there are better placed with others"),
}


class Reason(NamedTuple):
    """One reason: a key of `REASONS` with what its sentence names (codes and numbers, never words)."""

    code: str
    parameters: dict[str, Value]


def pair_reasons(household: Household, cadre: Cadre, load: CadreLoad) -> tuple[Reason, ...]:
    """Return the reasons that speak for and against the pair, in the order in which they are read."""
    found: list[Reason] = []
    if household.current_cadre is not None:
        stays = household.current_cadre == cadre.key
        found.append(Reason("STAYS", {}) if stays else Reason("CHANGES", {"before": household.current_cadre}))
    team = cadre.team_village_code == household.village_code
    found.append(Reason("TEAM_OF_VILLAGE" if team else "UNIT_HELPS_VILLAGE", {"unit": cadre.unit_key}))
    found += _skill(household, cadre)
    found += _origin(household, cadre)
    if household.coordinates and cadre.coordinates:
        metres = metres_between(household.coordinates, cadre.coordinates)
        found.append(Reason("DISTANCE", {"metres": metres}))
    found.append(Reason("PLACES_USED", {"used": load.used, "capacity": load.capacity}))
    return tuple(found)


def _skill(household: Household, cadre: Cadre) -> list[Reason]:
    if not household.needs:
        return []
    need = answered_need(household.needs, cadre.skill)
    if need is None:
        return [Reason("NO_SKILL", {"skill": cadre.skill})]
    if need == cadre.skill:
        return [Reason("SKILL_WANTED", {"skill": cadre.skill})]
    return [Reason("SKILL_FOR_CAUSE", {"skill": cadre.skill, "cause": need})]


def _origin(household: Household, cadre: Cadre) -> list[Reason]:
    found: list[Reason] = []
    home = cadre.home_village_code
    if home == household.village_code:
        found.append(Reason("HOME_VILLAGE", {}))
    elif home and home[:TOWNSHIP_DIGITS] == household.village_code[:TOWNSHIP_DIGITS]:
        found.append(Reason("HOME_TOWNSHIP", {}))
    if household.language == "HAKKA":
        code = {True: "SPEAKS_HAKKA", False: "NO_HAKKA", None: "HAKKA_UNKNOWN"}[cadre.speaks_hakka]
        found.append(Reason(code, {}))
    return found


def all_reasons(result: PairingResult) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons of every proposed pair by household key."""
    households = {row.key: row for row in result.problem.households}
    cadres = {row.key: row for row in result.problem.cadres}
    loads = {row.cadre: row for row in result.loads}
    return {
        row.household: pair_reasons(households[row.household], cadres[row.cadre], loads[row.cadre])
        for row in result.assignments
    }


def render(reasons: tuple[Reason, ...], language: str = "zh") -> str:
    """Say the reasons in one line, Chinese ("zh") or English ("en").

    >>> render((Reason("SKILL_WANTED", {"skill": "CITRUS"}), Reason("PLACES_USED", {"used": 2, "capacity": 4})))
    '懂脐橙种植；已用 2/4 户'
    """
    return ("；" if language == "zh" else "; ").join(_sentence(reason, language) for reason in reasons)


def _sentence(reason: Reason, language: str) -> str:
    words: dict[str, Value] = dict(reason.parameters)
    for name, code_list in (("skill", "skill"), ("cause", "cause")):
        if name in words:
            words[name] = _label(code_list, str(words[name]), language)
    if "metres" in words:
        words["km"] = f"{int(words['metres']) / 1000:.1f}"
    return REASONS[reason.code][0 if language == "zh" else 1].format(**words)


def render_unpaired(why: WhyUnpaired, language: str = "zh") -> str:
    """Say why a household got no cadre, and what would mend it."""
    return UNPAIRED[why][0 if language == "zh" else 1]


def render_idle(why: WhyIdle, language: str = "zh") -> str:
    """Say why a cadre got no household."""
    return IDLE[why][0 if language == "zh" else 1]


@cache
def _code_lists() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("xq_engine").joinpath("facts/codes.toml").read_text(encoding="utf-8"))


def _label(code_list: str, code: str, language: str) -> str:
    entry = _code_lists()[code_list].get(code)
    return entry[language] if entry else code
