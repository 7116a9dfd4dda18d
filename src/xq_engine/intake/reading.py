"""Open a spreadsheet file from outside as sheets of text, in a child process with bounded memory."""

import json
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from xq_engine.intake.errors import IntakeError, refusal
from xq_engine.intake.guard import child_environment
from xq_engine.intake.limits import DEFAULT_LIMITS, Limits
from xq_engine.intake.sheets import Sheet


class TableReader:
    """Reads files one after another in one child process; use it as a context manager.

    A file that makes the child die, run out of memory or out of time is refused, and the next file gets a
    fresh child, so a hostile file harms only itself. What the child reads lies in `folder` (the system's for
    temporary files where none is given) until it is mapped. `hidden` names the hidden sheets of the file read last.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, folder: Path | None = None) -> None:
        self._limits = limits
        self._folder = folder
        self.hidden: list[str] = []
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, path: Path) -> list[Sheet]:
        """Read every visible sheet of an .xlsx or .csv file that has any cell.

        :raises IntakeError: the file is refused; code, sentence and hint say why and what to do.
        """
        with tempfile.TemporaryDirectory(prefix="xq-intake-", dir=self._folder) as place:
            answer = self._ask({"path": str(path), "place": place})
            if answer is None:
                raise refusal(
                    "FILE.TOO_LARGE", path.name, "读取时超出内存或时间上限", "out of memory or time"
                )
            if "error" in answer:
                raise IntakeError(**answer["error"])
            self.hidden = [row["name"] for row in answer["sheets"] if row["hidden"]]
            return [_sheet(path.name, row) for row in answer["sheets"] if not row["hidden"]]

    def _ask(self, question: dict[str, str]) -> dict[str, Any] | None:
        child = self._started()
        if child.stdin is None or child.stdout is None:
            return None
        try:
            child.stdin.write(json.dumps(question) + "\n")
            child.stdin.flush()
            ready, _, _ = select.select([child.stdout], [], [], self._limits.seconds)
            line = child.stdout.readline() if ready else ""
        except BrokenPipeError:
            line = ""
        if not line:
            self._stop()
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _started(self) -> "subprocess.Popen[str]":
        if self._child is None or self._child.poll() is not None:
            limits = json.dumps({name: getattr(self._limits, name) for name in Limits.__slots__})
            self._child = subprocess.Popen(
                [sys.executable, "-m", "xq_engine.intake.child", limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=child_environment(),
            )
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def open_table_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Sheet]:
    """Open one .xlsx or .csv file; all cells as text, rows and columns where the spreadsheet has them.

    :raises IntakeError: the file is refused (zip or entity bomb, macros, old or encrypted Excel, wrong type,
        broken, empty, too many sheets, rows or columns, or not readable within the limits).
    """
    with TableReader(limits) as reader:
        return reader.read(path)


def _sheet(workbook: str, row: dict[str, Any]) -> Sheet:
    # The map outlives the file's name: the temporary folder may go at once.
    batches = pa.ipc.open_file(pa.memory_map(row["file"])).read_all().combine_chunks()
    columns = [
        column.chunk(0) if column.num_chunks else pa.array([], pa.string()) for column in batches.columns
    ]
    numbers = row["long_numbers"]
    return Sheet(
        workbook=workbook,
        name=row["name"],
        columns=columns,
        first_column=row["first_column"],
        long_numbers=None if numbers is None else {(cell[0], cell[1]) for cell in numbers},
        merges=[(cell[0], cell[1], cell[2], cell[3]) for cell in row["merges"]],
        date1904=row["date1904"],
    )
