"""What is to be paired: households, cadres, the county's orders, and what each mismatch costs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

TEAM_ROLES = frozenset({"FIRST_SECRETARY", "TEAM_LEADER", "TEAM_DEPUTY", "TEAM_MEMBER"})
MOST_PLACES = 5
TOWNSHIP_DIGITS = 9
LARGEST_WEIGHT = 10**9  # 10**9 × a million households still fits the 64 bits of the solver and of numpy

Coordinates = tuple[float, float]


class PairingError(ValueError):
    """Tell in both languages what is wrong with the input, where, and how to mend it."""

    def __init__(self, code: str, *, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.code = code
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class Household:
    """One household that may be given a cadre.

    `needs`: codes of the lists `cause` and `skill`; empty = not known.
    `language`: "HAKKA" or another code; None = not known.
    `excluded_cadres`: keys of cadres declared as relatives.
    `current_cadre`: the cadre who helps now, also when he has left since.
    `coordinates`: (longitude, latitude) in degrees, measured ones only; an invented place must stay None.
    """

    key: str
    village_code: str
    needs: frozenset[str] = frozenset()
    language: str | None = None
    excluded_cadres: frozenset[str] = frozenset()
    current_cadre: str | None = None
    coordinates: Coordinates | None = None


@dataclass(frozen=True, slots=True)
class Cadre:
    """One cadre with 1 to 5 places.

    `skill`: code of the list `skill`; `role`: code of the list `cadre_role`.
    `team_village_code`: the village of his team; a team member serves no other, and none if it is not known.
    `home_village_code`, `speaks_hakka`: None = not known.
    """

    key: str
    unit_key: str
    skill: str = "NONE"
    home_village_code: str | None = None
    speaks_hakka: bool | None = None
    capacity: int = MOST_PLACES
    role: str = "HELPER"
    team_village_code: str | None = None
    coordinates: Coordinates | None = None


@dataclass(frozen=True, slots=True)
class UnitOrder:
    """The county's order that a unit helps a village."""

    unit_key: str
    village_code: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What each mismatch costs, in whole points; the sum over all pairs is made as small as it can be.

    The defaults say: one unanswered need outweighs every other mismatch of a pair; a household changes its
    cadre only where that is forced (`move` exceeds all that one pair could gain); and leaving a household
    without a cadre is worse than rearranging many pairs.
    """

    skill: int = 600  # the cadre knows none of what the household needs
    home_township: int = 100  # his home is in the township, not in the village
    home_elsewhere: int = 200  # his home is outside the township or not known
    language: int = 300  # the household speaks Hakka, he does not
    language_unknown: int = 150  # the household speaks Hakka, whether he does is not known
    distance_per_km: int = 10  # straight line, only between measured coordinates
    distance_most: int = 500
    distance_unknown: int = 250  # the household was measured, the cadre was not
    load: int = 120  # each household more with the same cadre costs this much more than the one before
    move: int = 2500  # the household has a cadre and gets another
    unpaired: int = 1_000_000  # the household gets no cadre

    def __post_init__(self) -> None:
        """Refuse weights that are not whole, are negative, or make "no cadre" cheaper than a pair."""
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is not int or not 0 <= value <= LARGEST_WEIGHT:
                raise PairingError(
                    "WEIGHT.RANGE",
                    zh=f"权重“{field.name}”的值 {value!r} 不可用，请填 0 到 {LARGEST_WEIGHT} 的整数",
                    en=f"weight “{field.name}” is {value!r}: give a whole number from 0 to {LARGEST_WEIGHT}",
                )
        if self.unpaired <= self.worst_pair:
            raise PairingError(
                "WEIGHT.UNPAIRED",
                zh=f"权重“unpaired”为 {self.unpaired}，必须大于最差一对的 {self.worst_pair} 分，否则有空位也会不结对",
                en=f"weight “unpaired” is {self.unpaired}: it must exceed the {self.worst_pair} points of the worst "
                "pair, or households stay without a cadre while places are free",
            )

    @property
    def worst_pair(self) -> int:
        """Return the most points that one pair can cost, load included."""
        home = max(self.home_township, self.home_elsewhere)
        language = max(self.language, self.language_unknown)
        distance = max(self.distance_most, self.distance_unknown)
        return self.skill + home + language + distance + self.move + self.load * (MOST_PLACES - 1)


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True)
class Problem:
    """Everything that one pairing run decides upon. Orders said twice count once.

    :raises PairingError: a key twice, or a number of places outside 1 to 5.
    """

    households: tuple[Household, ...]
    cadres: tuple[Cadre, ...]
    orders: tuple[UnitOrder, ...]
    weights: Weights = DEFAULT_WEIGHTS

    def __post_init__(self) -> None:
        """Check keys and places before anything is computed."""
        _refuse_twice("households", "户", (row.key for row in self.households))
        _refuse_twice("cadres", "干部", (row.key for row in self.cadres))
        for cadre in self.cadres:
            if type(cadre.capacity) is not int or not 1 <= cadre.capacity <= MOST_PLACES:
                raise PairingError(
                    "CADRE.CAPACITY",
                    zh=f"干部 {cadre.key} 的可帮户数为 {cadre.capacity!r}，请改为 1 到 {MOST_PLACES}；不帮户的干部请从名单中去掉",
                    en=f"cadre {cadre.key} has {cadre.capacity!r} places: give 1 to {MOST_PLACES}, "
                    "and leave out of the list who takes no household",
                )


def _refuse_twice(rows_en: str, rows_zh: str, keys: Iterable[str]) -> None:
    twice = [key for key, times in Counter(keys).items() if times > 1]
    if twice:
        raise PairingError(
            "KEY.TWICE",
            zh=f"{rows_zh}编号 {twice[0]} 出现多次（共 {len(twice)} 个编号重复），请先合并重复行",
            en=f"key {twice[0]} stands more than once among the {rows_en} ({len(twice)} such keys): merge the rows first",
        )


def may_serve(cadre: Cadre, village_code: str) -> bool:
    """Return whether the cadre's own post lets him serve the village; the unit's order is asked separately.

    >>> may_serve(Cadre("c", "u", team_village_code="360730100201"), "360730100202")
    False
    """
    if cadre.team_village_code is None:
        return cadre.role not in TEAM_ROLES
    return cadre.team_village_code == village_code
