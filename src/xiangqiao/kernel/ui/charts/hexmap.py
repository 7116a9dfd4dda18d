"""A map of townships as equal hexagons: every township is seen, none is hidden by its neighbour's size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.charts.canvas import Canvas, Chart, number, size_of, text_width

RADIUS = 31.0
ACROSS = math.sqrt(3) * RADIUS
# Above this spread whole numbers tell the shades apart.
WIDE_SPREAD = 20
SHADES = 5


@dataclass(frozen=True, slots=True)
class HexCell:
    """A township: its place in the honeycomb (odd rows stand half a cell to the right), value and link."""

    name: str
    column: int
    row: int
    value: float | None
    href: str = ""


def hex_map(*, title: str, cells: Sequence[HexCell], unit: str) -> Chart:
    """Draw the honeycomb with a ramp of five oranges and a legend of real numbers.

    Each cell with a link opens its rows and takes the keyboard's focus. None is not known: white, dashed.
    """
    known = [cell.value for cell in cells if cell.value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    first_column = min((cell.column for cell in cells), default=0)
    first_row = min((cell.row for cell in cells), default=0)
    columns = max((cell.column - first_column for cell in cells), default=0) + 1
    rows = max((cell.row - first_row for cell in cells), default=0) + 1
    shift = ACROSS / 2 if any(cell.row % 2 for cell in cells) else 0.0
    width = max(400.0, columns * ACROSS + shift + 8)
    margin = (width - columns * ACROSS - shift) / 2
    map_height = (rows - 1) * 1.5 * RADIUS + 2 * RADIUS + 8
    canvas = Canvas(width, map_height + 56)
    for cell in sorted(cells, key=lambda one: (one.row, one.column)):
        x = margin + (cell.column - first_column + 0.5) * ACROSS + (ACROSS / 2 if cell.row % 2 else 0.0)
        y = 4 + RADIUS + (cell.row - first_row) * 1.5 * RADIUS
        _draw(canvas, cell, x, y, _shade(cell.value, low, high), unit)
    _legend(canvas, low, high, unit, has_unknown=len(known) < len(cells), top=map_height + 14)
    ordered = sorted(cells, key=lambda one: (one.value is None, -(one.value or 0.0), one.name))
    return Chart(
        title=title,
        svg=canvas.svg(
            title=title,
            description="，".join(f"{cell.name} {number(cell.value)}" for cell in ordered) + f"（{unit}）",
            interactive=any(cell.href for cell in cells),
        ),
        heads=[_("乡镇"), unit or title],
        rows=[[cell.name, number(cell.value)] for cell in ordered],
        size=size_of(width),
    )


def _shade(value: float | None, low: float, high: float) -> int:
    if value is None:
        return 0
    if high <= low:
        return 1
    return min(SHADES, 1 + int((value - low) / (high - low) * SHADES))


def _draw(canvas: Canvas, cell: HexCell, x: float, y: float, shade: int, unit: str) -> None:
    words = f"{cell.name} " + (
        _("还不知道") if cell.value is None else f"{number(cell.value)} {unit}".strip()
    )
    if cell.href:
        canvas.open("a", href=cell.href, aria_label=words)
    side = RADIUS * 0.965  # a gap between cells, wide enough to see the edge of a chosen one
    corners = " ".join(
        f"{x + side * math.sin(turn):.1f},{y - side * math.cos(turn):.1f}"
        for turn in (math.pi / 3 * corner for corner in range(6))
    )
    canvas.shape("polygon", f"hex r{shade}", points=corners)
    canvas.text(x, y - 2, cell.name, "cell-name")
    canvas.text(x, y + 15, number(cell.value), "cell-value")
    if cell.href:
        canvas.close("a")


def _legend(canvas: Canvas, low: float, high: float, unit: str, *, has_unknown: bool, top: float) -> None:
    if high > low:
        edges = [low + (high - low) * place / SHADES for place in range(SHADES + 1)]
        digits = None if high - low >= WIDE_SPREAD else 1
        entries = [
            (shade + 1, f"{number(round(a, digits))}–{number(round(b, digits))}")
            for shade, (a, b) in enumerate(pairwise(edges))
        ]
    else:
        entries = [(1, number(low))]
    if has_unknown:
        entries.append((0, _("还不知道")))
    box = max(56.0, *(text_width(words, 12) + 10 for _one, words in entries))
    x = max(0.0, (canvas.width - box * len(entries) - text_width(unit, 12) - 8) / 2)
    for shade, words in entries:
        canvas.shape("rect", f"r{shade}", x=x + 2, y=top, width=box - 4, height=12, rx=3)
        canvas.text(x + box / 2, top + 28, words, "middle t-small")
        x += box
    canvas.text(x + 6, top + 11, unit, "t-small")


def hex_layout(points: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Place points (longitude, latitude in degrees) in a honeycomb, near where they lie, one to a cell.

    Returns (column, row) for each point, in the order given; no two are equal.
    """
    if not points:
        return []
    middle_x = sum(x for x, _y in points) / len(points)
    middle_y = sum(y for _x, y in points) / len(points)
    narrow = math.cos(math.radians(middle_y))
    flat = [((x - middle_x) * narrow, middle_y - y) for x, y in points]
    spread = max(max(abs(x), abs(y)) for x, y in flat) or 1.0
    unit = spread / (0.62 * math.sqrt(len(points)) + 0.5)
    side = math.ceil(math.sqrt(len(points))) + 3
    free = {
        (column, row): ((column + (row % 2) / 2) * 1.0, row * math.sqrt(3) / 2)
        for row in range(-side, side + 1)
        for column in range(-side, side + 1)
    }
    places: dict[int, tuple[int, int]] = {}
    for index in sorted(range(len(flat)), key=lambda one: (math.hypot(*flat[one]), one)):
        x, y = flat[index][0] / unit, flat[index][1] / unit
        nearest = min(free, key=lambda slot: ((free[slot][0] - x) ** 2 + (free[slot][1] - y) ** 2, slot))
        places[index] = nearest
        del free[nearest]
    return [places[index] for index in range(len(points))]
