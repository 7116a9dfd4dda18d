"""Arrow tables in and out: what a snapshot holds and what a cluster or a report reads."""

from typing import Any

import pyarrow as pa

from xq_engine.pairing.costs import CostParts
from xq_engine.pairing.problem import Cadre, Coordinates, Household, PairingError, UnitOrder
from xq_engine.pairing.result import PairingResult

_KEYS = pa.list_(pa.string())
HOUSEHOLD_SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("village_code", pa.string(), nullable=False),
        pa.field("needs", _KEYS),
        pa.field("language", pa.string()),
        pa.field("excluded_cadres", _KEYS),
        pa.field("current_cadre", pa.string()),
        pa.field("longitude", pa.float64()),
        pa.field("latitude", pa.float64()),
    ]
)
CADRE_SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("unit_key", pa.string(), nullable=False),
        pa.field("skill", pa.string()),
        pa.field("home_village_code", pa.string()),
        pa.field("speaks_hakka", pa.bool_()),
        pa.field("capacity", pa.int64(), nullable=False),
        pa.field("role", pa.string()),
        pa.field("team_village_code", pa.string()),
        pa.field("longitude", pa.float64()),
        pa.field("latitude", pa.float64()),
    ]
)
ORDER_SCHEMA = pa.schema(
    [pa.field("unit_key", pa.string(), nullable=False), pa.field("village_code", pa.string(), nullable=False)]
)


def read_households(table: pa.Table) -> list[Household]:
    """Read households from a table with the columns of `HOUSEHOLD_SCHEMA`.

    :raises PairingError: a column is missing.
    """
    columns = _columns(table, HOUSEHOLD_SCHEMA, "户")
    # Few distinct sets of needs exist: one frozenset for each saves time and memory.
    wanted: dict[tuple[str, ...], frozenset[str]] = {}
    nobody: frozenset[str] = frozenset()
    rows = []
    for key, village, needs, language, excluded, current, longitude, latitude in zip(*columns, strict=True):
        codes = tuple(needs or ())
        needed = wanted.setdefault(codes, frozenset(codes))
        relatives = frozenset(excluded) if excluded else nobody
        rows.append(
            Household(key, village, needed, language, relatives, current, _place(longitude, latitude))
        )
    return rows


def read_cadres(table: pa.Table) -> list[Cadre]:
    """Read cadres from a table with the columns of `CADRE_SCHEMA`.

    :raises PairingError: a column is missing.
    """
    return [
        Cadre(key, unit, skill or "NONE", home, hakka, capacity, role or "HELPER", team, _place(x, y))
        for key, unit, skill, home, hakka, capacity, role, team, x, y in zip(
            *_columns(table, CADRE_SCHEMA, "干部"), strict=True
        )
    ]


def read_orders(table: pa.Table) -> list[UnitOrder]:
    """Read orders from a table with the columns of `ORDER_SCHEMA`.

    :raises PairingError: a column is missing.
    """
    return [
        UnitOrder(unit, village) for unit, village in zip(*_columns(table, ORDER_SCHEMA, "单位"), strict=True)
    ]


def household_table(households: list[Household]) -> pa.Table:
    """Return the households as a table."""
    columns: list[list[Any]] = [
        [row.key for row in households],
        [row.village_code for row in households],
        [sorted(row.needs) for row in households],
        [row.language for row in households],
        [sorted(row.excluded_cadres) for row in households],
        [row.current_cadre for row in households],
        *_degrees([row.coordinates for row in households]),
    ]
    return pa.Table.from_arrays(_arrays(columns, HOUSEHOLD_SCHEMA), schema=HOUSEHOLD_SCHEMA)


def cadre_table(cadres: list[Cadre]) -> pa.Table:
    """Return the cadres as a table."""
    columns: list[list[Any]] = [[getattr(row, name) for row in cadres] for name in CADRE_SCHEMA.names[:-2]]
    columns += _degrees([row.coordinates for row in cadres])
    return pa.Table.from_arrays(_arrays(columns, CADRE_SCHEMA), schema=CADRE_SCHEMA)


def order_table(orders: list[UnitOrder]) -> pa.Table:
    """Return the orders as a table."""
    columns: list[list[Any]] = [[row.unit_key for row in orders], [row.village_code for row in orders]]
    return pa.Table.from_arrays(_arrays(columns, ORDER_SCHEMA), schema=ORDER_SCHEMA)


def pair_table(result: PairingResult) -> pa.Table:
    """Return one row a household: its cadre and the parts of the cost, or why it has none. Unit: points."""
    pairs = result.assignments
    gap = [None] * len(result.unpaired)
    columns: dict[str, list[Any]] = {
        "household": [row.household for row in pairs] + [row.household for row in result.unpaired],
        "cadre": [row.cadre for row in pairs] + gap,
    }
    parts = list(zip(*(row.parts for row in pairs), strict=True)) or [()] * len(CostParts._fields)
    for name, values in zip(CostParts._fields, parts, strict=True):
        columns[name] = [*values, *gap]
    columns["why_unpaired"] = [None] * len(pairs) + [str(row.why) for row in result.unpaired]
    types = [pa.string(), pa.string(), *[pa.int64()] * len(CostParts._fields), pa.string()]
    schema = pa.schema(list(zip(columns, types, strict=True)))
    return pa.table(columns, schema=schema)


def _columns(table: pa.Table, schema: pa.Schema, rows: str) -> list[list[Any]]:
    missing = [name for name in schema.names if name not in table.column_names]
    if missing:
        raise PairingError(
            "TABLE.COLUMN",
            zh=f"{rows}表缺少列 {'、'.join(missing)}，请补上（没有值可以留空）",
            en=f"the table ({rows}) lacks the columns {', '.join(missing)}: add them (values may be empty)",
        )
    return [table.column(name).to_pylist() for name in schema.names]


def _arrays(columns: list[list[Any]], schema: pa.Schema) -> list[pa.Array]:
    return [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]


def _place(longitude: float | None, latitude: float | None) -> Coordinates | None:
    return None if longitude is None or latitude is None else (longitude, latitude)


def _degrees(places: list[Coordinates | None]) -> list[list[Any]]:
    return [[place and place[0] for place in places], [place and place[1] for place in places]]
