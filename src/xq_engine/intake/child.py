"""The child process that parses files from outside: reads questions from stdin, answers on stdout.

A question is one line of JSON {path, place}; the sheets are left in `place` as Arrow files.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa

from xq_engine.intake.errors import IntakeError, refusal
from xq_engine.intake.guard import bound_memory
from xq_engine.intake.limits import Limits
from xq_engine.intake.parsing import parse_file
from xq_engine.intake.sheets import Sheet


def main() -> None:
    """Answer questions until stdin ends; limits are the first argument."""
    limits = Limits(**json.loads(sys.argv[1]))
    bound_memory(limits.memory_bytes)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line), limits)) + "\n")
        sys.stdout.flush()


def _answer(question: dict[str, str], limits: Limits) -> dict[str, Any]:
    path = Path(question["path"])
    try:
        sheets = parse_file(path, limits)
    except IntakeError as error:
        return {"error": error.fields()}
    except MemoryError:
        return {"error": refusal("FILE.TOO_LARGE", path.name).fields()}
    except Exception:  # whatever a parser makes of a hostile file, the answer is a refusal
        return {"error": refusal("FILE.BROKEN", path.name).fields()}
    place = Path(question["place"])
    return {"sheets": [_leave(sheet, place / f"{number}.arrow") for number, sheet in enumerate(sheets)]}


def _leave(sheet: Sheet, file: Path) -> dict[str, Any]:
    table = pa.table(sheet.columns, names=[str(number) for number in range(len(sheet.columns))])
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return {
        "name": sheet.name,
        "file": str(file),
        "first_column": sheet.first_column,
        "long_numbers": None if sheet.long_numbers is None else sorted(sheet.long_numbers),
        "merges": sheet.merges,
        "date1904": sheet.date1904,
        "hidden": sheet.hidden,
    }


if __name__ == "__main__":
    main()
