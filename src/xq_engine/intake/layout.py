"""Layouts: which sheets and columns a spreadsheet has; the national one, or the very one that was imported."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Self

from xq_engine.facts import catalogue
from xq_engine.intake.mapping import WIDE, Mapping

SHEET_NAMES: Dictionary[str, str] = {
    "household": "农户信息",
    "person": "家庭成员",
    "unit": "帮扶单位",
    "cadre": "帮扶干部",
}
STOREY = " / "
_NATIONAL_UNITS = {"fen": "元", "centimu": "亩", "metre": "米", "m2": "平方米", "months": "月"}


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column: heading (storeys parted by " / "), entity, fact ("" for a column that stays empty), unit of numbers."""

    heading: str
    entity: str
    fact: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LayoutSheet:
    """A sheet: its name, its entity (or "wide"), its columns from A on."""

    name: str
    entity: str
    columns: tuple[LayoutColumn, ...]

    @property
    def storeys(self) -> int:
        """Count the heading rows."""
        return max((column.heading.count(STOREY) + 1 for column in self.columns), default=1)


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of one workbook."""

    sheets: tuple[LayoutSheet, ...]

    @classmethod
    def national(cls) -> Self:
        """Give the layout with every fact under the catalogue's own name, money in yuan, land in mu."""
        return cls(
            tuple(LayoutSheet(SHEET_NAMES[entity], entity, tuple(_columns(entity))) for entity in SHEET_NAMES)
        )

    @classmethod
    def imported(cls, mapping: Mapping, workbook: str) -> Self:
        """Give the layout in which a workbook came in."""
        found = []
        for sheet in mapping:
            if sheet.workbook == workbook and sheet.entity:
                columns = tuple(
                    LayoutColumn(item.heading, item.entity, item.fact, item.unit) for item in sheet.columns
                )
                found.append(LayoutSheet(sheet.sheet, sheet.entity, columns))
        return cls(tuple(found))

    def only(self, *entities: str) -> Self:
        """Give the layout with the sheets of some entities only; a wide sheet is both household and person."""
        wanted = {*entities, WIDE} if {"household", "person"} & set(entities) else set(entities)
        return type(self)(tuple(sheet for sheet in self.sheets if sheet.entity in wanted))


def _columns(entity: str) -> list[LayoutColumn]:
    columns = []
    for name, spec in catalogue()[entity].base.items():
        unit = _NATIONAL_UNITS.get(spec.type, "")
        columns.append(LayoutColumn(f"{spec.zh}（{unit}）" if unit else spec.zh, entity, name, unit))
    return columns
