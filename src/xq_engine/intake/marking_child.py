"""The child process that writes marked workbooks: one question on stdin, one answer on stdout."""

import json
import sys
from pathlib import Path

import pyarrow as pa

from xq_engine.intake.errors import IntakeError
from xq_engine.intake.guard import bound_memory
from xq_engine.intake.limits import Limits
from xq_engine.intake.marks import Order, write_marks


def main() -> None:
    """Mark one file; limits are the first argument. Dies where memory does not suffice."""
    limits = Limits(**json.loads(sys.argv[1]))
    bound_memory(limits.memory_bytes)
    question = json.loads(sys.stdin.read())
    with pa.OSFile(question["problems"]) as file:
        problems = pa.ipc.open_file(file).read_all()
    paths = Path(question["source"]), Path(question["target"])
    try:
        whole = write_marks(problems, *paths, Order(**question["order"]), limits)
    except IntakeError as error:
        sys.stdout.write(json.dumps({"error": error.fields()}))
    else:
        sys.stdout.write(json.dumps({"whole": whole}))


if __name__ == "__main__":
    main()
