"""Makes spreadsheets for tests."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

Cell = str | int | float | None


def workbook(
    path: Path, rows: Sequence[Sequence[Cell]], *, sheet: str = "表", merges: Sequence[str] = ()
) -> Path:
    """Write one sheet of cells."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merges:
        page.merge_cells(area)
    book.save(path)
    return path


def rewritten(source: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    """Copy an archive with some members replaced, added or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return target
