"""The map as GeoJSON: schematic townships, points with what stands there, masts for who may see their places."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import get_language

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import Mast, Plan
from xiangqiao.coverage.queries.standing import Known, points, points_with_standing
from xiangqiao.coverage.queries.stations import stations
from xiangqiao.places import queries as places
from xq_engine.coverage.outline import cells


def features(viewer: AnyViewer, *, on: date, plan: Plan | None = None) -> dict[str, Any]:
    """Return a FeatureCollection of what a viewer may see; every feature says its `layer`.

    Places of masts are for who manages coverage alone: they are exact.
    """
    known = points_with_standing(list(points(viewer)), on)
    found = [*_townships(known), *(_point(one) for one in known)]
    if viewer.can(Can.MANAGE_COVERAGE):
        found += _masts(viewer)
        if plan:
            found += [_planned(one) for one in plan.chosen]
    return {"type": "FeatureCollection", "features": found}


def _townships(known: list[Known]) -> list[dict[str, Any]]:
    """Outline townships by the middle of their points: whatever is nearer to it than to the others. No real borders."""
    by_code: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in known:
        by_code[f"{one.site.division_code[:9]}000"].append(one.site.place)
    codes = sorted(by_code)
    middles = [
        (
            sum(x for x, _y in by_code[code]) / len(by_code[code]),
            sum(y for _x, y in by_code[code]) / len(by_code[code]),
        )
        for code in codes
    ]
    names = {code: _name(code) for code in codes}
    return [
        _feature("Polygon", [[*outline, outline[0]]], layer="township", name=names[code])
        for code, outline in zip(codes, cells(middles), strict=True)
        if outline
    ]


def _name(code: str) -> str:
    here = places.place(code)
    if here is None:
        return code
    return here.name_en if (get_language() or "").startswith("en") and here.name_en else here.name


def _point(one: Known) -> dict[str, Any]:
    now = one.mobile
    return _feature(
        "Point", list(one.site.place), layer="point", id=str(one.site.public_id), name=one.site.name,
        kind=one.site.kind, level=now.level.name, service=now.has_service, disputed=now.disputed,
        households=one.site.households, invented="虚构" in one.site.source,
    )  # fmt: skip


def _masts(viewer: AnyViewer) -> list[dict[str, Any]]:
    kinds: dict[int, set[str]] = defaultdict(set)
    for mast, operator, technology in stations(viewer).values_list("mast_id", "operator", "technology"):
        kinds[mast].add(f"{operator} {technology}")
    return [_mast(one, kinds[one.pk]) for one in Mast.objects.visible_to(viewer, Can.MANAGE_COVERAGE)]


def _mast(one: Mast, kinds: set[str]) -> dict[str, Any]:
    return _feature(
        "Point", [one.lon_e6 / 1e6, one.lat_e6 / 1e6], layer="mast", name=one.name, stations=sorted(kinds)
    )


def _planned(one: dict[str, Any]) -> dict[str, Any]:
    return _feature(
        "Point",
        [one["lon"], one["lat"]],
        layer="planned",
        name=one["name"],
        reach=one["reach_m"],
        households=one["households"],
    )


def _feature(shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": properties,
    }
