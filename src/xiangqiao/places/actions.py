"""Loading the tree of divisions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, Recording, recording
from xiangqiao.places.models import County, Division, Level
from xiangqiao.places.queries import forget_divisions
from xiangqiao.places.romanise import romanised
from xiangqiao.places.sites import SiteRow as SiteRow
from xiangqiao.places.sites import add_sites as add_sites
from xiangqiao.places.sites import read_sites as read_sites
from xq_engine.divisions import PREFIXES, ancestors, prefix

# Words by which a column of a division file is known, and those by which it states a level.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "代码", "区划代码", "统计用区划代码", "village_code12"),
    "name": ("name", "名称", "区划名称", "village"),
    "name_en": ("name_en", "英文名称"),
    "kind": ("kind", "类型", "城乡分类"),
    "map_column": ("map_column", "col", "地图列"),
    "map_row": ("map_row", "row", "地图行"),
}
LEVELS = dict(zip(PREFIXES, Level, strict=True))
ATTRIBUTES = ("name", "name_en", "kind", "map_column", "map_row")


@dataclass(frozen=True)
class DivisionRow:
    """A division as a file states it; parent and level follow from the code."""

    code: str
    name: str
    name_en: str = ""
    kind: str = ""
    map_column: int | None = None
    map_row: int | None = None


def read_divisions(
    path: Path, *, county: tuple[str, str] | None = None, cells: Path | None = None
) -> list[DivisionRow]:
    """Read a division file: one row a division, or one row a village with its township beside it.

    `county` is (code, name) where the file has none; `cells` is a file of map cells by township
    (`township_code12, col, row`). Raises ActionError where a code is not of 12 digits or columns are missing.
    """
    found: dict[str, DivisionRow] = {}
    if county:
        found[county[0]] = DivisionRow(*county)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, record in enumerate(csv.DictReader(file), start=2):
            if township := record.get("township_code12"):
                found.setdefault(township, DivisionRow(_code(township, line), record["township"]))
            row = _row(record, line)
            found[row.code] = row
    if cells:
        with cells.open(encoding="utf-8-sig", newline="") as file:
            for record in csv.DictReader(file):
                if row_ := found.get(record["township_code12"]):
                    at = {"map_column": int(record["col"]), "map_row": int(record["row"])}
                    found[row_.code] = replace(row_, **at)  # type: ignore[arg-type]  # names and types stand above
    return sorted(found.values(), key=lambda row: row.code)


def load_divisions(*, act: Act, viewer: AnyViewer, rows: Iterable[DivisionRow]) -> dict[str, int]:
    """Load divisions: new ones are inserted, renamed ones changed, others left alone.

    Returns counts {"new", "changed", "unchanged"}. Idempotent: the same rows again change nothing.
    """
    viewer.demand(Can.MANAGE_SYSTEM)
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    present = {row.code: row for row in Division.objects.filter(valid_to__isnull=True)}
    with recording("places.divisions_loaded", act) as record:
        for row in rows:
            counts[_load(record, row, present.get(row.code))] += 1
        record.note(**counts)
    forget_divisions()
    return counts


def _load(record: Recording, row: DivisionRow, old: Division | None) -> str:
    values = {name: getattr(row, name) for name in ATTRIBUTES}
    if old is None:
        values["name_en"] = values["name_en"] or romanised(row.name)
        above = ancestors(row.code)
        level = LEVELS[len(prefix(row.code))]
        record.create(Division(code=row.code, level=level, parent_code=above[-1] if above else "", **values))
        return "new"
    # What the file does not state stays as it is.
    said = {name: value for name, value in values.items() if value not in ("", None)}
    return "changed" if record.change(old, **said) else "unchanged"


def _row(record: Mapping[str, str | None], line: int) -> DivisionRow:
    cells = {
        name: next((value.strip() for word in words if (value := record.get(word))), "")
        for name, words in COLUMNS.items()
    }
    if not cells["name"]:
        raise ActionError(
            "places.columns",
            _("区划文件第 %(line)s 行没有名称。文件要有“代码”和“名称”两列。") % {"line": line},
        )
    number = {name: int(cells[name]) if cells[name] else None for name in ("map_column", "map_row")}
    return DivisionRow(_code(cells["code"], line), cells["name"], cells["name_en"], cells["kind"], **number)


def _code(text: str, line: int) -> str:
    code = text.ljust(12, "0") if len(text) in PREFIXES else text
    if len(code) != 12 or not (code.isascii() and code.isdigit()):
        raise ActionError(
            "places.code",
            _("区划文件第 %(line)s 行的代码“%(code)s”不是 12 位数字。请在表格里把这一列设为文本。")
            % {"line": line, "code": text},
        )
    return code


def found_county(
    *, act: Act, viewer: AnyViewer, code: str, name: str, name_en: str = "", is_demo: bool
) -> County:
    """Name the one county of this deployment. Idempotent; raises ActionError where another county stands here."""
    viewer.demand(Can.MANAGE_SYSTEM)
    present = County.objects.first()
    if present is not None:
        if present.code != code:
            raise ActionError(
                "places.other_county",
                _("这里已经建了“%(name)s”。一个县一套部署：请换一个 XIANGQIAO_HOME。")
                % {"name": present.name},
            )
        return present
    with recording("places.county_founded", act, division_code=code) as record:
        county = County(code=code, name=name, name_en=name_en, is_demo=is_demo)
        record.create(county)
    return county
