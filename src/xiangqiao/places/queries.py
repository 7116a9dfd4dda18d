"""Reads of the tree of divisions. It is small and changes seldom: the whole tree is held in memory."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.db.models import Count, Max, QuerySet, Subquery, Sum

from xiangqiao.kernel.division_names import Named
from xiangqiao.places.models import County, Division, Level
from xiangqiao.places.models import GivenDatum as GivenDatum
from xiangqiao.places.models import Site as Site
from xiangqiao.places.models import SiteKind as SiteKind
from xq_engine.divisions import ancestors, range_of


@dataclass(frozen=True)
class Place:
    """A current division, as pages and checks need it."""

    code: str
    name: str
    name_en: str
    level: int
    parent_code: str
    kind: str
    map_column: int | None
    map_row: int | None


@dataclass(frozen=True)
class _Tree:
    mark: tuple[object, ...]
    by_code: Mapping[str, Place]
    below: Mapping[str, tuple[Place, ...]]
    county: County | None


_held: list[_Tree] = []
# Within one request the tree is compared with the table once; outside of requests each time.
_request = threading.local()


def current_divisions() -> QuerySet[Division]:
    """Return the divisions in force, by code."""
    return Division.objects.filter(valid_to__isnull=True).order_by("code")


def places() -> Mapping[str, Place]:
    """Return every current division by code; one small query finds out whether the tree held is still true."""
    return _tree().by_code


def place(code: str) -> Place | None:
    """Return one current division."""
    return _tree().by_code.get(code)


def children(code: str) -> tuple[Place, ...]:
    """Return the divisions right below one, by code."""
    return _tree().below.get(code, ())


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of divisions by code; a code that is not known stands for itself."""
    known = _tree().by_code
    return {code: known[code].name if code in known else code for code in codes}


def named() -> list[Named]:
    """Return the county with its townships and villages by code, each with its name: what a post can be bound to."""
    known = _tree().by_code
    return [Named(code, known[code].name) for code in sorted(known) if known[code].level >= Level.COUNTY]


def path_of(code: str) -> list[Place]:
    """Return the divisions above a code and itself, from the top down; unknown ones left out."""
    known = _tree().by_code
    return [known[one] for one in (*ancestors(code), code) if one in known]


def villages_below(code: str) -> list[Place]:
    """Return the villages at or below a division, by code."""
    first, after = range_of(code)
    known = _tree().by_code
    return [known[one] for one in sorted(known) if first <= one < after and known[one].level == Level.VILLAGE]


def divisions_for_intake(code: str = "") -> list[tuple[str, str, str]]:
    """Return (township, village, village code) of every village, or of those below a division: for the place check."""
    found = _tree()
    villages = (
        villages_below(code) if code else [p for p in found.by_code.values() if p.level == Level.VILLAGE]
    )
    return [
        (found.by_code[one.parent_code].name if one.parent_code in found.by_code else "", one.name, one.code)
        for one in villages
    ]


def forget_divisions() -> None:
    """Drop the tree held in memory."""
    _held.clear()


def _tree() -> _Tree:
    if _held and getattr(_request, "compared", None):
        return _held[0]
    if hasattr(_request, "compared"):
        _request.compared = True
    # Other processes may load divisions: the mark (count, last id, sum of versions; the county's version) is asked each
    # time, one row.
    own = Subquery(County.objects.order_by("id").values("version")[:1])
    row = (
        current_divisions()
        .order_by()
        .aggregate(count=Count("id"), last=Max("id"), versions=Sum("version"), county=Max(own))
    )
    mark = tuple(row.values())
    if _held and _held[0].mark == mark:
        return _held[0]
    by_code: dict[str, Place] = {}
    below: dict[str, list[Place]] = defaultdict(list)
    for values in current_divisions().values_list(*Place.__dataclass_fields__):
        one = Place(*values)
        by_code[one.code] = one
        below[one.parent_code].append(one)
    held = {code: tuple(rows) for code, rows in below.items()}
    tree = _Tree(mark, MappingProxyType(by_code), held, County.objects.order_by("id").first())
    _held[:] = [tree]
    return tree


def _begin(**_: object) -> None:
    _request.compared = False


def _end(**_: object) -> None:
    vars(_request).pop("compared", None)


request_started.connect(_begin)
request_finished.connect(_end)


def county() -> County | None:
    """Return the county of this deployment, None before it is set up; held with the tree."""
    return _tree().county


def sites(division_code: str = "", *, kinds: Iterable[str] = ()) -> QuerySet[Site]:
    """Return the sites in force at or below a division, by village, kind and name; of some kinds only where named."""
    found = Site.objects.filter(valid_to__isnull=True)
    if division_code:
        first, after = range_of(division_code)
        found = found.filter(division_code__gte=first, division_code__lt=after)
    if wanted := list(kinds):
        found = found.filter(kind__in=wanted)
    return found.order_by("division_code", "kind", "name")


def site(public_id: UUID) -> Site | None:
    """Return one site in force."""
    return Site.objects.filter(public_id=public_id, valid_to__isnull=True).first()
