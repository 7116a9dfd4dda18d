"""Which column is which fact: guessed from the headings, corrected by the user, kept as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Self

WIDE = "wide"


@dataclass(slots=True)
class ColumnMapping:
    """One column: what it carries, how sure that is (0 to 1) and why; `fact` is "" for an ignored column."""

    letters: str
    heading: str
    entity: str = ""
    fact: str = ""
    unit: str = ""
    confidence: float = 0.0
    why: str = ""


@dataclass(slots=True)
class SheetMapping:
    """One sheet: its entity ("" for a sheet that is left out), its heading rows (1-based), its columns."""

    workbook: str
    sheet: str
    entity: str
    header_top: int
    header_bottom: int
    columns: list[ColumnMapping] = field(default_factory=list)

    def column(self, entity: str, fact: str) -> ColumnMapping | None:
        """Find the column that carries a fact."""
        return next((item for item in self.columns if item.entity == entity and item.fact == fact), None)

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """The signature by which a file of the same source is known again."""
        return tuple((item.letters, item.heading) for item in self.columns)

    @property
    def doubtful(self) -> list[ColumnMapping]:
        """List the mapped columns that a person should look at."""
        return [item for item in self.columns if item.fact and item.confidence < 0.8]


@dataclass(slots=True)
class Mapping:
    """The mapping of every sheet of some files; remembered per source as JSON."""

    sheets: list[SheetMapping] = field(default_factory=list)

    def __iter__(self) -> Iterator[SheetMapping]:
        return iter(self.sheets)

    def find(self, guess: SheetMapping) -> SheetMapping:
        """Give what is remembered for a sheet: of the same name with the same headings, or else the same headings."""
        same = [item for item in self.sheets if item.headings == guess.headings]
        for item in same:
            if (item.workbook, item.sheet) == (guess.workbook, guess.sheet):
                return item
        if not same:
            return guess
        kept = same[0]
        return SheetMapping(
            guess.workbook, guess.sheet, kept.entity, guess.header_top, guess.header_bottom, kept.columns
        )

    def to_json(self) -> str:
        """Write the mapping as JSON."""
        return json.dumps({"sheets": [asdict(sheet) for sheet in self.sheets]}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a mapping that `to_json` wrote."""
        rows: list[dict[str, Any]] = json.loads(text)["sheets"]
        return cls(
            [
                SheetMapping(**{**row, "columns": [ColumnMapping(**column) for column in row["columns"]]})
                for row in rows
            ]
        )
