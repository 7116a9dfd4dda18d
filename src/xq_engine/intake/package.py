"""Look through an .xlsx before any parser touches it: sizes, entities, macros, and what calamine forgets.

Every member is inflated once in small pieces and counted, so a file that lies about its sizes is refused with
bounded memory. On the way the sheets are searched for cells that hold a long *number*: whoever reads
everything as text can no longer tell 360730199001011200 typed as text from the number that Excel has
rounded to 15 digits.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from xq_engine.intake.errors import refusal
from xq_engine.intake.limits import MEBIBYTE, Limits

PIECE = 1 * MEBIBYTE
OVERLAP = 4096
# Whoever writes the workbook back makes an object of every merged cell.
MOST_MERGED_CELLS = 4_000_000
SMALL_MEMBER = 4 * MEBIBYTE

_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Spreadsheet programs write UTF-8; in another encoding the searches below would find nothing.
_ENCODED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)
# A number of at least 16 significant digits or written with an exponent that large, directly in <v>.
_LONG_NUMBER = re.compile(rb"v(?:\s[^<>]*)?>\s*(\d{16,25}(?:\.\d*)?|\d(?:\.\d+)?[eE]\+?(?:1[5-9]|2\d))\s*</")
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^<>]*)?>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TEXT_TYPE = re.compile(rb"\st\s*=\s*[\"'](?:s|str|inlineStr|b|e)[\"']")
_ROW = re.compile(rb"<row\s[^<>]{0,200}?\br\s*=\s*[\"'](\d{5,9})[\"']")
_MERGE = re.compile(rb"mergeCell\s+ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_FIRST_VALUE = re.compile(
    rb"<(?:\w+:)?c\s+r=[\"']([A-Z]{1,3})(\d{1,7})[\"'](?![^>]*t=[\"']e[\"'])[^>]*[^/]>(?:<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?<(?:\w+:)?(?:v|is)\s*>[^<]*(?:<(?:\w+:)?t[^>]*>)?[^<]"
)
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(slots=True)
class SheetFacts:
    """What the XML of a sheet says beyond its text; rows are 1-based, columns 0-based.

    `long_numbers` are the cells (row, column) that hold a number too long to be exact; `merges` are
    (top, left, bottom, right), inclusive, `merged_cells` the cells that they cover; `anchor` is the first cell with a value.
    """

    long_numbers: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    anchor: tuple[int, int] | None = None
    merged_cells: int = 0


@dataclass(slots=True)
class Package:
    """An inspected .xlsx: facts by sheet name, whether serial dates count from 1904."""

    sheets: dict[str, SheetFacts]
    date1904: bool = False


def column_number(letters: str) -> int:
    """Turn a column's letters into its 0-based number: A is 0.

    >>> column_number("AB")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Turn a 0-based column number into its letters.

    >>> column_letters(27)
    'AB'
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def inspect_package(path: Path, limits: Limits) -> Package:
    """Count, search and describe an .xlsx without parsing it.

    :raises IntakeError: FILE.BROKEN, FILE.BOMB, FILE.ENTITY, FILE.MACRO, FILE.TYPE, FILE.ENCRYPTED,
        FILE.TOO_MANY_SHEETS, FILE.TOO_MANY_ROWS, FILE.TOO_MANY_COLUMNS, FILE.TOO_MANY_MERGES.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_by_directory(archive, path, limits)
            return _inspect(archive, path, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError) as error:
        raise refusal("FILE.BROKEN", path.name) from error
    except (ElementTree.ParseError, RuntimeError, ValueError) as error:
        raise refusal("FILE.BROKEN", path.name) from error


def _refuse_by_directory(archive: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    """Refuse by what the archive says of itself; lies are found later by counting."""
    members = archive.infolist()
    names = {member.filename.lower() for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise refusal("FILE.ENCRYPTED", path.name)
    if len(members) > limits.members or len(names) < len(members):
        raise refusal("FILE.BOMB", path.name)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise refusal("FILE.MACRO", path.name)
    if "xl/workbook.xml" not in names:
        raise refusal("FILE.TYPE", path.name)
    declared = sum(member.file_size for member in members)
    if declared > limits.unpacked_bytes or declared > limits.ratio * max(path.stat().st_size, 64 * 1024):
        raise refusal("FILE.BOMB", path.name)


def _inspect(archive: zipfile.ZipFile, path: Path, limits: Limits) -> Package:
    allowance = min(limits.unpacked_bytes, limits.ratio * max(path.stat().st_size, 64 * 1024))
    names, date1904 = _sheet_members(archive, path, limits)
    found = {name: SheetFacts() for name in names}
    by_member = {member: found[name] for name, member in names.items()}
    for member in archive.infolist():
        facts = by_member.get(member.filename)
        with archive.open(member) as stream:
            for piece in _pieces(stream):
                allowance -= len(piece) - min(OVERLAP, len(piece))
                if allowance < 0:
                    raise refusal("FILE.BOMB", path.name)
                if not member.filename.startswith("xl/media/"):
                    _refuse_entities(piece, path)
                if facts is not None:
                    _note(piece, facts, path, limits)
    return Package(found, date1904)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Give the stream in pieces that overlap, so that what lies across a cut is still seen whole."""
    tail = b" " * OVERLAP
    while block := stream.read(PIECE):
        piece = tail + block
        yield piece
        tail = piece[-OVERLAP:]


def _note(piece: bytes, facts: SheetFacts, path: Path, limits: Limits) -> None:
    if facts.anchor is None and (first := _FIRST_VALUE.search(piece)):
        facts.anchor = (int(first[2]), column_number(first[1].decode()))
    _refuse_far_rows(piece, path, limits)
    for match in _LONG_NUMBER.finditer(piece):
        opened = _CELL.findall(piece, max(0, match.start() - 1024), match.start())
        if not opened or _TEXT_TYPE.search(opened[-1]):
            continue
        place = _REFERENCE.search(opened[-1])
        if place is None:
            # Rather no file than an ID number whose last digits Excel has made up.
            raise refusal("FILE.BROKEN", path.name, "单元格没有写明位置", "cells without their places")
        facts.long_numbers.add((int(place[2]), column_number(place[1].decode())))
    # Looked for only where there are any: the search costs as much as unpacking.
    for match in _MERGE.finditer(piece) if b"mergeCell" in piece else ():
        if match.end() <= OVERLAP:
            continue  # seen whole in the piece before
        left, top, right, bottom = match.groups()
        corner = (int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))
        facts.merges.append(corner)
        facts.merged_cells += (corner[2] - corner[0] + 1) * (corner[3] - corner[1] + 1)
        if len(facts.merges) > limits.merges:
            most = limits.merges
            raise refusal("FILE.TOO_MANY_MERGES", path.name, f"最多 {most} 处", f"at most {most}")
        if facts.merged_cells > MOST_MERGED_CELLS:
            raise refusal("FILE.BOMB", path.name, "合并单元格过大", "merged cells too large")


def _refuse_far_rows(piece: bytes, path: Path, limits: Limits) -> None:
    """Refuse rows beyond the limit by their own word; a cell that lies is left to the parser's bounded memory."""
    if any(int(row) > limits.rows for row in _ROW.findall(piece)):
        raise refusal(
            "FILE.TOO_MANY_ROWS", path.name, f"最多 {limits.rows} 行", f"at most {limits.rows} rows"
        )


def _sheet_members(archive: zipfile.ZipFile, path: Path, limits: Limits) -> tuple[dict[str, str], bool]:
    """Find which member holds which sheet; say whether dates count from 1904."""
    workbook = ElementTree.fromstring(_small(archive, "xl/workbook.xml", path))  # noqa: S314 - entities are refused in _small
    relations = ElementTree.fromstring(_small(archive, "xl/_rels/workbook.xml.rels", path))  # noqa: S314
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    names: dict[str, str] = {}
    date1904 = False
    for node in workbook.iter():
        tag = node.tag.rpartition("}")[2]
        if tag == "workbookPr":
            date1904 = node.get("date1904") in ("1", "true")
        if tag == "sheet":
            target = targets.get(node.get(f"{_RELATIONS}id"), "") or ""
            member = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            names[node.get("name", "")] = posixpath.normpath(member)
    if len(names) > limits.sheets:
        raise refusal(
            "FILE.TOO_MANY_SHEETS", path.name, f"最多 {limits.sheets} 张", f"at most {limits.sheets}"
        )
    return names, date1904


def _small(archive: zipfile.ZipFile, member: str, path: Path) -> bytes:
    with archive.open(member) as stream:
        data = stream.read(SMALL_MEMBER + 1)
    if len(data) > SMALL_MEMBER:
        raise refusal("FILE.BOMB", path.name)
    _refuse_entities(data, path)
    return data


def _refuse_entities(piece: bytes, path: Path) -> None:
    # A single byte is found thirty times as fast as a pattern, and most pieces lack both.
    if b"!" in piece and _ENTITY.search(piece):
        raise refusal("FILE.ENTITY", path.name)
    if b"?" in piece and _ENCODED.search(piece):
        raise refusal("FILE.BROKEN", path.name, "内部编码不是 UTF-8", "its parts are not in UTF-8")
