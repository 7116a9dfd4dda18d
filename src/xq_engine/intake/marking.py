"""Give a workbook back with every problem marked at its cell, written in a child process with bounded memory and time."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.errors import IntakeError, refusal
from xq_engine.intake.guard import child_environment
from xq_engine.intake.limits import DEFAULT_LIMITS, Limits
from xq_engine.intake.sentences import Language

MOST_MARKED_ROWS = 20_000


def mark_workbook(
    batch: CheckedBatch,
    source: Path,
    target: Path,
    *,
    language: Language = "zh",
    most_rows: int = MOST_MARKED_ROWS,
    limits: Limits = DEFAULT_LIMITS,
) -> bool:
    """Write to `target` (.xlsx) the file `source` of a batch with its problems; say whether it is the whole original.

    Up to `most_rows` rows: the original with everything it holds, each problem cell filled and commented, and a
    list of the problems in front of nothing else. Above that, and where keeping the looks would take more memory or time
    than there is: a streamed workbook of the bad rows only, with their row number and a column that says what is wrong.
    :raises IntakeError: the source can no longer be read.
    """
    mine = batch.problems.filter(pc.equal(batch.problems["workbook"], source.name))
    for looks in (True, False):
        order = {"language": language, "most_rows": most_rows, "looks": looks}
        answer = _ask(mine, {"source": str(source), "target": str(target), "order": order}, limits)
        if answer is not None:
            break
    else:
        raise refusal("FILE.TOO_LARGE", source.name, "标注时超出内存或时间上限", "out of memory or time")
    if "error" in answer:
        raise IntakeError(**answer["error"])
    return bool(answer["whole"])


def _ask(problems: pa.Table, question: dict[str, Any], limits: Limits) -> dict[str, Any] | None:
    """Let a fresh child mark a file; None where it died, or ran out of memory or time."""
    with tempfile.TemporaryDirectory(prefix="xq-marks-", dir=Path(question["target"]).parent) as place:
        listed = Path(place) / "problems.arrow"
        with pa.OSFile(str(listed), "wb") as sink, pa.ipc.new_file(sink, problems.schema) as writer:
            writer.write_table(problems)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "xq_engine.intake.marking_child", json.dumps(asdict(limits))],
                input=json.dumps({**question, "problems": str(listed)}),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                check=False,
                timeout=limits.seconds,
                env=child_environment(),
            )
        except subprocess.TimeoutExpired:
            return None
    answer: dict[str, Any] | None = json.loads(done.stdout) if done.returncode == 0 else None
    return answer
