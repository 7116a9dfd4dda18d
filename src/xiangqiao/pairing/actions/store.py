"""Units, cadres and orders as a spreadsheet brings them: set-based, as part of the import's transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from xiangqiao.kernel import bulk
from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.merge import (
    Inserted,
    Origin,
    Present,
    insert_recorded,
    present_rows,
    split,
    take,
    write_differences,
)
from xiangqiao.kernel.models import Recorded
from xiangqiao.kernel.record import Act, recording
from xiangqiao.pairing.actions.numbers import Numbers, plain_column, said
from xiangqiao.pairing.models import Cadre, Unit, UnitOrder
from xiangqiao.pairing.rules import places_of

if TYPE_CHECKING:
    import pyarrow as pa

FindVillage = Callable[[str | None, str | None], str]
_CADRE = ("name", "sex", "position", "role", "political", "education", "skill", "speaks_hakka")
_UNIT = {"unit_level": "level", "contact_name": "contact_name"}


@dataclass
class Stored:
    """What came of a batch: origin digests of new rows, rows for the log, counts."""

    digests: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def inserted(self, what: str, done: Inserted) -> None:
        """Count new rows and keep their digests."""
        self.digests += done.digests
        self.counts[what] = self.counts.get(what, 0) + len(done.ids)


def store_units_and_cadres(
    *, act: Act, batch: UUID, division_code: str, unit: pa.Table, cadre: pa.Table, village_code: FindVillage
) -> Stored:
    """Bring units (known by name), cadres (known by ID number) and the orders they tell of into the register.

    Returns the origin digests of new rows, for the batch's Merkle root. The same tables again change nothing. A cadre
    without a unit is not stored: nobody could be ordered anywhere with him; the event counts such rows.
    """
    stored = Stored()
    origin = Origin(batch.hex)
    with recording(
        "pairing.units_and_cadres_read", replace(act, key=None), division_code=division_code, batch=batch
    ) as record:
        units = _units(stored, origin, unit, cadre)
        _cadres(stored, origin, cadre, units, village_code)
        _orders(stored, origin, unit, cadre, units, village_code)
        stored.counts["changed"] = len(stored.changes)
        record.note(counts=stored.counts)
    bulk.insert_changes(record.event, stored.changes)
    return stored


def _units(stored: Stored, origin: Origin, unit: pa.Table, cadre: pa.Table) -> dict[str, int]:
    """Insert and change units; return their primary keys by name. Of several rows of a unit the first said counts."""
    named = plain_column(unit, "unit_name")
    names = list(dict.fromkeys(name for name in (*named, *plain_column(cadre, "unit_name")) if name))
    first_row: dict[str, int] = {}
    for name, row in (*_with_rows(unit, named), *_with_rows(cadre, plain_column(cadre, "unit_name"))):
        first_row.setdefault(name, row)
    columns: dict[str, Sequence[Any]] = {"name": names}
    for fact, attribute in _UNIT.items():
        columns[attribute] = said(named, plain_column(unit, fact), names)
    phones = Numbers.of_values(
        "phone", "contact_phone", Unit, said(named, plain_column(unit, "contact_phone"), names)
    )
    attributes = (*columns, *phones.attributes)
    present = present_rows(Unit, "name", names, attributes)
    known = _write(
        stored, "units", Unit, origin, names, columns, present, [phones], [first_row[n] for n in names]
    )
    return dict(zip(names, known, strict=True))


def _cadres(
    stored: Stored, origin: Origin, table: pa.Table, units: Mapping[str, int], village_code: FindVillage
) -> None:
    everyone = Numbers.of_table("id_number", Cadre, table)
    names, unit_names = plain_column(table, "name"), plain_column(table, "unit_name")
    by_key: dict[Hashable, int] = {}
    for place, (name, unit) in enumerate(zip(names, unit_names, strict=True)):
        if name and unit:
            by_key.setdefault(everyone.hashes[place] or (units[unit], name), place)
    places = list(by_key.values())
    stored.counts["cadres_not_stored"] = len(names) - len(places)
    rows = plain_column(table, "_row")
    phones = Numbers.of_table("phone", Cadre, table).at(places)
    ids = everyone.at(places)
    columns: dict[str, Sequence[Any]] = {
        attribute: [values[p] for p in places]
        for attribute, values in ((a, plain_column(table, a)) for a in _CADRE)
    }
    columns["unit_id"] = [units[unit_names[p]] for p in places]
    columns["capacity"] = [places_of(value) for value in (plain_column(table, "capacity")[p] for p in places)]
    for attribute, prefix in (("home_division_code", "home"), ("team_division_code", "helps")):
        towns, villages = (plain_column(table, f"{prefix}_{level}") for level in ("township", "village"))
        columns[attribute] = [village_code(towns[p], villages[p]) if villages[p] else "" for p in places]
    attributes = (*columns, *ids.attributes, *phones.attributes)
    present = present_rows(
        Cadre, "id_number_hash", [one for one in ids.hashes if one], attributes, left_on=None
    )
    present |= _without_number(by_key, attributes)
    fill = {"capacity": Cadre._meta.get_field("capacity").get_default(), "role": "HELPER"}
    _write(
        stored,
        "cadres",
        Cadre,
        origin,
        list(by_key),
        columns,
        present,
        [ids, phones],
        [rows[p] for p in places],
        fill,
    )


def _without_number(keys: Mapping[Hashable, int], attributes: tuple[str, ...]) -> dict[Hashable, Present]:
    """Cadres without an ID number are known by unit and name."""
    wanted = [key[1] for key in keys if isinstance(key, tuple)]
    if not wanted:
        return {}
    unit, name = attributes.index("unit_id"), attributes.index("name")
    return present_rows(
        Cadre,
        "name",
        wanted,
        attributes,
        key=lambda state: (state[unit], state[name]),
        id_number_hash="",
        left_on=None,
    )


def _orders(
    stored: Stored,
    origin: Origin,
    unit: pa.Table,
    cadre: pa.Table,
    units: Mapping[str, int],
    village_code: FindVillage,
) -> None:
    """A unit row names the village it helps; a cadre posted to a village's team tells that the unit helps it too."""
    rows: dict[tuple[int, str], int] = {}
    for table in (unit, cadre):
        columns = [
            plain_column(table, name) for name in ("unit_name", "helps_township", "helps_village", "_row")
        ]
        for name, town, village, row in zip(*columns, strict=True):
            code = village_code(town, village) if name and village else ""
            if code:
                rows.setdefault((units[name], code), row)
    keys = list(rows)
    present = present_rows(
        UnitOrder,
        "unit_id",
        sorted({key[0] for key in keys}),
        ("unit_id", "division_code"),
        key=tuple,
        valid_to=None,
    )
    new = [key for key in keys if key not in present]
    wanted: dict[str, Sequence[Any]] = {
        "unit_id": [key[0] for key in new],
        "division_code": [key[1] for key in new],
    }
    done = insert_recorded(UnitOrder, wanted, origin=origin, batch_rows=[rows[key] for key in new])
    stored.inserted("orders", done)


def _write(
    stored: Stored,
    what: str,
    model: type[Recorded],
    origin: Origin,
    keys: Sequence[Hashable],
    columns: dict[str, Sequence[Any]],
    present: Mapping[Hashable, Present],
    numbers: Sequence[Numbers],
    rows: Sequence[int],
    fill: Mapping[str, Any] | None = None,
) -> list[int]:
    """Insert what is new and change what differs; return the primary keys in the order of `keys`."""
    parts = split(keys, columns, present)
    ids = new_ids(len(parts.new))
    chosen = {name: list(values) for name, values in take(columns, parts.new).items()}
    for name, value in (fill or {}).items():
        chosen[name] = [value if one is None or one == "" else one for one in chosen[name]]
    extra: dict[str, Sequence[Any]] = {}
    for one in numbers:
        chosen |= one.recorded(parts.new)
        extra |= one.sealed(parts.new, ids)
    done = insert_recorded(
        model, chosen, origin=origin, batch_rows=[rows[p] for p in parts.new], ids=ids, extra=extra
    )
    stored.inserted(what, done)
    stored.changes += write_differences(model, parts.differences)
    for one in numbers:
        stored.changes += one.change(parts.known)
    pks = dict(zip(parts.new, done.pks, strict=True))
    return [pks[place] if place in pks else parts.known[place].pk for place in range(len(keys))]


def _with_rows(table: pa.Table, names: Sequence[str | None]) -> list[tuple[str, int]]:
    return [(name, row) for name, row in zip(names, plain_column(table, "_row"), strict=True) if name]
