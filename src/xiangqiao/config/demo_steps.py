"""The main job on the demo county, step by step, through the very actions that a county uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast

import xq_demo
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.config.county import create_county
from xiangqiao.config.demo_users import create_demo_users
from xiangqiao.config.season import play_season
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.seal import seal_pending
from xiangqiao.pairing.actions import accept_all, propose
from xiangqiao.people.actions.intake import apply_batch, stage_files
from xiangqiao.people.models import Batch
from xiangqiao.people.queries import batch_problems, register_totals
from xiangqiao.policy import actions as policy

CODE, NAME, NAME_EN = "360730000000", "宁都县", "Ningdu County"
YEAR = 2025
DEMO = SystemViewer("示例县")
CELLS = Path(xq_demo.__file__).parent / "data" / "ningdu" / "hexgrid.csv"
Tick = Callable[[int, int], None]


def _act(now: datetime) -> Act:
    return Act(by=DEMO, at=now, source=Source.COMMAND)


def generate_workbooks(folder: Path, size: str, tick: Tick) -> xq_demo.Manifest:
    """Write the demo's workbooks as a county's clerks would have them."""
    return xq_demo.generate(folder, size=cast('Literal["small", "county"]', size), as_of=YEAR, progress=tick)


def set_up_county(folder: Path, *, now: datetime) -> None:
    """Create the county, its invented villages, and the published sign-ins."""
    create_county(
        code=CODE,
        name=NAME,
        name_en=NAME_EN,
        divisions=folder / "行政区划.csv",
        cells=CELLS,
        is_demo=True,
        now=now,
    )
    create_demo_users(CODE, now=now)


def check(folder: Path, *, now: datetime, tick: Tick) -> Batch:
    """Check every workbook at its cells."""
    files = sorted(
        [*folder.glob("*.xlsx"), *(path for path in folder.glob("*.csv") if path.name != "行政区划.csv")]
    )
    return stage_files(
        act=_act(now), viewer=DEMO, files=files, source="demo", year=YEAR, division_code=CODE,
        progress=lambda _step, done, total: tick(done, total),
    )  # fmt: skip


def apply(batch: Batch, *, now: datetime, tick: Tick) -> None:
    """Write the checked rows into the register, in one transaction."""
    apply_batch(
        act=_act(now), viewer=DEMO, batch=batch, progress=lambda _step, done, total: tick(done, total)
    )


def screen_everybody(as_of: date, *, now: datetime, tick: Tick) -> dict[str, int]:
    """Decide every policy for everybody."""
    result = policy.screen(act=_act(now), viewer=DEMO, as_of=as_of, progress=tick)
    return {
        "policies": result.policies, "eligible": result.eligible, "not_eligible": result.not_eligible, "unknown": result.unknown,
    }  # fmt: skip


def pair_everybody(*, now: datetime, tick: Tick) -> dict[str, Any]:
    """Pair households and cadres at least cost, and accept what was proposed."""
    run = propose(act=_act(now), viewer=DEMO, division_code=CODE, as_of=day_of(now), progress=tick)
    accept_all(act=_act(now), viewer=DEMO, run=run)
    return {"paired": run.counts["paired"], "unpaired": run.counts["unpaired"], "optimal": run.optimal}


def play(folder: Path, *, now: datetime, tick: Tick) -> None:
    """Let every programme work for a season in the demo village."""
    play_season(CODE, folder, now=now, tick=tick)


def seal(*, now: datetime) -> None:
    """Seal what the log holds."""
    seal_pending(now)


def register_counts() -> dict[str, int]:
    """Return how many households and persons the register holds."""
    return register_totals(DEMO)


def compare_problems(batch: Batch, manifest: xq_demo.Manifest) -> dict[str, Any]:
    """Hold what was found against what was planted, as sets of (workbook, sheet, row, column, code)."""
    planted = {(p.workbook, p.sheet, p.row, p.column, p.code) for p in manifest.problems}
    found = batch_problems(batch)
    both = len(planted & found)
    return {
        "planted": len(planted),
        "found": len(found),
        "precision": round(both / len(found), 6) if found else 1.0,
        "recall": round(both / len(planted), 6) if planted else 1.0,
    }
