"""Check spreadsheet files: read, map, mend, type, and find every problem at its cell."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from xq_engine.facts import catalogue
from xq_engine.intake.batch import CheckedBatch, Note
from xq_engine.intake.cells import check_cells
from xq_engine.intake.errors import IntakeError
from xq_engine.intake.findings import Findings
from xq_engine.intake.guessing import guess_sheet
from xq_engine.intake.headers import Header, find_body, find_header
from xq_engine.intake.limits import DEFAULT_LIMITS, Limits
from xq_engine.intake.mapping import Mapping, SheetMapping
from xq_engine.intake.parts import Part, make_parts
from xq_engine.intake.places import Divisions
from xq_engine.intake.reading import TableReader
from xq_engine.intake.register import RegisterChecks
from xq_engine.intake.sheets import Sheet
from xq_engine.intake.tables import EntityTable, join_parts

_NO_DIVISIONS = Note(
    "PLACE.SKIPPED",
    "没有行政区划数据，未核对乡镇和村名。",
    "There is no division tree: names of townships and villages were not checked.",
)
_NO_HOUSEHOLDS = Note(
    "HOUSEHOLD.SKIPPED",
    "这批表里没有农户表或没有成员表，未做户与成员之间的核对。",
    "There are no household rows or no member rows: households and members were not held against each other.",
)
_ENTITIES = tuple(catalogue())


def check_files(
    paths: Sequence[Path],
    *,
    as_of: date,
    divisions: Divisions | None = None,
    mapping: Mapping | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
    folder: Path | None = None,
) -> CheckedBatch:
    """Check spreadsheet files together as one batch; nothing is written.

    Ages are as of `as_of`. `mapping` holds what was corrected or remembered; other sheets are guessed.
    Without `divisions` places are not checked, and a note says so. `progress` is told steps done and steps in
    all. A file that cannot be read is a refusal in the batch, not an exception. Cells lie in files in `folder` (by
    default the system's for temporary files) while they are handed over.
    """
    run = _Run(findings=Findings(), divisions=divisions, remembered=mapping or Mapping())
    with TableReader(limits, folder) as reader:
        for done, path in enumerate(paths):
            try:
                sheets = reader.read(path)
            except IntakeError as error:
                run.refusals.append(error)
                continue
            run.note_hidden(path.name, reader.hidden)
            for sheet in sheets:
                run.take(sheet)
            if progress:
                progress(done + 1, len(paths) + 1)
    batch = run.finish(list(paths), as_of)
    if progress:
        progress(len(paths) + 1, len(paths) + 1)
    return batch


class _Run:
    """What gathers while the files are read one after another."""

    def __init__(self, findings: Findings, divisions: Divisions | None, remembered: Mapping) -> None:
        self._findings, self._divisions, self._remembered = findings, divisions, remembered
        self._parts: dict[str, list[Part]] = {entity: [] for entity in _ENTITIES}
        self._refused: dict[str, list[npt.NDArray[np.bool_]]] = {entity: [] for entity in _ENTITIES}
        self._mapping = Mapping()
        self._notes: list[Note] = [] if divisions else [_NO_DIVISIONS]
        self.refusals: list[IntakeError] = []

    def take(self, sheet: Sheet) -> None:
        """Map, read and check the cells of a sheet."""
        header = find_header(sheet)
        mapping = self._remembered.find(guess_sheet(sheet, header))
        self._mapping.sheets.append(mapping)
        if not mapping.entity or header is None:
            self._leave_out(mapping)
            return
        body = find_body(sheet, Header(mapping.header_top, mapping.header_bottom, header.stacks))
        parts = make_parts(len(self._mapping.sheets), sheet, mapping, body)
        for part in parts:
            self._parts[part.entity].append(part)
            self._refused[part.entity].append(check_cells(part, self._findings, self._divisions))
        self._findings.add_totals(parts[-1], body.totals)

    def note_hidden(self, workbook: str, names: list[str]) -> None:
        """Say which sheets were passed over because they are hidden."""
        if names:
            zh, en = "、".join(names), ", ".join(names)
            self._notes.append(
                Note(
                    "SHEET.HIDDEN",
                    f"《{workbook}》里隐藏的工作表没有读：{zh}。要导入的话，请先取消隐藏再上传。",
                    f"{workbook}: hidden sheets were not read: {en}. To import them, unhide them and upload again.",
                )
            )

    def _leave_out(self, mapping: SheetMapping) -> None:
        place = f"{mapping.workbook} / {mapping.sheet}"
        self._notes.append(
            Note(
                "SHEET.UNKNOWN",
                f"{place}：没有认出表头，未导入。",
                f"{place}: no headings recognised; left out.",
            )
        )

    def finish(self, paths: list[Path], as_of: date) -> CheckedBatch:
        """Run the checks across rows and hand everything out."""
        tables: dict[str, EntityTable] = {
            entity: join_parts(entity, self._parts[entity], self._refused[entity]) for entity in _ENTITIES
        }
        register = RegisterChecks(tables, self._findings, as_of)
        register.run()
        if not register.has_both and (len(tables["household"].refused) or len(tables["person"].refused)):
            self._notes.append(_NO_HOUSEHOLDS)
        final = {name: table.final(table.refused) for name, table in tables.items() if name != "person"}
        return CheckedBatch(
            household=final["household"],
            person=tables["person"].final(register.refused_with_household()),
            unit=final["unit"],
            cadre=final["cadre"],
            problems=self._findings.problems(),
            repairs=self._findings.repairs(),
            mapping=self._mapping,
            paths=paths,
            as_of=as_of,
            notes=self._notes,
            refusals=self.refusals,
        )
