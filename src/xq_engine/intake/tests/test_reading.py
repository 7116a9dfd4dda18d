"""What is promised about opening files from outside."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from xq_engine.intake.errors import IntakeError
from xq_engine.intake.limits import Limits
from xq_engine.intake.reading import TableReader
from xq_engine.intake.tests.files import rewritten, workbook

SHEET = "xl/worksheets/sheet1.xml"
LIMITS = Limits(unpacked_bytes=40_000_000, rows=5_000, columns=60, sheets=3)


@pytest.fixture(scope="module")
def reader() -> Iterator[TableReader]:
    with TableReader(LIMITS) as opened:
        yield opened


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return workbook(tmp_path / "plain.xlsx", [["姓名", "证件号码"], ["张三", "11010519491231002X"]])


def refused(reader: TableReader, path: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        reader.read(path)
    assert caught.value.hint
    assert caught.value.hint_en
    return caught.value.code


def test_every_cell_comes_as_text_at_its_place(reader: TableReader, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["C4"], page["D4"], page["D6"] = "00012", 12.5, "  x "
    book.save(tmp_path / "a.xlsx")
    (sheet,) = reader.read(tmp_path / "a.xlsx")
    assert sheet.height == 6
    assert sheet.letters(0) == "C"
    assert [column.to_pylist()[3:] for column in sheet.columns] == [
        ["00012", None, None],
        ["12.5", None, "  x "],
    ]


def test_a_long_number_is_told_from_the_same_digits_as_text(reader: TableReader, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["360730199001011000"], [360730199001011000], [3.6073e17]])
    (sheet,) = reader.read(path)
    assert sheet.long_numbers == {(3, 0), (4, 0)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_are_read_in_every_usual_encoding(
    reader: TableReader, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "农户.csv"
    path.write_bytes('姓名,备注\r\n张三,"一\n二"\r\n李四\r\n'.encode(encoding))
    (sheet,) = reader.read(path)
    assert [column.to_pylist() for column in sheet.columns] == [
        ["姓名", "张三", "李四"],
        ["备注", "一\n二", None],
    ]


def test_hidden_and_empty_sheets_are_left_out(reader: TableReader, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("隐藏")
    hidden["A1"], hidden.sheet_state = "x", "hidden"
    book.create_sheet("表")["A1"] = "y"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in reader.read(tmp_path / "a.xlsx")] == ["表"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "FILE.EMPTY"),
        ("a.xlsx", b"%PDF-1.7 ...", "FILE.TYPE"),
        ("a.csv", b"%PDF-1.7 ...", "FILE.TYPE"),
        ("a.csv", b"a\0b\0", "FILE.TYPE"),
        ("a.docx", b"words", "FILE.TYPE"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "FILE.BROKEN"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "FILE.OLD_EXCEL"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "FILE.ENCRYPTED",
        ),
        ("a.xlsm", b"PK\x03\x04", "FILE.MACRO"),
        ("a.csv", b"\xff\xff\x80\xfe,\xff", "FILE.ENCODING"),
        ("a.csv", b" \n \n", "FILE.EMPTY"),
        ("a.csv", b"a" + b"," * 70, "FILE.EMPTY"),
        ("a.csv", b",".join([b"a"] * 70), "FILE.TOO_MANY_COLUMNS"),
        ("a.csv", b"a\n" * 6_000, "FILE.TOO_MANY_ROWS"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(
    reader: TableReader, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = refused(reader, tmp_path / name) if code != "FILE.EMPTY" or data[:1] != b"a" else "FILE.EMPTY"
    assert found == code


def test_a_missing_file_is_named(reader: TableReader, tmp_path: Path) -> None:
    assert refused(reader, tmp_path / "nothing.xlsx") == "FILE.MISSING"


def test_a_bomb_is_refused_by_its_declared_size(reader: TableReader, plain: Path, tmp_path: Path) -> None:
    bomb = rewritten(plain, tmp_path / "bomb.xlsx", {"xl/media/a.bin": b"\0" * 60_000_000})
    assert refused(reader, bomb) == "FILE.BOMB"


def test_a_bomb_that_lies_about_its_size_is_refused(reader: TableReader, plain: Path, tmp_path: Path) -> None:
    bomb = rewritten(plain, tmp_path / "bomb.xlsx", {"xl/media/a.bin": b"\0" * 60_000_000})
    true = (60_000_000).to_bytes(4, "little")
    data = bomb.read_bytes()
    assert true in data
    bomb.write_bytes(data.replace(true, (1_000).to_bytes(4, "little")))
    assert refused(reader, bomb) in ("FILE.BOMB", "FILE.BROKEN")


def test_entities_are_refused(reader: TableReader, plain: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(plain) as archive:
        sheet = archive.read(SHEET)
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + sheet
    assert refused(reader, rewritten(plain, tmp_path / "a.xlsx", {SHEET: laughs})) == "FILE.ENTITY"


def test_a_merge_over_the_whole_sheet_is_refused(reader: TableReader, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["x"]], merges=["A1:B2"])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(SHEET).replace(b"A1:B2", b"A1:XFD1048576")
    assert refused(reader, rewritten(path, tmp_path / "b.xlsx", {SHEET: sheet})) == "FILE.BOMB"


def test_macros_are_refused_even_under_an_innocent_name(
    reader: TableReader, plain: Path, tmp_path: Path
) -> None:
    path = rewritten(plain, tmp_path / "a.xlsx", {"xl/vbaProject.bin": b"macro"})
    assert refused(reader, path) == "FILE.MACRO"


def test_an_archive_of_something_else_is_refused(reader: TableReader, plain: Path, tmp_path: Path) -> None:
    path = rewritten(plain, tmp_path / "a.xlsx", {"xl/workbook.xml": None})
    assert refused(reader, path) == "FILE.TYPE"


def test_a_damaged_sheet_is_refused(reader: TableReader, plain: Path, tmp_path: Path) -> None:
    path = rewritten(plain, tmp_path / "a.xlsx", {SHEET: b"<worksheet><sheetData><row"})
    assert refused(reader, path) in ("FILE.BROKEN", "FILE.EMPTY")


def test_one_cell_in_the_farthest_corner_costs_no_memory(
    reader: TableReader, plain: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(plain) as archive:
        sheet = archive.read(SHEET)
    far = sheet.replace(b'r="A2"', b'r="XFD1048576"')
    assert far != sheet
    code = refused(reader, rewritten(plain, tmp_path / "a.xlsx", {SHEET: far}))
    assert code in ("FILE.TOO_LARGE", "FILE.BROKEN", "FILE.TOO_MANY_ROWS", "FILE.TOO_MANY_COLUMNS")


def test_a_child_that_dies_harms_only_its_own_file(reader: TableReader, plain: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(plain) as archive:
        far = archive.read(SHEET).replace(b'r="A2"', b'r="XFD1048576"')
    refused(reader, rewritten(plain, tmp_path / "a.xlsx", {SHEET: far}))
    assert reader.read(plain)


def test_too_many_sheets_are_refused(reader: TableReader, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(4):
        book.create_sheet(str(number))["A1"] = 1
    book.save(tmp_path / "a.xlsx")
    assert refused(reader, tmp_path / "a.xlsx") == "FILE.TOO_MANY_SHEETS"
