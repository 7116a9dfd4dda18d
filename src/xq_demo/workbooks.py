"""Writes the county's workbooks: one per township, one township as a wide sheet, then units and cadres."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from xq_demo.collecting import collect_new
from xq_demo.layout import CADRE, HOUSEHOLD, PERSON, UNIT, WIDE
from xq_demo.manifest import Manifest
from xq_demo.places import COUNTY_NAME
from xq_demo.records import Household, Row
from xq_demo.sheets import Workbook, write_csv


def write_workbooks(
    out: Path,
    manifest: Manifest,
    homes: list[Household],
    units: list[Row],
    cadres: list[Row],
    dialects: dict[str, int],
    *,
    wide: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Write all workbooks into ``out`` and fill the manifest; households must stand by township."""
    parts = [(name, list(group)) for name, group in groupby(homes, key=lambda home: home.township)]
    steps = len(parts) + 2
    for done, (township, group) in enumerate(parts, 1):
        name = f"农户信息_{township}.{'csv' if township == wide else 'xlsx'}"
        if township == wide:
            write_csv(out / name, manifest, WIDE, _wide_rows(group), dialect=dialects[township])
        else:
            _write_township(out / name, manifest, township, group, dialect=dialects[township])
        taken = [home for home in group if not home.row.refused]
        manifest.count(name, "households", len(taken))
        manifest.count(name, "persons", sum(not row.refused for home in taken for row in home.members))
        collect_new()
        if progress:
            progress(done, steps)
    _write_helpers(out / "帮扶单位.xlsx", manifest, "unit", units)
    if progress:
        progress(steps - 1, steps)
    _write_helpers(out / "帮扶干部.xlsx", manifest, "cadre", cadres)
    if progress:
        progress(steps, steps)


def _write_township(
    path: Path, manifest: Manifest, township: str, homes: list[Household], *, dialect: int
) -> None:
    book = Workbook(path, manifest, dialect=dialect)
    rows = (row for home in homes for row in (home.row, home.twin) if row is not None)
    title = "" if dialect == 2 else f"{COUNTY_NAME}{township}农户基本信息表（虚构数据）"
    by_village = (lambda row: row.text("village")) if dialect == 1 else None
    book.sheet(
        "农户信息",
        "household",
        HOUSEHOLD,
        rows,
        title=title,
        storeyed=dialect == 0,
        subtotal=by_village,
        total=dialect != 2,
    )
    people = (row for home in homes for row in (*home.members, *home.extra))
    book.sheet("家庭成员", "person", PERSON, people, title=title and f"{township}家庭成员信息表（虚构数据）")
    book.close()


def _wide_rows(homes: list[Household]) -> Iterator[Row]:
    """Member rows with the household's facts repeated; the household's problems count at its first row."""
    for home in homes:
        for index, member in enumerate(home.members):
            row = Row(
                home.row.facts | member.facts,
                home.row.raw | member.raw,
                list(member.problems),
                list(member.repairs),
            )
            if index == 0:
                row.problems += home.row.problems
                row.repairs += home.row.repairs
            yield row


def _write_helpers(path: Path, manifest: Manifest, entity: str, rows: list[Row]) -> None:
    book = Workbook(path, manifest, dialect=0)
    title = f"{COUNTY_NAME}{path.stem}情况表（虚构数据）"
    book.sheet(path.stem, entity, UNIT if entity == "unit" else CADRE, rows, title=title)
    book.close()
    manifest.count(path.name, f"{entity}s", sum(not row.refused for row in rows))
