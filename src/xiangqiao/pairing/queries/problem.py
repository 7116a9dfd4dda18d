"""What the engine is asked: households that need a cadre, cadres with places, orders."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.pairing.models import Cadre, Kinship, Pairing
from xiangqiao.pairing.queries.gaps import orders_on
from xiangqiao.pairing.queries.pairs import needy_condition
from xiangqiao.pairing.rules import language_of
from xiangqiao.people.queries import HouseholdFilter, households
from xq_engine.pairing import problem as engine


@dataclass(frozen=True)
class PairingInput:
    """The problem, and where each household lies (by its key, the public id)."""

    households: tuple[engine.Household, ...]
    cadres: tuple[engine.Cadre, ...]
    orders: tuple[engine.UnitOrder, ...]
    villages: dict[str, str]


def pairing_input(viewer: AnyViewer, *, division_code: str, on: date) -> PairingInput:
    """Return the pairing problem of a division on a day: five queries, whatever its size."""
    rows = households(viewer, HouseholdFilter(division=division_code), extra=needy_condition()).order_by("id")
    fields = ("public_id", "division_code", "cause_main", "cause_2", "cause_3")
    pairs = Pairing.objects.filter(valid_to__isnull=True).values_list("household", "cadre__public_id")
    now = {str(household): str(cadre) for household, cadre in pairs}
    kin = relatives()
    wanted = tuple(
        engine.Household(
            key=str(key),
            village_code=code,
            needs=frozenset(cause for cause in causes if cause),
            language=language_of(code),
            excluded_cadres=kin.get(str(key), frozenset()),
            current_cadre=now.get(str(key)),
        )
        for key, code, *causes in rows.values_list(*fields).iterator()
    )
    asked = {row.key for row in wanted}
    taken = Counter(cadre for household, cadre in now.items() if household not in asked)
    return PairingInput(
        households=wanted,
        cadres=tuple(_cadres(taken)),
        orders=tuple(_orders(on)),
        villages={row.key: row.village_code for row in wanted},
    )


def relatives() -> dict[str, frozenset[str]]:
    """Return the cadres declared as relatives, by household."""
    found: dict[str, set[str]] = defaultdict(set)
    for household, cadre in Kinship.objects.values_list("household", "cadre__public_id"):
        found[str(household)].add(str(cadre))
    return {household: frozenset(cadres) for household, cadres in found.items()}


def as_engine(row: Cadre, places: int) -> engine.Cadre:
    """Return a cadre (with its unit at hand) as the engine asks for it.

    Where the cadre lives in degrees is not registered, and places invented for a demo county never stand in for it.
    """
    return engine.Cadre(
        key=str(row.public_id),
        unit_key=str(row.unit.public_id),
        skill=row.skill or "NONE",
        home_village_code=row.home_division_code or None,
        speaks_hakka=row.speaks_hakka,
        capacity=places,
        role=row.role,
        team_village_code=row.team_division_code or None,
    )


def _cadres(taken: Counter[str]) -> list[engine.Cadre]:
    """Cadres with the places that households outside of the question leave free."""
    rows = Cadre.objects.filter(left_on__isnull=True, capacity__gte=1).select_related("unit").order_by("id")
    free = ((row, row.capacity - taken[str(row.public_id)]) for row in rows)
    return [as_engine(row, places) for row, places in free if places >= 1]


def _orders(on: date) -> list[engine.UnitOrder]:
    return [
        engine.UnitOrder(unit_key=str(unit), village_code=code)
        for unit, code in orders_on(on).order_by("id").values_list("unit__public_id", "division_code")
    ]
