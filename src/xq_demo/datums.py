"""Coordinates as web maps in China state them, one way only: what operators' lists are written in."""

from math import atan2, cos, hypot, pi, radians, sin, sqrt


def gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Turn WGS-84 degrees into what Amap and Tencent show."""
    x, y = lon - 105, lat - 35
    common = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    dy = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * sqrt(abs(x))
    dy += (
        2
        / 3
        * (common + 20 * sin(pi * y) + 40 * sin(pi * y / 3) + 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30))
    )
    dx = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * sqrt(abs(x))
    dx += (
        2
        / 3
        * (common + 20 * sin(pi * x) + 40 * sin(pi * x / 3) + 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30))
    )
    axis, ee = 6378245.0, 0.00669342162296594323
    curve = 1 - ee * sin(radians(lat)) ** 2
    north = dy * 180 / (axis * (1 - ee) / (curve * sqrt(curve)) * pi)
    east = dx * 180 / (axis / sqrt(curve) * cos(radians(lat)) * pi)
    return lon + east, lat + north


def bd09(lon: float, lat: float) -> tuple[float, float]:
    """Turn WGS-84 degrees into what Baidu shows."""
    x, y = gcj02(lon, lat)
    turn = pi * 3000 / 180
    radius = hypot(x, y) + 0.00002 * sin(y * turn)
    angle = atan2(y, x) + 0.000003 * cos(x * turn)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006


def sexagesimal(value: float) -> str:
    """Write an angle in degrees, minutes and seconds, as surveyors do."""
    seconds = round(value * 3600, 2)
    return f"{int(seconds // 3600)}°{int(seconds % 3600 // 60)}′{seconds % 60:.2f}″"
