"""Coordinates as people write them: decimal, in degrees, minutes and seconds, in one cell or two, the wrong way round."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = r"(\d+(?:\.\d+)?)"
_DECIMAL = re.compile(rf"[-+]?{_NUMBER}")
_SEXAGESIMAL = re.compile(rf"{_NUMBER}\s*[°度\s:]\s*{_NUMBER}\s*['′分\s:]?\s*(?:{_NUMBER}\s*[\"″秒]*)?")
_WORDS = re.compile(r"东经|北纬|经度|纬度|[EN]", re.IGNORECASE)
_MARKS = str.maketrans({"’": "'", "‘": "'", "”": '"', "“": '"', "º": "°", "˚": "°"})

# What lies in China: degrees east and degrees north never look alike, so that a swap shows.
_EAST, _NORTH = (73.0, 136.0), (3.0, 54.0)


@dataclass(frozen=True, slots=True)
class Located:
    """A place as read: degrees, what was mended (`DMS`, `SWAPPED`), and the problem where it does not read."""

    lon: float | None
    lat: float | None
    repairs: tuple[str, ...] = ()
    problem: str = ""


def read_degrees(text: str) -> tuple[float, bool] | None:
    """Read one angle; return degrees and whether it was written in minutes and seconds, None where it is no angle.

    >>> read_degrees("东经116.0150"), read_degrees("116°0′54″"), read_degrees("在山上")
    ((116.015, False), (116.015, True), None)
    """
    bare = _WORDS.sub("", unicodedata.normalize("NFKC", text).translate(_MARKS)).strip()
    bare = bare.replace("''", '"').replace("′′", '"')  # what NFKC makes of the sign of seconds
    if _DECIMAL.fullmatch(bare.rstrip("°度 ")):
        return float(bare.rstrip("°度 ")), False
    parts = _SEXAGESIMAL.fullmatch(bare)
    if parts is None:
        return None
    degrees, minutes, seconds = float(parts[1]), float(parts[2]), float(parts[3] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    return round(degrees + minutes / 60 + seconds / 3600, 9), True


def read_place(lon: str, lat: str) -> Located:
    """Read a place from two cells, or from one where the other is empty.

    >>> read_place("26.4758", "116.015")
    Located(lon=116.015, lat=26.4758, repairs=('SWAPPED',), problem='')
    >>> read_place("116.015,26.4758", "").lat
    26.4758
    """
    if lon and not lat:
        halves = re.split(r"[,，;；/、]\s*", unicodedata.normalize("NFKC", lon).strip(" ()（）"))
        if len(halves) == 2:
            lon, lat = halves
    if not lon.strip() or not lat.strip():
        return Located(None, None, problem="PLACE.MISSING")
    east, north = read_degrees(lon), read_degrees(lat)
    if east is None or north is None:
        return Located(None, None, problem="PLACE.UNREADABLE")
    repairs = ("DMS",) if east[1] or north[1] else ()
    x, y = east[0], north[0]
    if _within(x, _NORTH) and _within(y, _EAST):
        x, y, repairs = y, x, (*repairs, "SWAPPED")
    if not (_within(x, _EAST) and _within(y, _NORTH)):
        return Located(None, None, repairs, "PLACE.OUTSIDE")
    return Located(x, y, repairs)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
