"""One row of an operator's list, read: what it says of a station, and the problems at their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xq_engine.coverage.coordinates import read_place
from xq_engine.coverage.datum import Datum, to_wgs84
from xq_engine.coverage.words import number_form, technology_of
from xq_engine.intake.package import column_letters

# (west, south, east, north) in WGS-84 degrees: what may be a place of the county.
Box = tuple[float, float, float, float]
# Problems with which a row is not taken; the others are told and the row is taken.
BLOCKING = frozenset(
    {"PLACE.MISSING", "PLACE.UNREADABLE", "PLACE.OUTSIDE", "NAME.MISSING", "TECHNOLOGY.UNKNOWN"}
)

_TOTALS = ("合计", "总计", "小计")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something wrong, or mended, at a cell; `text` is what stands there."""

    code: str
    column: str
    text: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the row cannot be taken with it."""
        return self.code in BLOCKING


@dataclass(slots=True)
class ListedStation:
    """A station as a row of a list states it; the place in WGS-84 degrees, None where it does not read."""

    row: int
    operator: str
    station_no: str = ""
    name: str = ""
    township: str = ""
    technology: str = ""
    lon: float | None = None
    lat: float | None = None
    height_m: int | None = None
    tower_no: str = ""
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether the row can be taken."""
        return not any(one.blocks for one in self.problems)


def read_row(
    cells: Sequence[str | None],
    row: int,
    columns: Mapping[str, int],
    *,
    operator: str,
    datum: Datum,
    box: Box,
) -> ListedStation | None:
    """Read one row below the headings; None where it is blank or a line of totals.

    `columns` are positions by fact (see `map_columns`); `row` is the spreadsheet's row; `box` bounds the county.
    """
    said = {fact: (cells[at] or "").strip() if at < len(cells) else "" for fact, at in columns.items()}
    if not any(said.values()) or any((cell or "").replace(" ", "") in _TOTALS for cell in cells):
        return None
    found = ListedStation(
        row, operator, said.get("station_no", ""), said.get("name", ""), said.get("township", "")
    )
    _Reading(found, said, columns).all(datum, box)
    return found


@dataclass(frozen=True)
class _Reading:
    found: ListedStation
    said: Mapping[str, str]
    columns: Mapping[str, int]

    def all(self, datum: Datum, box: Box) -> None:
        found, said = self.found, self.said
        if not found.name:
            self._problem("NAME.MISSING", "name")
        number = said.get("station_no", "")
        if number and (number.endswith(".0") or (number.isdigit() and 4 <= len(number) < 6)):
            self._problem("NUMBER.ZEROS", "station_no")
        found.tower_no = number_form(
            said.get("tower_no", "") or (number if found.operator == "TOWER" else "")
        )
        self._technology()
        self._place(datum, box)
        height = said.get("height", "").rstrip("米mM ")
        if height.replace(".", "", 1).isdigit() and 0 < float(height) <= 300:
            found.height_m = round(float(height))
        elif height:
            self._problem("HEIGHT.UNREADABLE", "height")

    def _technology(self) -> None:
        if self.found.operator == "TOWER":
            return
        self.found.technology = technology_of(self.said.get("technology", "") or self.found.name)
        if not self.found.technology:
            self._problem("TECHNOLOGY.UNKNOWN", "technology")

    def _place(self, datum: Datum, box: Box) -> None:
        column = "place" if "place" in self.columns and not self.said.get("lon") else "lon"
        located = read_place(self.said.get(column, ""), self.said.get("lat", "") if column == "lon" else "")
        for repair in located.repairs:
            self._problem(f"PLACE.{repair}", column)
        if located.lon is None or located.lat is None:
            self._problem(located.problem, column)
            return
        lon, lat = to_wgs84(located.lon, located.lat, datum)
        if not (box[0] <= lon <= box[2] and box[1] <= lat <= box[3]):
            self._problem("PLACE.OUTSIDE", column)
            return
        self.found.lon, self.found.lat = round(lon, 6), round(lat, 6)

    def _problem(self, code: str, fact: str) -> None:
        at = self.columns.get(fact)
        letters = column_letters(at) if at is not None else ""
        self.found.problems.append(CellProblem(code, letters, self.said.get(fact, "")[:80]))
