"""Where households are without a cadre, and why, as things stand now."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.pairing.models import Cadre, Pairing, UnitOrder
from xiangqiao.pairing.queries.pairs import needy_condition, unpaired_condition
from xiangqiao.pairing.rules import MOST_PLACES, may_serve
from xiangqiao.people.queries import HouseholdFilter, households

NO_UNIT, NO_CADRE, ALL_FULL, NOT_RUN = "NO_UNIT", "NO_CADRE", "ALL_FULL", "NOT_RUN"


@dataclass
class Standing:
    """Households of a division that are to have a cadre, those without one, and why."""

    code: str
    needy: int = 0
    without: int = 0
    why: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Load:
    """Cadres in office: their places, how many are taken, and how many cadres have 0, 1, 2 … households."""

    cadres: int
    places: int
    used: int
    spread: list[int]


@dataclass(frozen=True)
class Affairs:
    """How pairing stands: by township, and how full the cadres are."""

    townships: list[Standing]
    load: Load

    @property
    def needy(self) -> int:
        """Households that are to have a cadre."""
        return sum(one.needy for one in self.townships)

    @property
    def without(self) -> int:
        """Households without one."""
        return sum(one.without for one in self.townships)


def affairs(viewer: AnyViewer, on: date) -> Affairs:
    """Return how pairing stands on a day for what a viewer sees: four queries, whatever the size."""
    needy, without = _by_village(viewer, needy_condition()), _by_village(viewer, unpaired_condition())
    cadres = list(
        Cadre.objects.filter(left_on__isnull=True)
        .annotate(used=Count("pairings", filter=Q(pairings__valid_to__isnull=True)))
        .values_list("unit_id", "role", "team_division_code", "capacity", "used")
    )
    units: dict[str, set[int]] = defaultdict(set)
    for unit, code in orders_on(on).values_list("unit_id", "division_code"):
        units[code].add(unit)
    staff: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    for unit, role, team, capacity, used in cadres:
        staff[unit].append((role, team, used < capacity))
    towns: dict[str, Standing] = {}
    for code, count in needy.items():
        town = towns.setdefault(code[:9], Standing(code[:9].ljust(12, "0")))
        town.needy += count
        if missing := without.get(code, 0):
            town.without += missing
            town.why[_why(code, units.get(code, set()), staff)] += missing
    return Affairs([towns[code] for code in sorted(towns)], _load([(row[3], row[4]) for row in cadres]))


def orders_on(on: date) -> QuerySet[UnitOrder]:
    """Return the orders in force on a day."""
    return UnitOrder.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def _by_village(viewer: AnyViewer, condition: Q) -> dict[str, int]:
    rows = households(viewer, HouseholdFilter(), extra=condition, act=Can.READ_PAIRING).order_by()
    return dict(rows.values_list("division_code").annotate(count=Count("pk")))


def _why(village: str, units: set[int], staff: dict[int, list[tuple[str, str, bool]]]) -> str:
    if not units:
        return NO_UNIT
    free = [
        is_free for unit in units for role, team, is_free in staff[unit] if may_serve(role, team, village)
    ]
    if not free:
        return NO_CADRE
    return NOT_RUN if any(free) else ALL_FULL


def _load(rows: list[tuple[int, int]]) -> Load:
    spread = [0] * (MOST_PLACES + 1)
    for _capacity, used in rows:
        spread[min(used, MOST_PLACES)] += 1
    return Load(len(rows), sum(row[0] for row in rows), sum(row[1] for row in rows), spread)


def pairs_of_cadre(viewer: AnyViewer, cadre: Cadre) -> QuerySet[Pairing]:
    """Return the pairs that a cadre has or had, those in force first, that a viewer sees."""
    return Pairing.objects.visible_to(viewer).filter(cadre=cadre).order_by("valid_to", "-valid_from", "id")
