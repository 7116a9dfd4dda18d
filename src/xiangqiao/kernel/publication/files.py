"""Attachments opened for the scanner: every text in them, also what is hidden. Pure; reads bytes, writes nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from xiangqiao.kernel.publication.pdf import PdfFault, pdf_texts
from xiangqiao.kernel.publication.pictures import picture_texts

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
_DEPTH = 2
_PICTURES = ("jpg", "jpeg", "png", "webp")
_OFFICE = ("xlsx", "docx", "pptx", "xlsm")
_PLAIN = ("csv", "txt")
ACCEPTED = (*_PLAIN, *_OFFICE, "pdf", *_PICTURES)


@dataclass(frozen=True)
class Attachment:
    """A file that is to be shown beside a list."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The kind of file by its name, in small letters."""
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""


@dataclass(frozen=True)
class Part:
    """A text found in a file: where it stands, its cells where it is a row of a table, the head over each cell."""

    place: str
    text: str
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


class Unreadable(Exception):
    """A file that cannot be looked into; `code` says why: kind, size, broken, locked, scan."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parts(file: Attachment, *, depth: int = 0) -> Iterator[Part]:
    """Yield the name and every text of a file. Raises Unreadable where something in it cannot be looked into."""
    yield Part("file name", file.name.rsplit(".", 1)[0])
    if len(file.data) > MAX_BYTES:
        raise Unreadable("size")
    if file.suffix in _PLAIN:
        yield from _plain(file)
    elif file.suffix in _OFFICE:
        yield from _office(file, depth)
    elif file.suffix == "pdf":
        try:
            yield from (Part(place, text) for place, text in pdf_texts(file.data))
        except PdfFault as fault:
            raise Unreadable(fault.code) from fault
    elif file.suffix in _PICTURES:
        try:
            yield from (Part(place, text) for place, text in picture_texts(file.data))
        except (OSError, ValueError, SyntaxError) as fault:
            raise Unreadable("broken") from fault
    else:
        raise Unreadable("kind")


def decoded(data: bytes) -> str:
    """Return the text of bytes as spreadsheets in China write it: UTF-8, UTF-16 with its mark, else GB 18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _plain(file: Attachment) -> Iterator[Part]:
    text = decoded(file.data)
    if file.suffix == "txt":
        yield Part("text", text)
        return
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    yield from _table("", csv.reader(io.StringIO(text), dialect))


def _table(sheet: str, rows: Iterator[list[str]] | list[list[str]]) -> Iterator[Part]:
    heads: tuple[str, ...] = ()
    for number, row in enumerate(rows, start=1):
        cells = tuple(row)
        if not any(cells):
            continue
        if not heads and sum(bool(cell) and not any(c.isdigit() for c in cell) for cell in cells) > 1:
            heads = cells
        yield Part(f"{sheet} {number}".strip(), "\n".join(cells), cells, heads)


def _office(file: Attachment, depth: int) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Unreadable("size")
            for entry in entries:
                yield from _entry(entry.filename, packed.read(entry), depth)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise Unreadable("broken") from fault
    if file.suffix in ("xlsx", "xlsm"):
        yield from _sheets(file.data)


def _entry(name: str, data: bytes, depth: int) -> Iterator[Part]:
    """Yield the texts of one file inside an office file; embedded files are opened in their turn."""
    suffix = name.rsplit(".", 1)[-1].lower()
    if suffix in ("xml", "rels", "vml", "txt"):
        # Cells of sheets are read as tables; all the rest here, also comments, headers, text boxes, properties.
        if not re.match(r"xl/worksheets/sheet\d+\.xml", name):
            yield Part(name, _text_of_xml(name, data))
    elif suffix in ACCEPTED:
        if depth >= _DEPTH:
            raise Unreadable("kind")
        for part in parts(Attachment(name.rsplit("/", 1)[-1], data), depth=depth + 1):
            yield Part(f"{name}: {part.place}", part.text, part.cells, part.heads)
    elif (
        suffix in ("doc", "xls", "ppt", "zip", "bin", "rar", "7z", "html", "htm")
        and "printerSettings" not in name
    ):
        raise Unreadable("kind")


# In documents and slides text runs on until its paragraph ends; elsewhere every tag ends it but those of a rich cell.
_FLOWING = re.compile(r"</?(?:\w+:)?(?:p|tr|comment|br|cr|txbxContent)(?:\s[^>]*)?/?>")
_STANDING = re.compile(
    r"<(?!/?(?:\w+:)?(?:r|t|rPr|sz|color|rFont|family|charset|scheme|b|i|u|vertAlign|strike)[\s/>])[^>]*>"
)
_TAB = re.compile(r"<(?:\w+:)?tab/>|</(?:\w+:)?tc>")
_DRAWN = re.compile(r"(?:alt|title|descr|name|Target)=\"([^\"]*)\"")


def _text_of_xml(name: str, data: bytes) -> str:
    """Return the text of an office XML part: runs of a paragraph joined, paragraphs on lines of their own."""
    xml = decoded(data)
    said = "\n".join(_DRAWN.findall(xml))
    ends = _FLOWING if name.startswith(("word/", "ppt/")) else _STANDING
    xml = ends.sub("\n\n\n\n", _TAB.sub("\t", xml))
    return re.sub(r"<[^>]*>", "", xml) + "\n\n\n\n" + said


def _sheets(data: bytes) -> Iterator[Part]:
    """Yield the rows of every sheet of a workbook, hidden ones too."""
    # Loads slowly: only when a workbook is published.
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield Part(f"{sheet.title}: title", sheet.title)
            # Some writers state the size of a sheet wrongly, to hide what lies beyond.
            sheet.reset_dimensions()
            rows = ([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True))
            yield from _table(sheet.title, rows)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as fault:
        raise Unreadable("broken") from fault


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
