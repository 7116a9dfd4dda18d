"""What is promised of files made to harm, to deceive or to be damaged: a refusal that says why, never wrong data."""

import re
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xq_engine.intake.checking import check_files
from xq_engine.intake.errors import IntakeError
from xq_engine.intake.limits import Limits
from xq_engine.intake.marking import mark_workbook
from xq_engine.intake.reading import open_table_file
from xq_engine.intake.sentences import problem_sentence
from xq_engine.intake.tests.files import Cell, rewritten, workbook

SHEET = "xl/worksheets/sheet1.xml"
HEADS = ["户编号", "姓名", "与户主关系", "证件号码"]
MORE = ["性别", "民族", "文化程度", "健康状况"]
ROWS: list[list[Cell]] = [["1", "张三", "户主", 360730199001011234], ["1", "李四", "配偶", "错"]]
AS_OF = date(2025, 12, 31)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return workbook(tmp_path / "plain.xlsx", [list(HEADS), *ROWS], sheet="成员")


def changed(plain: Path, pattern: bytes, new: bytes, member: str = SHEET) -> Path:
    with zipfile.ZipFile(plain) as archive:
        data = re.sub(pattern, new, archive.read(member))
    return rewritten(plain, plain.with_name(f"{plain.stem}_.xlsx"), {member: data})


@pytest.mark.parametrize(
    ("pattern", "new"),
    [(rb'"', b"'"), (rb"<c ", b"<c\n  "), (rb"<v>", b"<v >"), (rb"<(/?)(c|v)(?=[ >])", rb"<\1x:\2")],
)
def test_a_rounded_id_number_is_found_however_its_cell_is_written(
    plain: Path, pattern: bytes, new: bytes
) -> None:
    path = changed(plain, pattern, new)
    if b"x:" in new:
        path = changed(path, rb"<worksheet ", b'<worksheet xmlns:x="urn:x" ')
    (sheet,) = open_table_file(path)
    assert sheet.long_numbers == {(2, 3)}


def test_long_numbers_in_cells_without_a_place_are_refused(plain: Path) -> None:
    with pytest.raises(IntakeError, match="没有写明位置"):
        open_table_file(changed(plain, rb'<c r="[A-Z]+\d+"', b"<c"))


@pytest.mark.parametrize("encoding", ["UTF-7", "cp037", "utf-16"])
def test_parts_in_another_encoding_are_refused(plain: Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><worksheet'.encode()
    with pytest.raises(IntakeError, match="UTF-8"):
        open_table_file(changed(plain, rb"<worksheet", declared))


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (['1,"张三,户主,x', "1,李四,配偶,x", "1,王五,儿子,x"], 2),
        (["1,张三,户主,x", '1,"李四,配偶,x', "1,王五,儿子,x", '1,赵六",女儿,x'], 3),
    ],
)
def test_a_stray_quotation_mark_never_swallows_rows(tmp_path: Path, lines: list[str], row: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(HEADS), *lines]) + "\n", encoding="utf-8")
    with pytest.raises(IntakeError, match=f"第 {row} 行起引号不成对"):
        open_table_file(path)


def test_a_cell_of_several_lines_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEADS) + '\n1,"张三\n（曾用名, 张小三）\n5"" 管",户主,x\n', encoding="utf-8")
    (sheet,) = open_table_file(path)
    assert sheet.height == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_text_with_nul_characters_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,备注\n张\0三,x\n".encode(encoding))
    with pytest.raises(IntakeError) as caught:
        open_table_file(path)
    assert caught.value.code == "FILE.TYPE"


def marks(path: Path) -> dict[str, str]:
    """Check and mark a file; give the comments of its first sheet by cell."""
    batch = check_files([path], as_of=AS_OF)
    target = path.parent / "marked.xlsx"
    assert mark_workbook(batch, path, target)
    page = openpyxl.load_workbook(target).worksheets[0]
    return {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}


@pytest.mark.parametrize("name", ["坏[名]*.csv", "名" * 40 + ".csv", "'引'.csv", "问题清单.csv"])
def test_a_text_file_of_any_name_is_marked(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(",".join(HEADS) + "\n1,张\x01三,户主,错\n", encoding="utf-8")
    assert "D2" in marks(path)


def test_a_workbook_under_the_name_of_a_text_file_is_marked(plain: Path) -> None:
    assert {"D2", "D3"} <= set(marks(plain.rename(plain.with_name("a.csv"))))


@pytest.mark.parametrize(
    ("pattern", "new", "member"),
    [("成员".encode(), b"a/b", "xl/workbook.xml"), (rb"^", b"", "[Content_Types].xml")],
)
def test_a_workbook_that_only_one_reader_takes_is_marked_all_the_same(
    plain: Path, pattern: bytes, new: bytes, member: str
) -> None:
    path = changed(plain, pattern, new, member)
    if not new:
        path = rewritten(plain, plain.with_name("without.xlsx"), {member: None})
    assert {"D2", "D3"} <= set(marks(path))


def test_a_million_merges_are_refused_in_seconds(plain: Path) -> None:
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(2, 1_000_002))
    path = changed(plain, rb"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
    begun = time.monotonic()
    with pytest.raises(IntakeError) as caught:
        open_table_file(path)
    assert (caught.value.code, time.monotonic() - begun < 10) == ("FILE.TOO_MANY_MERGES", True)


def test_a_workbook_of_hidden_sheets_is_refused_and_a_hidden_sheet_beside_others_is_noted(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for name, state in (("成员", "visible"), ("旧表", "hidden"), ("底稿", "veryHidden")):
        page = book.create_sheet(name)
        page.append([*HEADS, *MORE])
        page.append(["1", "张三", "户主"])
        page.sheet_state = state
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    batch = check_files([tmp_path / "a.xlsx"], as_of=AS_OF)
    (note,) = [one for one in batch.notes if one.code == "SHEET.HIDDEN"]
    assert "旧表、底稿" in note.zh
    assert "旧表, 底稿" in note.en
    assert batch.person.num_rows == 1
    book["成员"].sheet_state = "hidden"
    book.create_sheet("空")
    book.save(tmp_path / "b.xlsx")
    assert [one.code for one in check_files([tmp_path / "b.xlsx"], as_of=AS_OF).refusals] == ["FILE.HIDDEN"]


@pytest.mark.parametrize("limits", [Limits(seconds=0.001), Limits(memory_bytes=1)])
def test_marking_that_outgrows_its_bounds_is_refused_and_harms_nobody_else(
    plain: Path, limits: Limits
) -> None:
    batch = check_files([plain], as_of=AS_OF)
    with pytest.raises(IntakeError, match="标注"):
        mark_workbook(batch, plain, plain.with_name("marked.xlsx"), limits=limits)
    assert not plain.with_name("marked.xlsx").exists()


def test_texts_too_long_for_the_register_are_told_at_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "成员.csv"
    long = "张" * 61
    path.write_text(
        ",".join([*HEADS, *MORE]) + f"\n1,{long},户主,\n{'1' * 31},李四,户主,\n1,{'王' * 60},配偶,\n",
        encoding="utf-8",
    )
    problems = check_files([path], as_of=AS_OF).problems.to_pylist()
    assert [
        (one["code"], f"{one['column']}{one['row']}")
        for one in problems
        if one["code"] in ("TEXT.TOO_LONG", "REQUIRED.MISSING")
    ] == [
        ("TEXT.TOO_LONG", "B2"),
        ("TEXT.TOO_LONG", "A3"),
    ]
    assert "60" in problem_sentence(problems[0], "zh").hint


def test_control_characters_are_taken_out_of_texts(tmp_path: Path) -> None:
    path = tmp_path / "成员.csv"
    path.write_text(",".join([*HEADS, *MORE]) + "\n1,张\x01三\x7f,户主,\n", encoding="utf-8")
    assert check_files([path], as_of=AS_OF).person["name"].to_pylist() == ["张三"]


def test_a_problem_under_a_merged_cell_is_marked_at_the_corner_that_is_shown(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [list(HEADS), ["1", "张三", "户主", "错"], [None, None, None, None]]
    path = workbook(tmp_path / "a.xlsx", rows, merges=["D2:D3", "B2:B3"])
    batch = check_files([path], as_of=AS_OF)
    assert batch.counts()
    assert "D2" in marks(path)
