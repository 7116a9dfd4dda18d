"""The dry run: rows read by their columns, and compared with each other and with what the register has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from xiangqiao.coverage.models import ListBatch, ListedRow, ListFile, Pair, Station
from xq_engine.coverage.listing import Box, read_row
from xq_engine.coverage.matching import TOWER, Node, Verdict, compare

# What may be a place of the county: a generous frame around it, WGS-84. A county elsewhere sets its own.
COUNTY_BOX: Box = (115.5, 26.0, 116.5, 27.3)
_NOTED = (Verdict.SAME, Verdict.DOUBTFUL)


def read_rows(batch: ListBatch, box: Box = COUNTY_BOX) -> dict[str, Any]:
    """Read every file of a batch anew; return counts of rows, good ones and problems by code."""
    problems: Counter[str] = Counter()
    rows = good = 0
    for file in batch.files.all():
        file.listed.all().delete()
        found = _listed(file, box)
        ListedRow.objects.bulk_create(found, batch_size=500)
        rows += len(found)
        good += sum(one.is_good for one in found)
        problems.update(problem["code"] for one in found for problem in one.problems)
    return {"rows": rows, "good": good, "problems": dict(problems)}


def _listed(file: ListFile, box: Box) -> list[ListedRow]:
    found = []
    for number, cells in enumerate(file.rows, start=file.first_row):
        one = read_row(cells, number, file.columns, operator=file.operator, datum=file.datum, box=box)  # type: ignore[arg-type]  # of the choices
        if one is None:
            continue
        lon = None if one.lon is None else round(one.lon * 1e6)
        lat = None if one.lat is None else round(one.lat * 1e6)
        problems = [{"code": p.code, "column": p.column, "text": p.text} for p in one.problems]
        found.append(
            ListedRow(
                file=file, row=number, operator=file.operator, station_no=one.station_no[:60], name=one.name[:80],
                township=one.township[:60], technology=one.technology, lon_e6=lon, lat_e6=lat,
                height_m=one.height_m, tower_no=one.tower_no[:40], problems=problems, is_good=one.is_good,
            )
        )  # fmt: skip
    return found


def good_rows(batch: ListBatch) -> list[ListedRow]:
    """Return the rows that can be taken, in the order of files and rows."""
    found = ListedRow.objects.filter(file__batch=batch, is_good=True).select_related("file")
    return list(found.order_by("file_id", "row"))


def nodes_of(rows: Sequence[ListedRow], stations: Sequence[Station]) -> list[Node]:
    """Return rows and then stations of the register as matching looks at them."""
    found = [_node(one, one.tower_no) for one in rows]
    return found + [_node(one, one.mast.tower_no) for one in stations]


def _node(one: ListedRow | Station, tower_no: str) -> Node:
    lon, lat = (one.lon_e6 or 0) / 1e6, (one.lat_e6 or 0) / 1e6
    return Node(str(one.pk), one.operator, one.technology, one.station_no, one.name, lon, lat, tower_no)


def present_stations() -> list[Station]:
    """Return the stations of the register that stand, with their masts."""
    return list(Station.objects.filter(retired_on__isnull=True).select_related("mast").order_by("id"))


def compare_batch(batch: ListBatch) -> dict[str, int]:
    """Compare the rows of a batch; keep each pair that is the same or doubtful. Returns counts by verdict."""
    rows, stations = good_rows(batch), present_stations()
    found = compare(nodes_of(rows, stations))
    pairs = []
    for one in found:
        if one.verdict not in _NOTED or one.left >= len(rows):
            continue
        other = rows[one.right] if one.right < len(rows) else None
        pairs.append(
            Pair(
                batch=batch, left=rows[one.left], right=other,
                right_station=None if other else stations[one.right - len(rows)].public_id,
                verdict=one.verdict, reasons=[[r.code, r.value] for r in one.reasons], distance_m=one.distance_m,
            )
        )  # fmt: skip
    Pair.objects.bulk_create(pairs, batch_size=500)
    towers = sum(one.operator == TOWER for one in rows)
    return {
        "same": sum(one.verdict == Verdict.SAME for one in pairs),
        "doubtful": sum(one.verdict == Verdict.DOUBTFUL for one in pairs),
        "towers": towers,
    }
