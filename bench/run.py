"""Run the benches, one process each, so that no memory or import of one is another's.   run.py [--full]"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Suite, arguments of the quick run, arguments of the full run.
SUITES: dict[str, tuple[list[str], list[str]]] = {
    "register_import": ([], []),
    "list_page": (["200000"], ["1000000"]),
    "screening": (["300000"], ["3000000"]),
    "pairing": ([], []),
    "intake": ([], []),
    "publication": (["2000"], ["10000"]),
}


def main() -> int:
    """Run every suite; a suite that breaks is named at the end and the others still run."""
    full = "--full" in sys.argv[1:]
    broken = []
    for name, arguments in SUITES.items():
        print(f"\n== {name}", flush=True)
        done = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py"), *arguments[full]], cwd=HERE.parent, check=False
        )
        if done.returncode:
            broken.append(name)
    if broken:
        print(f"\nbroken: {', '.join(broken)}", file=sys.stderr)
    return len(broken)


if __name__ == "__main__":
    raise SystemExit(main())
