"""What every bench hands in: a table on the screen and var/bench/<suite>.json."""

import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

COLUMNS = ("job", "ours_cpu_s", "peer", "peer_cpu_s", "ratio", "goal", "met")
VERSIONED = ("numpy", "ortools", "duckdb", "pyarrow", "openfisca-core", "django", "fastexcel")


def report(suite: str, rows: Sequence[dict[str, Any]]) -> Path:
    """Print the rows as a table and write them, with load and versions, to var/bench/<suite>.json.

    A row has `job, ours_cpu_s, peer, peer_cpu_s, ratio, goal, met`; CPU times in seconds.
    """
    stamped = [{**row, "load_average": round(os.getloadavg()[0], 2), "versions": _versions()} for row in rows]
    widths = {name: max(len(name), *(len(str(row[name])) for row in stamped)) for name in COLUMNS}
    print("  ".join(name.ljust(widths[name]) for name in COLUMNS))
    for row in stamped:
        print("  ".join(str(row[name]).ljust(widths[name]) for name in COLUMNS))
    folder = Path(os.environ.get("XIANGQIAO_HOME", "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{suite}.json"
    path.write_text(json.dumps(stamped, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in VERSIONED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
