"""The manifest: what the workbooks hold, which errors were planted where, and what must be repaired silently."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

RULES = (
    "A problem sits at (workbook, sheet, row, column); row is the spreadsheet's own, column is the letter.",
    "error: the row is not taken. A household row not taken takes its members along; nothing else is reported for them.",
    "HEAD.NONE: the household is not taken. HEAD.MANY: the member rows of the later heads are not taken.",
    "A member row not taken is left out of its household; household checks that involve it are not run.",
    "Wide sheet: household facts are repeated in each member row and are reported at the household's first row.",
    "counts: rows that load, that is, neither refused themselves nor members of a refused household.",
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One planted error at its cell."""

    workbook: str
    sheet: str
    row: int
    column: str
    code: str


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """Damage that a careful reader mends without asking: ``stored`` is in the cell, ``meant`` is meant."""

    workbook: str
    sheet: str
    row: int
    column: str
    kind: str
    stored: str
    meant: str


@dataclass(slots=True)
class SheetInfo:
    """A sheet: what a row of it is, where its head and its data lie, which fact each column holds."""

    workbook: str
    sheet: str
    entity: str
    encoding: str
    header_rows: list[int]
    first_row: int
    last_row: int
    columns: dict[str, str]


@dataclass(slots=True)
class Manifest:
    """Everything that a test needs to know about one generated county."""

    county_code: str
    county_name: str
    size: str
    seed: int
    as_of: str
    divisions: str
    counts: dict[str, int] = field(default_factory=dict)
    counts_by_workbook: dict[str, dict[str, int]] = field(default_factory=dict)
    sheets: list[SheetInfo] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    touched_households: int = 0

    @property
    def workbooks(self) -> list[str]:
        """The file names in the order in which a clerk would import them."""
        return list(dict.fromkeys(sheet.workbook for sheet in self.sheets))

    def count(self, workbook: str, noun: str, number: int) -> None:
        """Add to the rows of a kind that load, of one workbook and in all."""
        here = self.counts_by_workbook.setdefault(workbook, {})
        here[noun] = here.get(noun, 0) + number
        self.counts[noun] = self.counts.get(noun, 0) + number

    def write(self, path: Path) -> None:
        """Write the manifest as JSON, the same bytes for the same county."""
        self.problems.sort()
        self.repairs.sort()
        body = {"invented": True, "rules": RULES, "workbooks": self.workbooks, **asdict(self)}
        path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
