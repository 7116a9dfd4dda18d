"""When a village counts as covered: two legal definitions, each named and dated, and never one figure for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Service = Literal["MOBILE", "FIBRE"]
HAMLET_HOUSEHOLDS = 20  # a settlement counts from so many households


@dataclass(frozen=True, slots=True)
class Definition:
    """A rule by which a village counts as covered. `kilometres` is None where every point must have service."""

    code: str
    service: Service
    zh: str
    en: str
    since: date
    source: str
    kilometres: int | None = None
    down_kbps: int = 0


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "MOBILE_5KM", "MOBILE", "村委会 5 公里内有 4G 基站", "a 4G station within 5 km of the village office",
        date(2018, 1, 1), "2018 年度电信普遍服务试点申报指南（第一种情形）", kilometres=5,
    ),
    Definition(
        "MOBILE_POINTS", "MOBILE", "村委会、学校、卫生室和 20 户以上的自然村都有 4G 信号",
        "4G at the village office, the school, the clinic and every hamlet of 20 households or more",
        date(2018, 1, 1), "2018 年度电信普遍服务试点申报指南（第二种情形）",
    ),
    Definition(
        "FIBRE_POINTS", "FIBRE", "村委会、学校、卫生室通宽带，不低于 12 Mbps",
        "broadband of 12 Mbps or more at the village office, the school and the clinic",
        date(2016, 1, 1), "工信厅联通信函〔2015〕919 号", down_kbps=12_000,
    ),
)  # fmt: skip
_PUBLIC_POINTS = frozenset({"OFFICE", "SCHOOL", "CLINIC"})


@dataclass(frozen=True, slots=True)
class PointState:
    """A point of a village, as a definition looks at it: kind, households, service yes / no / not known."""

    kind: str
    households: int | None
    has_service: bool | None


def counts(definition: Definition, kind: str, households: int | None) -> bool:
    """Return whether a point belongs to what a definition asks about."""
    if kind in _PUBLIC_POINTS:
        return True
    return definition.service == "MOBILE" and kind == "HAMLET" and (households or 0) >= HAMLET_HOUSEHOLDS


def covered(
    definition: Definition, points: Sequence[PointState], nearest_4g_m: float | None, *, has_office: bool
) -> bool | None:
    """Return whether a village is covered under a definition; None where it cannot be told.

    `nearest_4g_m` is the distance of the village office to the nearest 4G station, None where there is no station.
    One point without service decides; without one, a point of which nothing is known leaves it open.

    >>> rule = DEFINITIONS[1]
    >>> covered(rule, [PointState("OFFICE", None, True), PointState("HAMLET", 30, None)], None, has_office=True)
    >>> covered(rule, [PointState("OFFICE", None, None), PointState("HAMLET", 30, False)], None, has_office=True)
    False
    """
    if definition.kilometres is not None:
        if not has_office:
            return None
        return nearest_4g_m is not None and nearest_4g_m <= definition.kilometres * 1000
    asked = [one for one in points if counts(definition, one.kind, one.households)]
    if any(one.has_service is False for one in asked):
        return False
    return None if not has_office or any(one.has_service is None for one in asked) else True
