"""How a division stands: a few set-based counts by place, and what is drawn from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.desk.household.people import COST, INCOME_CLASSES
from xiangqiao.kernel.ui.charts import Chart, HexCell, hex_map, stacked_chart
from xiangqiao.ledger.queries import owners_of, yearly_sums
from xiangqiao.pairing.queries import unpaired_condition
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.people.queries.standing import counts_by_place, matches_by_place, problems_by_place
from xiangqiao.places.queries import Place, children
from xiangqiao.policy.queries import totals_by_township
from xq_engine.divisions import range_of

COUNTY_LEVEL, TOWNSHIP_LEVEL, VILLAGE_LEVEL = 3, 4, 5
_YEARS = 6


@dataclass(frozen=True)
class PlaceRow:
    """What is known of one place."""

    place: Place
    households: int = 0
    persons: int = 0
    unclaimed: int = 0
    unclaimed_homes: int = 0
    unclaimed_fen: int = 0
    without_cadre: int = 0
    problems: int = 0


@dataclass(frozen=True)
class Indicator:
    """A number by which places are compared on the map."""

    key: str
    tab: Promise
    title: Promise
    unit: Promise
    value: Callable[[PlaceRow], float | None]


def _per_hundred(part: int, of: int) -> float | None:
    return round(100 * part / of, 1) if of else None


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "unclaimed",
        gettext_lazy("应享未享"),
        gettext_lazy("应享未享（每百户项数）"),
        gettext_lazy("项／百户"),
        lambda row: _per_hundred(row.unclaimed, row.households),
    ),
    Indicator(
        "cadre",
        gettext_lazy("待结对"),
        gettext_lazy("待结对的户"),
        gettext_lazy("户"),
        lambda row: float(row.without_cadre),
    ),
    Indicator(
        "problems",
        gettext_lazy("数据问题"),
        gettext_lazy("待处理的数据问题（每百户条数）"),
        gettext_lazy("条／百户"),
        lambda row: _per_hundred(row.problems, row.households),
    ),
    Indicator(
        "households",
        gettext_lazy("在册"),
        gettext_lazy("在册农户"),
        gettext_lazy("户"),
        lambda row: float(row.households),
    ),
)


def place_word(place: Place) -> str:
    """Return the name of a place in the language of the page."""
    return (place.name_en or place.name) if (get_language() or "").startswith("en") else place.name


def rows_of(viewer: AnyViewer, here: Place) -> list[PlaceRow]:
    """Return how the places right below one stand (a village: itself): four queries, whatever the size."""
    digits = 9 if here.level == COUNTY_LEVEL else 12
    wanted = HouseholdFilter(division=here.code)
    counts = counts_by_place(viewer, wanted, digits=digits)
    unclaimed = totals_by_township(viewer, digits=digits, division=here.code)
    without = matches_by_place(viewer, wanted, extra=unpaired_condition(), digits=digits)
    problems = problems_by_place(viewer, within(here.code), digits=digits)
    below = children(here.code) if here.level < VILLAGE_LEVEL else (here,)
    return [_row(one, counts, unclaimed, without, problems) for one in below]


def within(code: str) -> Q:
    """Return the condition on a division code that it lies at or below another."""
    first, after = range_of(code)
    return Q(division_code__gte=first, division_code__lt=after)


def _row(
    place: Place,
    counts: Mapping[str, Any],
    unclaimed: Mapping[str, Any],
    without: Mapping[str, int],
    problems: Mapping[str, int],
) -> PlaceRow:
    here, lost = counts.get(place.code), unclaimed.get(place.code)
    return PlaceRow(
        place,
        households=here.households if here else 0,
        persons=here.persons if here else 0,
        unclaimed=lost.count if lost else 0,
        unclaimed_homes=lost.households if lost else 0,
        unclaimed_fen=lost.amount_fen if lost else 0,
        without_cadre=without.get(place.code, 0),
        problems=problems.get(place.code, 0),
    )


def indicator_named(key: str) -> Indicator:
    """Return an indicator; the first one where the key is not known."""
    return next((one for one in INDICATORS if one.key == key), INDICATORS[0])


def place_map(rows: list[PlaceRow], by: Indicator) -> Chart | None:
    """Return the honeycomb of the places with a position; None where none has one."""
    cells = [
        HexCell(
            _short(row.place),
            row.place.map_column,
            row.place.map_row,
            by.value(row) if row.households else None,
            reverse("desk:place", args=[row.place.code]),
        )
        for row in rows
        if row.place.map_column is not None and row.place.map_row is not None
    ]
    return hex_map(title=str(by.title), cells=cells, unit=str(by.unit)) if cells else None


def _short(place: Place) -> str:
    """Drop the word for the kind of place, so that the name fits its cell."""
    name = place_word(place).removesuffix(" Township").removesuffix(" Town")
    return name[:-1] if len(name) > 2 and name[-1] in "镇乡" else name


def income_per_head(viewer: AnyViewer, here: Place) -> Chart | None:
    """Return net income per head by class and year in yuan, over the households with a record in that year."""
    first, after = range_of(here.code)
    sums = yearly_sums(first=first, after=after)
    years = sorted(sums)[-_YEARS:]
    if not years:
        return None
    heads = households(viewer, HouseholdFilter(division=here.code)).aggregate(
        **{f"y{year}": Sum("size", filter=Q(public_id__in=owners_of(year))) for year in years}
    )
    names = {"wage": _("工资性"), "business": _("经营性"), "property": _("财产性"), "transfer": _("转移性")}
    series = {
        names[kind]: [_per_head(kind, sums[year], heads[f"y{year}"] or 0) for year in years]
        for kind in INCOME_CLASSES
    }
    return stacked_chart(
        title=_("人均纯收入构成"), labels=[str(year) for year in years], series=series, unit=_("元／人")
    )


def _per_head(kind: str, lines: Mapping[str, int], heads: int) -> float:
    fen = sum(lines.get(line, 0) for line in INCOME_CLASSES[kind])
    if kind == "business":
        fen -= lines.get(COST, 0)
    return float(round(max(0, fen) / 100 / heads)) if heads else 0.0
