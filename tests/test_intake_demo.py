"""The demo county's planted errors are found, every one at its cell and nothing else; marked workbooks show them."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xq_demo import Manifest, generate
from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.checking import check_files
from xq_engine.intake.marking import mark_workbook
from xq_engine.intake.places import Divisions

Place = tuple[str, str, int, str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    return generate(folder, size="small")


@pytest.fixture(scope="module")
def batch(folder: Path, manifest: Manifest) -> CheckedBatch:
    return check_files(
        [folder / name for name in manifest.workbooks],
        as_of=date.fromisoformat(manifest.as_of),
        divisions=Divisions.read(folder / manifest.divisions),
    )


def places(batch: CheckedBatch) -> list[Place]:
    columns = ("workbook", "sheet", "row", "column", "code")
    return list(zip(*(batch.problems[name].to_pylist() for name in columns), strict=True))


def test_problems_equal_what_was_planted(batch: CheckedBatch, manifest: Manifest) -> None:
    planted = {(p.workbook, p.sheet, p.row, p.column, p.code) for p in manifest.problems}
    assert set(places(batch)) == planted
    assert len(places(batch)) == len(planted)


def test_rows_that_load_are_as_many_as_are_sound(batch: CheckedBatch, manifest: Manifest) -> None:
    loaded = {f"{name}s": batch.accepted(name).num_rows for name in ("household", "person", "unit", "cadre")}
    assert loaded == manifest.counts


def test_planted_damage_is_mended_and_recorded(batch: CheckedBatch, manifest: Manifest) -> None:
    mended = {
        tuple(row[name] for name in ("workbook", "sheet", "row", "column"))
        for row in batch.repairs.to_pylist()
    }
    assert {(r.workbook, r.sheet, r.row, r.column) for r in manifest.repairs} <= mended


def test_the_original_comes_back_with_a_comment_at_every_problem(
    batch: CheckedBatch, folder: Path, tmp_path: Path
) -> None:
    name = next(place[0] for place in places(batch) if place[0].endswith(".xlsx"))
    assert mark_workbook(batch, folder / name, tmp_path / "marked.xlsx", language="en")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    commented = {
        (sheet.title, cell.row, cell.coordinate.rstrip("0123456789"))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert commented == {place[1:4] for place in places(batch) if place[0] == name}
    assert "Problems" in book.sheetnames
    original = openpyxl.load_workbook(folder / name)
    assert list(book["农户信息"].values) == list(original["农户信息"].values)


def test_a_text_file_comes_back_as_a_workbook(batch: CheckedBatch, folder: Path, tmp_path: Path) -> None:
    name = next(place[0] for place in places(batch) if place[0].endswith(".csv"))
    assert mark_workbook(batch, folder / name, tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    with (folder / name).open(encoding="gb18030", newline="") as stream:
        rows = [[cell or None for cell in row] for row in csv.reader(stream)]
    assert [list(row) for row in book.worksheets[0].values] == rows
    assert "问题清单" in book.sheetnames


def test_of_a_large_file_only_the_bad_rows_come_back(
    batch: CheckedBatch, folder: Path, tmp_path: Path
) -> None:
    name = next(place[0] for place in places(batch) if place[0].endswith(".xlsx"))
    assert not mark_workbook(batch, folder / name, tmp_path / "bad.xlsx", most_rows=10)
    book = openpyxl.load_workbook(tmp_path / "bad.xlsx")
    mine = [place for place in places(batch) if place[0] == name]
    shown = {
        (sheet.title, row[0])
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=2, values_only=True)
        if row[1]
    }
    assert shown == {(place[1], place[2]) for place in mine}
