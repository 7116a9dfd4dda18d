"""What a pairing run hands back: a proposal with its proof, for a named person to accept or change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from xq_engine.pairing.costs import CostParts
from xq_engine.pairing.problem import Problem


class WhyUnpaired(StrEnum):
    """Why a household got no cadre."""

    NO_UNIT = "NO_UNIT"  # no unit is ordered to the village
    NO_CADRE = "NO_CADRE"  # units are, but none of their cadres may serve it
    ALL_EXCLUDED = "ALL_EXCLUDED"  # every cadre who may serve it is a declared relative
    ALL_FULL = "ALL_FULL"  # all their places are taken


class WhyIdle(StrEnum):
    """Why a cadre can get no household at all."""

    NO_ORDER = "NO_ORDER"  # his unit is ordered to no village, or a team member's unit not to his village
    NO_TEAM_VILLAGE = "NO_TEAM_VILLAGE"  # he is on a village team and his village is not known
    NO_HOUSEHOLD = "NO_HOUSEHOLD"  # no household lives where he may serve
    NOT_NEEDED = "NOT_NEEDED"  # the households there are better placed with others


class Assignment(NamedTuple):
    """One proposed pair."""

    household: str
    cadre: str
    parts: CostParts


class Unpaired(NamedTuple):
    """One household without a cadre."""

    household: str
    why: WhyUnpaired


class CadreLoad(NamedTuple):
    """How full a cadre is. `one_more_saves`: points that one place more with him would save the whole."""

    cadre: str
    used: int
    capacity: int
    one_more_saves: int
    why_idle: WhyIdle | None


class Duals(NamedTuple):
    """The proof: a price for every household (what it costs the whole) and for a place with every cadre."""

    households: dict[str, int]
    cadres: dict[str, int]


@dataclass(frozen=True)
class PairingResult:
    """A pairing of least cost. `objective` is in points; `optimal` is what the run claims, `verify` proves it."""

    problem: Problem
    assignments: tuple[Assignment, ...]
    unpaired: tuple[Unpaired, ...]
    loads: tuple[CadreLoad, ...]
    objective: int
    optimal: bool
    duals: Duals

    @property
    def moved(self) -> int:
        """Return how many households have a cadre now and would get another."""
        before = {row.key: row.current_cadre for row in self.problem.households}
        return sum(before[row.household] not in (None, row.cadre) for row in self.assignments)
