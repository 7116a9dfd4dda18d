"""What is promised about whole checks: problems by cell, no follow-on problems, notes about what was not checked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.checking import check_files
from xq_engine.intake.places import Divisions
from xq_engine.intake.tests.files import Cell, workbook

AS_OF = date(2025, 12, 31)
TREE = Divisions.from_codes([("360730101000", "梅江镇"), ("360730101201", "甲村")])
HOUSEHOLD: list[Cell] = ["户编号", "乡镇", "行政村", "户主姓名", "主要致贫原因", "低保金", "五保金"]
PERSON: list[Cell] = ["户编号", "姓名", "性别", "与户主关系", "证件号码", "健康状况"]
HEAD, WIFE = "11010519491231002X", "110105195012310047"


def check(
    folder: Path, households: list[list[Cell]], persons: list[list[Cell]], **options: Any
) -> CheckedBatch:
    paths = []
    for name, rows in (("户.xlsx", [HOUSEHOLD, *households]), ("人.xlsx", [PERSON, *persons])):
        if len(rows) > 1:
            paths.append(workbook(folder / name, rows))
    return check_files(paths, as_of=AS_OF, **options)


def found(batch: CheckedBatch) -> set[tuple[str, str]]:
    return {(f"{row['column']}{row['row']}", row["code"]) for row in batch.problems.to_pylist()}


HOME: list[Cell] = ["1", "梅江镇", "甲村委会", "张三", None, None, None]
MAN: list[Cell] = ["1", "张三", "女", "户主", HEAD, "健康"]


def test_a_sound_household_has_no_problem(tmp_path: Path) -> None:
    batch = check(tmp_path, [HOME], [MAN], divisions=TREE)
    assert found(batch) == set()
    assert batch.notes == []
    assert batch.person["birth_on"].to_pylist() == [date(1949, 12, 31)]
    assert batch.accepted("household").num_rows == 1


def test_problems_stand_at_their_cells_and_numbers_are_masked(tmp_path: Path) -> None:
    persons: list[list[Cell]] = [
        MAN,
        ["1", "李四", "男", "配偶", HEAD[:17] + "1", "一般"],
        ["1", None, "男", "之子", None, "健康"],
    ]
    batch = check(tmp_path, [["1", "梅江镇", "乙村", "张三", "因赌", "-1", "x"]], persons, divisions=TREE)
    assert found(batch) == {
        ("C2", "PLACE.UNKNOWN"),
        ("E2", "CODE.UNKNOWN"),
        ("F2", "NUMBER.NEGATIVE"),
        ("G2", "NUMBER.INVALID"),
        ("E3", "ID.CHECKSUM"),
        ("F3", "CODE.UNKNOWN"),
        ("B4", "REQUIRED.MISSING"),
    }
    (value,) = (row["value"] for row in batch.problems.to_pylist() if row["code"] == "ID.CHECKSUM")
    assert value == "1101******0021"
    assert not any(batch.person["_accepted"].to_pylist())


def test_a_refused_household_makes_no_orphans_and_a_refused_member_no_headless_house(tmp_path: Path) -> None:
    homes: list[list[Cell]] = [HOME, ["2", "梅江镇", None, "李四", None, None, None]]
    persons: list[list[Cell]] = [
        ["1", "张三", "女", "户主", "123", "健康"],
        ["2", "李四", "女", "户主", WIFE[:17] + "0", None],
    ]
    codes = {code for _, code in found(check(tmp_path, homes, persons))}
    assert codes <= {"REQUIRED.MISSING", "ID.LENGTH", "ID.CHECKSUM"}


def test_heads_orphans_and_duplicates_are_found_across_rows(tmp_path: Path) -> None:
    homes: list[list[Cell]] = [HOME, HOME, ["2", "梅江镇", "甲村", "李四", None, None, None]]
    persons: list[list[Cell]] = [
        MAN,
        ["1", "王五", "男", "户主", None, "健康"],
        ["9", "赵六", "女", "户主", HEAD, "健康"],
    ]
    assert found(check(tmp_path, homes, persons, divisions=TREE)) == {
        ("A3", "ROW.DUPLICATE"),
        ("A4", "HEAD.NONE"),
        ("D3", "HEAD.MANY"),
        ("E4", "ID.DUPLICATE"),
        ("A4", "ROW.ORPHAN"),
    }


def test_unknown_facts_make_no_problem(tmp_path: Path) -> None:
    home: list[Cell] = ["1", "梅江镇", "甲村", "张三", "因病", "100", "200"]
    person: list[Cell] = ["1", "张三", "女", "户主", HEAD, None]
    assert found(check(tmp_path, [home], [person])) == {("G2", "DIBAO.AND_WUBAO")}
    assert ("E2", "CAUSE.ILLNESS") in found(check(tmp_path, [home], [MAN]))


@pytest.mark.parametrize(("homes", "persons"), [([HOME], []), ([], [MAN])])
def test_what_could_not_be_checked_is_said(
    tmp_path: Path, homes: list[list[Cell]], persons: list[list[Cell]]
) -> None:
    batch = check(tmp_path, homes, persons)
    assert {note.code for note in batch.notes} == {"PLACE.SKIPPED", "HOUSEHOLD.SKIPPED"}
    assert found(batch) == set()


def test_a_file_that_cannot_be_read_is_a_refusal_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK broken")
    good = workbook(tmp_path / "户.xlsx", [HOUSEHOLD, HOME])
    seen: list[tuple[int, int]] = []
    batch = check_files([tmp_path / "坏.xlsx", good], as_of=AS_OF, progress=lambda *step: seen.append(step))
    assert [error.code for error in batch.refusals] == ["FILE.BROKEN"]
    assert batch.household.num_rows == 1
    assert seen[-1] == (3, 3)


def test_a_missing_required_column_is_said_once_at_the_headings(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["户编号", "户主姓名", "主要致贫原因"],
        ["1", "张三", "因病"],
        ["2", "李四", "因病"],
    ]
    batch = check_files([workbook(tmp_path / "a.xlsx", rows)], as_of=AS_OF)
    assert found(batch) == {("A1", "REQUIRED.MISSING")}
    assert batch.accepted("household").num_rows == 0


def test_a_wide_sheet_with_merged_household_cells_is_read_whole(tmp_path: Path) -> None:
    heads: list[Cell] = [*HOUSEHOLD, "识别标准", *PERSON[1:]]
    home: list[Cell] = [*HOME[:4], "因病", None, None, "国家标准"]
    rows: list[list[Cell]] = [heads, [*home, *MAN[1:]], [*[None] * 8, "李四", "男", "配偶", None, "患有大病"]]
    path = workbook(tmp_path / "a.xlsx", rows, merges=[f"{letter}2:{letter}3" for letter in "ABCDEFGH"])
    batch = check_files([path], as_of=AS_OF, divisions=TREE)
    assert found(batch) == set()
    assert batch.household["household_no"].to_pylist() == ["1"]
    assert batch.person["household_no"].to_pylist() == ["1", "1"]


def test_no_file_at_all_gives_an_empty_batch() -> None:
    batch = check_files([], as_of=AS_OF)
    assert batch.problems.num_rows == batch.household.num_rows == 0
    assert not batch.has_errors()
