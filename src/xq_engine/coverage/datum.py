"""Coordinates of three datums, each way: what a phone says, what a map of the web says, what the register keeps.

The register keeps WGS-84 (within centimetres the national CGCS2000). Web maps in China use GCJ-02, one of them BD-09 on top.
Source: the published obfuscation polynomials of GCJ-02 and BD-09; the ways back are solved to the last digit, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Literal, get_args

Datum = Literal["WGS84", "GCJ02", "BD09"]
DATUMS: tuple[Datum, ...] = get_args(Datum)
Degrees = tuple[float, float]

# The ellipsoid of Krasovsky, which the polynomial was made for.
_AXIS, _EXCENTRICITY = 6378245.0, 0.00669342162296594323
_ANGLE = pi * 3000 / 180
_STEPS = 40
_EXACT = 1e-12  # degrees: a tenth of a micrometre


def to_wgs84(lon: float, lat: float, datum: Datum) -> Degrees:
    """Return a place given in a datum as WGS-84 degrees (longitude, latitude).

    >>> to_wgs84(116.0, 26.5, "WGS84")
    (116.0, 26.5)
    """
    if datum == "BD09":
        lon, lat = _back(_bd09_of_gcj02, lon, lat)
    return (lon, lat) if datum == "WGS84" else _back(_gcj02_of_wgs84, lon, lat)


def from_wgs84(lon: float, lat: float, datum: Datum) -> Degrees:
    """Return a WGS-84 place in the degrees of a datum.

    >>> [round(value, 6) for value in from_wgs84(116.0, 26.5, "GCJ02")]
    [116.004841, 26.496617]
    """
    if datum == "WGS84":
        return lon, lat
    place = _gcj02_of_wgs84(lon, lat)
    return _bd09_of_gcj02(*place) if datum == "BD09" else place


def _back(forward: Callable[[float, float], Degrees], lon: float, lat: float) -> Degrees:
    """Solve forward(x, y) = (lon, lat); the shift changes slowly, so each step gains about four digits."""
    x, y = lon, lat
    for _step in range(_STEPS):
        there = forward(x, y)
        off_x, off_y = lon - there[0], lat - there[1]
        x, y = x + off_x, y + off_y
        if abs(off_x) < _EXACT and abs(off_y) < _EXACT:
            break
    return x, y


def _gcj02_of_wgs84(lon: float, lat: float) -> Degrees:
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    root = sqrt(abs(x))
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    angle = lat / 180.0 * pi
    magic = 1 - _EXCENTRICITY * sin(angle) ** 2
    north = north * 180.0 / (_AXIS * (1 - _EXCENTRICITY) / (magic * sqrt(magic)) * pi)
    east = east * 180.0 / (_AXIS / sqrt(magic) * cos(angle) * pi)
    return lon + east, lat + north


def _bd09_of_gcj02(lon: float, lat: float) -> Degrees:
    radius = hypot(lon, lat) + 0.00002 * sin(lat * _ANGLE)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _ANGLE)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006
