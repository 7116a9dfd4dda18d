"""Parse a file into sheets: what kind it is, the workbook's cells, the text file's records."""

import csv
import io
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from xq_engine.intake.errors import IntakeError, refusal
from xq_engine.intake.limits import Limits
from xq_engine.intake.package import SheetFacts, inspect_package
from xq_engine.intake.sheets import Sheet

# In a table of fewer columns a note of several lines with commas could pass for rows.
LEAST_SWALLOWED = 4
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"<?xml",
    b"<html",
    b"<!DOCTYPE",
)


def parse_file(path: Path, limits: Limits) -> list[Sheet]:
    """Parse an .xlsx or .csv file in this process, hidden sheets by name only; `open_table_file` does so in a guarded child.

    :raises IntakeError: the file is refused.
    """
    if not path.is_file():
        raise refusal("FILE.MISSING", path.name)
    size = path.stat().st_size
    if size == 0:
        raise refusal("FILE.EMPTY", path.name)
    if size > limits.file_bytes:
        most = limits.file_bytes // 1_000_000
        raise refusal("FILE.TOO_LARGE", path.name, f"最大 {most} MB", f"at most {most} MB")
    sheets = _parse(path, limits)
    if all(sheet.hidden for sheet in sheets):
        raise refusal("FILE.HIDDEN" if sheets else "FILE.EMPTY", path.name)
    return sheets


def _parse(path: Path, limits: Limits) -> list[Sheet]:
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(_OLE):
        # Excel encrypts by wrapping the archive into an OLE container with this stream.
        hidden = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise refusal("FILE.ENCRYPTED" if hidden else "FILE.OLD_EXCEL", path.name)
    suffix = path.suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xlam"):
        raise refusal("FILE.MACRO", path.name)
    if start.startswith(b"PK"):
        return _parse_workbook(path, limits)
    if suffix == ".xlsx":
        raise refusal("FILE.TYPE" if start.lstrip().startswith(_FOREIGN) else "FILE.BROKEN", path.name)
    if suffix not in (".csv", ".txt", ".tsv") or start.lstrip().startswith(_FOREIGN):
        raise refusal("FILE.TYPE", path.name)
    return _parse_text(path, limits)


def _parse_workbook(path: Path, limits: Limits) -> list[Sheet]:
    package = inspect_package(path, limits)
    try:
        return [
            sheet
            for sheet in _read_sheets(path, package.sheets)
            if sheet.hidden or _settle(sheet, path, package.date1904, limits)
        ]
    except fastexcel.FastExcelError as error:
        raise refusal("FILE.BROKEN", path.name) from error


def _read_sheets(path: Path, facts: dict[str, SheetFacts]) -> list[Sheet]:
    book = fastexcel.read_excel(path)
    found = []
    for name in book.sheet_names:
        if name not in facts:
            continue
        loaded = book.load_sheet(
            name, header_row=None, skip_rows=0, dtypes="string", skip_whitespace_tail_rows=True
        )
        if loaded.visible != "visible" and loaded.width:
            found.append(Sheet(path.name, name, columns=[], hidden=True))
        if loaded.visible != "visible" or not loaded.width:
            continue
        batch = loaded.to_arrow()
        known = facts[name]
        found.append(
            Sheet(
                workbook=path.name,
                name=name,
                columns=list(batch.columns),
                first_column=_first_column(batch, known.anchor),
                long_numbers=known.long_numbers,
                merges=known.merges,
            )
        )
    return found


def _first_column(batch: pa.RecordBatch, anchor: tuple[int, int] | None) -> int:
    """Find where the reader's first column lies: it begins at the leftmost used one, without saying which."""
    if anchor is None or not 0 < anchor[0] <= batch.num_rows:
        return 0
    row = [column[anchor[0] - 1].as_py() for column in batch.columns]
    position = next((number for number, value in enumerate(row) if value is not None), 0)
    return max(anchor[1] - position, 0)


def _settle(sheet: Sheet, path: Path, date1904: bool, limits: Limits) -> bool:  # noqa: FBT001 - a fact of the file
    """Cut empty columns at the right; refuse what is too large; say whether any cell is left."""
    sheet.date1904 = date1904
    while sheet.columns and sheet.columns[-1].null_count == len(sheet.columns[-1]):
        sheet.columns.pop()
    if len(sheet.columns) > limits.columns:
        raise refusal(
            "FILE.TOO_MANY_COLUMNS", path.name, f"最多 {limits.columns} 列", f"at most {limits.columns}"
        )
    if sheet.height > limits.rows:
        raise refusal(
            "FILE.TOO_MANY_ROWS", path.name, f"最多 {limits.rows} 行", f"at most {limits.rows} rows"
        )
    return bool(sheet.columns)


def _parse_text(path: Path, limits: Limits) -> list[Sheet]:
    text = _decode(path.read_bytes(), path)
    delimiter = max(",\t;", key=text[:8192].count)
    if not text.strip():
        raise refusal("FILE.EMPTY", path.name)
    _refuse_open_quote(text, delimiter, path)
    sheet = Sheet(workbook=path.name, name=path.stem, columns=_records(text, delimiter, path, limits))
    _refuse_swallowed_rows(sheet, delimiter, path)
    return [sheet] if _settle(sheet, path, False, limits) else []  # noqa: FBT003


def _refuse_open_quote(text: str, delimiter: str, path: Path) -> None:
    """Refuse a quotation mark that is never closed: everything after it would be one cell."""
    if text.count('"') % 2 == 0:
        return
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for _ in rows:
            line = rows.line_num
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise _unbalanced(path, line + 1) from error


def _refuse_swallowed_rows(sheet: Sheet, delimiter: str, path: Path) -> None:
    """Refuse a cell that holds whole rows: two stray quotation marks make one cell of all that is between them."""
    width = len(sheet.columns)
    if width < LEAST_SWALLOWED:
        return
    for column in sheet.columns:
        several = pc.fill_null(pc.match_substring(column, "\n"), fill_value=False)
        for row, cell in zip(pc.indices_nonzero(several).to_pylist(), column.filter(several), strict=True):
            if any(line.count(delimiter) >= width - 1 for line in cell.as_py().split("\n")[1:-1]):
                raise _unbalanced(path, row + 1)


def _unbalanced(path: Path, row: int) -> IntakeError:
    return refusal(
        "FILE.BROKEN",
        path.name,
        f"第 {row} 行起引号不成对",
        f"quotation marks do not match from row {row} on",
    )


def _decode(data: bytes, path: Path) -> str:
    """Decode UTF-8 (with or without mark), UTF-16 with mark (Excel's Unicode text) or GB18030."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise refusal("FILE.TYPE", path.name)
        return text
    raise refusal("FILE.ENCODING", path.name)


def _records(text: str, delimiter: str, path: Path, limits: Limits) -> list[pa.Array]:
    types = {f"f{number}": pa.string() for number in range(limits.columns + 1)}
    try:
        table = pa_csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=pa_csv.ReadOptions(autogenerate_column_names=True, use_threads=False),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=types,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return _ragged(text, delimiter, path, limits)
    columns = table.combine_chunks().columns
    return [pc.cast(column.chunk(0), pa.string()) for column in columns if column.num_chunks]


def _ragged(text: str, delimiter: str, path: Path, limits: Limits) -> list[pa.Array]:
    """Read records of unequal length, the missing cells empty."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise refusal("FILE.BROKEN", path.name) from error
    width = max(map(len, rows), default=0)
    if width > limits.columns:
        raise refusal("FILE.TOO_MANY_COLUMNS", path.name)
    return [
        pa.array([(row[number] or None) if number < len(row) else None for row in rows], pa.string())
        for number in range(width)
    ]
