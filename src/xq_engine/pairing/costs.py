"""What a pair costs: the one definition that the network and the verifier both read."""

import math
from typing import NamedTuple

from xq_engine.pairing.problem import TOWNSHIP_DIGITS, Cadre, Coordinates, Household, Weights

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG

# Which skills answer which cause of hardship. A household may also ask for a skill by its own code.
CAUSE_SKILLS: dict[str, frozenset[str]] = {
    "ILLNESS": frozenset({"MEDICAL", "SOCIAL"}),
    "DISABILITY": frozenset({"MEDICAL", "SOCIAL"}),
    "STUDY": frozenset({"EDUCATION"}),
    "DISASTER": frozenset({"BUILDING", "SOCIAL", "FINANCE"}),
    "LAND": frozenset({"POULTRY", "ECOMMERCE", "LAW"}),
    "WATER": frozenset({"BUILDING"}),
    "SKILL": frozenset({"CITRUS", "TEA", "LOTUS", "POULTRY", "CROPS", "ECOMMERCE"}),
    "LABOUR": frozenset({"SOCIAL", "FINANCE"}),
    "CAPITAL": frozenset({"FINANCE"}),
    "ROADS": frozenset({"BUILDING", "ECOMMERCE"}),
    "MOTIVATION": frozenset({"EDUCATION", "POULTRY", "CROPS"}),
}


class CostParts(NamedTuple):
    """Points of one pair by what they are for; the load is counted per cadre, not here."""

    skill: int
    home: int
    language: int
    distance: int
    move: int

    @property
    def total(self) -> int:
        """Return the points of the pair."""
        return sum(self)


def answered_need(needs: frozenset[str], skill: str) -> str | None:
    """Return the need that the skill answers: the skill itself before a cause, else None.

    >>> answered_need(frozenset({"ILLNESS", "ROADS"}), "MEDICAL")
    'ILLNESS'
    """
    if skill in needs and skill != "NONE":
        return skill
    return next((need for need in sorted(needs) if skill in CAUSE_SKILLS.get(need, ())), None)


def skill_cost(needs: frozenset[str], skill: str, weights: Weights) -> int:
    """Return the points for a skill that answers no need; needs that are not known cost nothing."""
    return weights.skill if needs and answered_need(needs, skill) is None else 0


def home_cost(village_code: str, home_village_code: str | None, weights: Weights) -> int:
    """Return the points for a cadre who is not from the village."""
    if not home_village_code:
        return weights.home_elsewhere
    if home_village_code == village_code:
        return 0
    same_township = home_village_code[:TOWNSHIP_DIGITS] == village_code[:TOWNSHIP_DIGITS]
    return weights.home_township if same_township else weights.home_elsewhere


def language_cost(language: str | None, *, speaks_hakka: bool | None, weights: Weights) -> int:
    """Return the points for a household that speaks Hakka and a cadre who does not, or may not."""
    if language != "HAKKA" or speaks_hakka:
        return 0
    return weights.language_unknown if speaks_hakka is None else weights.language


def point_on_sphere(place: Coordinates) -> tuple[int, int, int]:
    """Return a (longitude, latitude) as whole metres from the centre of the earth, so that all later sums are exact."""
    longitude, latitude = map(math.radians, place)
    ring = EARTH_RADIUS_M * math.cos(latitude)
    return (
        round(ring * math.cos(longitude)),
        round(ring * math.sin(longitude)),
        round(EARTH_RADIUS_M * math.sin(latitude)),
    )


def metres_between(one: Coordinates, other: Coordinates) -> int:
    """Return the straight distance of two (longitude, latitude) places in whole metres (error about 1 m).

    >>> metres_between((116.0, 26.0), (116.0, 26.1))
    11119
    """
    points = zip(point_on_sphere(one), point_on_sphere(other), strict=True)
    return math.isqrt(sum((a - b) ** 2 for a, b in points))


def distance_cost(household: Coordinates | None, cadre: Coordinates | None, weights: Weights) -> int:
    """Return the points for the way between two measured places; an unmeasured household costs nothing."""
    if household is None:
        return 0
    if cadre is None:
        return weights.distance_unknown
    return min(weights.distance_most, metres_between(household, cadre) * weights.distance_per_km // 1000)


def pair_cost(household: Household, cadre: Cadre, weights: Weights) -> CostParts:
    """Return what pairing the two costs, by parts.

    >>> pair_cost(Household("h", "360730100201", frozenset({"ILLNESS"})), Cadre("c", "u", "CITRUS"), Weights())
    CostParts(skill=600, home=200, language=0, distance=0, move=0)
    """
    moves = household.current_cadre is not None and household.current_cadre != cadre.key
    return CostParts(
        skill_cost(household.needs, cadre.skill, weights),
        home_cost(household.village_code, cadre.home_village_code, weights),
        language_cost(household.language, speaks_hakka=cadre.speaks_hakka, weights=weights),
        distance_cost(household.coordinates, cadre.coordinates, weights),
        weights.move if moves else 0,
    )


def load_cost(households: int, weights: Weights) -> int:
    """Return the points of a cadre for that many households: 0, 1, 3, 6, 10 times the weight of load.

    >>> [load_cost(n, Weights(load=1)) for n in range(6)]
    [0, 0, 1, 3, 6, 10]
    """
    return weights.load * households * (households - 1) // 2
