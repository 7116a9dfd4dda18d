"""Stations and masts from what rows turned out to be: columns for one insert each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiangqiao.coverage.models import ListBatch, ListedRow, Mast, Station
from xiangqiao.kernel.bulk import dashed
from xiangqiao.kernel.merge import Origin, insert_recorded
from xiangqiao.places.queries import children
from xq_engine.coverage.clusters import Resolved
from xq_engine.coverage.matching import TOWER


@dataclass(frozen=True)
class Built:
    """What was written: counts, and the origin digests of all rows."""

    stations: int
    masts: int
    digests: list[str]


def build(
    batch: ListBatch, rows: Sequence[ListedRow], present: Sequence[Station], resolved: Resolved
) -> Built:
    """Insert the masts and stations that are not there yet; tell each row which station it is."""
    codes = {place.name: place.code for place in children(batch.division_code)}
    origin = Origin(batch.public_id.hex)
    masts, mast_of = _masts(batch, rows, present, resolved, codes, origin)
    new: list[list[int]] = []
    for group in resolved.stations:
        known = next((present[n - len(rows)] for n in group if n >= len(rows)), None)
        if known is None:
            new.append(group)
        else:
            _tell(rows, group, str(known.public_id))
    states = [_station(rows, group, mast_of, batch, codes) for group in new]
    written = insert_recorded(
        Station, _columns(states), origin=origin, batch_rows=[rows[group[0]].row for group in new]
    )
    for group, key in zip(new, dashed(written.ids), strict=True):
        _tell(rows, group, key)
    return Built(len(new), len(masts.ids), [*masts.digests, *written.digests])


def _masts(
    batch: ListBatch, rows: Sequence[ListedRow], present: Sequence[Station], resolved: Resolved,
    codes: dict[str, str], origin: Origin,
) -> tuple[Any, dict[int, int]]:  # fmt: skip
    """Insert the masts of groups that stand on none yet; return what was written and the mast by position."""
    mast_of: dict[int, int] = {}
    new: list[list[int]] = []
    for group in resolved.sites:
        known = next((present[n - len(rows)].mast_id for n in group if n >= len(rows)), None)
        if known is None:
            new.append(group)
        else:
            mast_of |= dict.fromkeys(group, known)
    states = []
    for group in new:
        # The tower company's row is the best witness of a tower.
        best = next((rows[n] for n in group if rows[n].operator == TOWER), rows[group[0]])
        states.append(
            {
                "name": best.name, "division_code": codes.get(best.township, batch.division_code),
                "lon_e6": best.lon_e6, "lat_e6": best.lat_e6, "tower_no": best.tower_no,
            }
        )  # fmt: skip
    written = insert_recorded(
        Mast, _columns(states), origin=origin, batch_rows=[rows[group[0]].row for group in new]
    )
    for group, pk in zip(new, written.pks, strict=True):
        mast_of |= dict.fromkeys(group, pk)
    return written, mast_of


def _station(
    rows: Sequence[ListedRow],
    group: list[int],
    mast_of: dict[int, int],
    batch: ListBatch,
    codes: dict[str, str],
) -> dict[str, Any]:
    """Return a station as its first row states it, with the fullest of its numbers."""
    first = rows[group[0]]
    number = max((rows[n].station_no.removesuffix(".0") for n in group), key=len)
    return {
        "mast_id": mast_of[group[0]], "operator": first.operator, "technology": first.technology,
        "station_no": number[:40], "name": first.name, "lon_e6": first.lon_e6, "lat_e6": first.lat_e6,
        "division_code": codes.get(first.township, batch.division_code), "datum": first.file.datum,
        "source": first.file.name, "height_m": first.height_m,
    }  # fmt: skip


def _columns(states: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [state[name] for state in states] for name in states[0]} if states else {}


def _tell(rows: Sequence[ListedRow], group: list[int], station: str) -> None:
    for number in group:
        if number < len(rows):
            rows[number].station = UUID(station)
