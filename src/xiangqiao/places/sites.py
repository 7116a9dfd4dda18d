"""Places with a name below the village: reading their list, taking them in, finding them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.places.models import GivenDatum, Site, SiteKind
from xq_engine.coverage.datum import to_wgs84

COLUMNS = {
    "name": "名称", "kind": "类别", "division_code": "行政区划代码", "lon": "经度", "lat": "纬度", "datum": "坐标系",
    "households": "户数", "source": "来源",
}  # fmt: skip


@dataclass(frozen=True)
class SiteRow:
    """A site as it is given: degrees in the datum named, and where they come from."""

    name: str
    kind: str
    division_code: str
    lon: float
    lat: float
    datum: str
    source: str
    households: int | None = None
    valid_from: date | None = None


def read_sites(path: Path) -> list[SiteRow]:
    """Read a CSV list of sites with the headings of `COLUMNS`. Raises ActionError naming line and column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_row(record, line) for line, record in enumerate(csv.DictReader(file), start=2)]


def _row(record: dict[str, str | None], line: int) -> SiteRow:
    said = {name: (record.get(heading) or "").strip() for name, heading in COLUMNS.items()}
    kinds = {str(label): code for code, label in SiteKind.choices}
    try:
        return SiteRow(
            name=said["name"],
            kind=kinds.get(said["kind"], said["kind"]),
            division_code=said["division_code"],
            lon=float(said["lon"]),
            lat=float(said["lat"]),
            datum=said["datum"],
            source=said["source"],
            households=int(said["households"]) if said["households"] else None,
        )
    except ValueError:
        raise ActionError(
            "places.site_number",
            _("点位表第 %(line)s 行的经度、纬度或户数不是数字。请改成如 116.015 这样的数。") % {"line": line},
        ) from None


def add_sites(*, act: Act, viewer: AnyViewer, rows: Iterable[SiteRow]) -> dict[str, int]:
    """Take in sites; one that is there by village, kind and name is changed where it differs. One transaction.

    Returns counts {"new", "changed", "unchanged"}. Raises NotAllowed without the post there, ActionError on a row without
    a datum, a source, or a kind that is known.
    """
    given = list(rows)
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    viewer.demand(Can.MANAGE_COVERAGE)
    for division in {row.division_code for row in given}:
        viewer.demand(Can.MANAGE_COVERAGE, division)
    now = Site.objects.filter(valid_to__isnull=True)
    present = {(one.division_code, one.kind, one.name): one for one in now}
    with recording("places.sites_added", act) as record:
        for row in given:
            values = _values(row)
            old = present.get((row.division_code, row.kind, row.name))
            if old is None:
                present[row.division_code, row.kind, row.name] = site = Site(**values)
                record.create(site)
                counts["new"] += 1
            else:
                counts["changed" if record.change(old, **values) else "unchanged"] += 1
        record.note(**counts)
    return counts


def _values(row: SiteRow) -> dict[str, Any]:
    if row.datum not in GivenDatum.values:
        raise ActionError(
            "places.datum",
            _("“%(name)s”没有写坐标系。请写明 WGS84、GCJ02（高德、腾讯）或 BD09（百度），差几百米。")
            % {"name": row.name},
            field="datum",
        )
    if row.kind not in SiteKind.values or not row.name or not row.source:
        raise ActionError(
            "places.site",
            _("“%(name)s”缺少名称、类别或来源，或类别不认识。") % {"name": row.name},
            field="kind",
        )
    lon, lat = to_wgs84(row.lon, row.lat, row.datum)  # type: ignore[arg-type]  # checked above
    return {
        "name": row.name, "kind": row.kind, "division_code": row.division_code, "lon_e6": round(lon * 1e6),
        "lat_e6": round(lat * 1e6), "datum": row.datum, "source": row.source, "households": row.households,
        "valid_from": row.valid_from,
    }  # fmt: skip
