"""Where the state of a county lies: one folder, named by XIANGQIAO_HOME."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the folder of this county's state (default ``./var``), created if missing, private to its owner."""
    folder = Path(os.environ.get("XIANGQIAO_HOME", "var")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
