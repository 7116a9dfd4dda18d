"""The kinds of change, and who must approve each: data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xiangqiao.accounts.rules import Can


class Kind(StrEnum):
    """What may happen to a household or a member on any day."""

    BIRTH = "BIRTH"
    DEATH = "DEATH"
    MARRIAGE_IN = "MARRIAGE_IN"
    MARRIAGE_OUT = "MARRIAGE_OUT"
    MOVE_IN = "MOVE_IN"
    MOVE_OUT = "MOVE_OUT"
    HEAD = "HEAD"
    PHONE = "PHONE"
    BANK_CARD = "BANK_CARD"
    PERSON = "PERSON"
    ID_NUMBER = "ID_NUMBER"
    PERSON_YEAR = "PERSON_YEAR"
    DIBAO = "DIBAO"
    DISABILITY = "DISABILITY"
    LIVING = "LIVING"
    LAND = "LAND"
    INCOME = "INCOME"
    HOUSEHOLD_TYPE = "HOUSEHOLD_TYPE"
    WATCH = "WATCH"
    SPLIT = "SPLIT"
    MERGE = "MERGE"
    HOUSEHOLD_MOVE = "HOUSEHOLD_MOVE"
    CLOSE = "CLOSE"
    REGISTER = "REGISTER"


TOWNSHIP, COUNTY = "TOWNSHIP", "COUNTY"
# Which post decides at a step.
DECIDES: Mapping[str, Can] = {TOWNSHIP: Can.APPROVE_TOWNSHIP, COUNTY: Can.APPROVE_COUNTY}

# The approvals a kind passes, in order. A kind that is not here applies at once: it is of daily life, recorded, and
# can be undone. What moves money, identity or standing waits for a second pair of eyes.
APPROVALS: Mapping[Kind, tuple[str, ...]] = {
    Kind.BANK_CARD: (TOWNSHIP,),
    Kind.ID_NUMBER: (TOWNSHIP,),
    Kind.DIBAO: (TOWNSHIP,),
    Kind.DISABILITY: (TOWNSHIP,),
    Kind.LAND: (TOWNSHIP,),
    Kind.INCOME: (TOWNSHIP,),
    Kind.HOUSEHOLD_TYPE: (TOWNSHIP,),
    Kind.SPLIT: (TOWNSHIP,),
    Kind.MERGE: (TOWNSHIP,),
    Kind.HOUSEHOLD_MOVE: (TOWNSHIP,),
    Kind.CLOSE: (TOWNSHIP,),
    Kind.WATCH: (TOWNSHIP, COUNTY),
}

# Under which kind of event a change stands in the log and on the timeline.
EVENTS: Mapping[Kind, str] = {
    Kind.BIRTH: "people.member_born",
    Kind.DEATH: "people.member_died",
    Kind.MARRIAGE_IN: "people.member_married_in",
    Kind.MARRIAGE_OUT: "people.member_left",
    Kind.MOVE_IN: "people.member_moved_in",
    Kind.MOVE_OUT: "people.member_left",
    Kind.HEAD: "people.head_changed",
    Kind.PHONE: "people.contact_changed",
    Kind.BANK_CARD: "people.contact_changed",
    Kind.SPLIT: "people.household_split",
    Kind.MERGE: "people.household_merged",
    Kind.HOUSEHOLD_MOVE: "people.household_moved",
    Kind.CLOSE: "people.household_closed",
    Kind.REGISTER: "people.household_registered",
}
CORRECTED = "people.facts_corrected"

JOINING = frozenset({Kind.BIRTH, Kind.MARRIAGE_IN, Kind.MOVE_IN})
LEAVING = frozenset({Kind.DEATH, Kind.MARRIAGE_OUT, Kind.MOVE_OUT})


@dataclass(frozen=True)
class Facts:
    """Which facts a correction may touch, and where they stand.

    `person`, `person_year`, `household`, `household_year`, or `household_income_year`: declared lines of the ledger.
    """

    table: str
    names: tuple[str, ...]

    @property
    def entity(self) -> str:
        """The entity of the catalogue."""
        return self.table.partition("_")[0]

    @property
    def is_yearly(self) -> bool:
        """Whether the facts belong to a year."""
        return self.table.endswith("_year")


FACTS: Mapping[Kind, Facts] = {
    Kind.PERSON: Facts("person", ("name", "sex", "birth_on", "relation", "ethnicity", "political", "soldier")),
    Kind.PERSON_YEAR: Facts(
        "person_year",
        (
            "health", "education", "schooling", "labour", "work_place", "work_months", "medical_insured",
            "serious_insured", "pension_insured",
        ),
    ),
    Kind.DIBAO: Facts("person_year", ("dibao",)),
    Kind.HOUSEHOLD_TYPE: Facts("household", ("household_type", "cause_main", "cause_2", "cause_3")),
    Kind.WATCH: Facts("household", ("watch_type", "exit_status")),
    Kind.LIVING: Facts(
        "household_year",
        (
            "house_area_m2", "house_dangerous", "house_grade", "water_safe", "water_difficult", "toilet_sanitary",
            "power_domestic", "power_production", "broadband", "road_type", "road_distance_m", "fuel",
            "in_cooperative", "relocation_wish",
        ),
    ),
    Kind.LAND: Facts(
        "household_year",
        (
            "land_arable", "land_irrigated", "land_forest", "land_returned", "land_orchard", "land_pasture", "land_water",
        ),
    ),
    Kind.INCOME: Facts(
        "household_income_year",
        (
            "income_wage_fen", "income_business_fen", "cost_business_fen", "income_property_fen",
            "transfer_family_planning_fen", "transfer_dibao_fen", "transfer_wubao_fen", "transfer_pension_fen",
            "transfer_ecology_fen", "transfer_other_fen",
        ),
    ),
}  # fmt: skip

# Why a household is closed.
CLOSE_REASONS = ("DIED_OUT", "MOVED_OUT", "MERGED", "MISTAKE", "OTHER")


def approvals(kind: Kind) -> tuple[str, ...]:
    """Return the steps of approval of a kind; none: it applies at once."""
    return APPROVALS.get(kind, ())


def event_kind(kind: Kind) -> str:
    """Return the kind of event under which a change is recorded."""
    return EVENTS.get(kind, CORRECTED)
