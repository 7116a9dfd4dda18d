"""Dated values by region that policies ask for by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from xq_engine.lang import RegionValues
from xq_engine.lang.types import UNITS
from xq_engine.policy.model import SOURCE_STATUS, Words
from xq_engine.policy.yamlnodes import Node, read_yaml


@dataclass(frozen=True)
class ParameterValue:
    """One value for a region (prefix of the division code), from a day up to but not including another."""

    region: str
    valid_from: date
    valid_to: date | None
    value: int
    source: str
    status: str

    def is_valid(self, on: date) -> bool:
        """Tell whether the value holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Parameter:
    """A named value with its unit and its history."""

    name: str
    words: Words
    unit: str
    values: tuple[ParameterValue, ...]


@dataclass(frozen=True)
class Parameters:
    """All parameters by name."""

    by_name: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def units(self) -> dict[str, str]:
        """Unit of each parameter."""
        return {name: parameter.unit for name, parameter in self.by_name.items()}

    @cached_property
    def _known(self) -> dict[tuple[date, str], Mapping[str, int | None]]:
        return {}

    def on(self, day: date) -> dict[str, RegionValues]:
        """Give for each parameter the values of a day by region, the longest prefix first."""
        return {
            name: sorted(
                ((value.region, value.value) for value in parameter.values if value.is_valid(day)),
                key=lambda row: -len(row[0]),
            )
            for name, parameter in self.by_name.items()
        }

    def at(self, day: date, division_code: str) -> Mapping[str, int | None]:
        """Give the value of each parameter on a day at a place; None where none holds."""
        key = (day, division_code)
        if key not in self._known:
            self._known[key] = {
                name: next((value for region, value in rows if division_code.startswith(region)), None)
                for name, rows in self.on(day).items()
            }
        return self._known[key]


def load_parameters(path: Path) -> Parameters:
    """Read parameters.yaml.

    :raises RuleError: with file, line and column.
    """
    rows = read_yaml(path).mapping()
    return Parameters({name: _parameter(name, node) for name, node in rows.items()})


def _parameter(name: str, node: Node) -> Parameter:
    fields = node.fields(("zh", "en", "unit", "values"))
    values = [_value(item) for item in fields["values"].items()]
    for place, (value, _) in enumerate(values):
        for other, item in values[place + 1 :]:
            if other.region == value.region and _overlap(value, other):
                raise item.mistake(
                    "VALUES_OVERLAP",
                    f"{name} 在“{other.region}”有两个值同时有效",
                    f"two values of {name} hold at the same time in {other.region!r}",
                    "给前一个值写上 to",
                )
    unit = fields["unit"].text(empty=True)
    if unit not in UNITS:
        raise fields["unit"].mistake(
            "WORD", f"没有单位“{unit}”", f"there is no unit {unit}", f"可用：{'、'.join(UNITS)}"
        )
    words = Words(fields["zh"].text(), fields["en"].text())
    return Parameter(name, words, unit, tuple(value for value, _ in values))


def _overlap(one: ParameterValue, other: ParameterValue) -> bool:
    return (other.valid_to is None or one.valid_from < other.valid_to) and (
        one.valid_to is None or other.valid_from < one.valid_to
    )


def _value(node: Node) -> tuple[ParameterValue, Node]:
    fields = node.fields(("region", "from", "value", "source", "status"), ("to",))
    valid_from, valid_to = fields["from"].day(), fields["to"].optional_day() if "to" in fields else None
    if valid_to is not None and valid_to <= valid_from:
        raise fields["to"].mistake(
            "VALID", "to 要晚于 from", "`to` must be later than `from`", "to 是不再有效的第一天"
        )
    return ParameterValue(
        region=region_code(fields["region"]),
        valid_from=valid_from,
        valid_to=valid_to,
        value=fields["value"].integer(),
        source=fields["source"].text(),
        status=fields["status"].word_of(SOURCE_STATUS),
    ), node


def region_code(node: Node) -> str:
    """Read the prefix of a division code: 0, 2, 4, 6, 9 or 12 digits."""
    region = node.text(empty=True)
    if len(region) not in (0, 2, 4, 6, 9, 12) or (region and not (region.isascii() and region.isdigit())):
        raise node.mistake(
            "REGION",
            f"“{region}”不是区划代码的前缀",
            f"{region!r} is not the prefix of a division code",
            '全国 ""、省 "36"、市 "3607"、县 "360730"，要加引号',
        )
    return region
