"""`xiangqiao import`: check spreadsheets against the county, apply them, or take an import back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

if TYPE_CHECKING:
    from xiangqiao.people.models import Batch

SUMMARY = (
    "导入表格：核对、入库、撤销",
    "import spreadsheets: check them, apply them, take an import back",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `import`."""
    parser.add_argument("files", type=Path, nargs="*", help=say("表格（.xlsx 或 .csv）", ".xlsx or .csv"))
    parser.add_argument("--year", type=int, help=say("数据年度", "the year that the figures are of"))
    parser.add_argument(
        "--source",
        default="command",
        help=say("来源名称，列的对应关系按来源记住", "name of the source; mappings are remembered by it"),
    )
    parser.add_argument(
        "--division", default="", help=say("区划代码（默认全县）", "division (default: county)")
    )
    parser.add_argument("--mapping", type=Path, help=say("列的对应关系（JSON）", "how columns map (JSON)"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--dry-run", action="store_true", help=say("只核对，不入库", "check only, and give the batch up")
    )
    what.add_argument("--apply", metavar="BATCH", help=say("把核对过的一批入库", "apply a checked batch"))
    what.add_argument("--undo", metavar="BATCH", help=say("撤销一批", "take a batch back"))
    what.add_argument(
        "--no-apply", action="store_true", help=say("核对后先放着", "check and leave it to be applied later")
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Check and apply files, or go on with a batch named by its id."""
    from xiangqiao.config.cli.acting import act, operator  # after django.setup()
    from xiangqiao.people.actions import intake

    if args.undo or args.apply:
        batch = _batch(args.undo or args.apply)
        work = intake.undo_batch if args.undo else intake.apply_batch
        return _told(work(act=act(), viewer=operator(), batch=batch, progress=_progress), args)
    batch = _check(args)
    if args.dry_run:
        told = _told(batch, args)
        intake.discard_batch(act=act(), viewer=operator(), batch=batch)
        return {**told, "mapping": {"sheets": batch.mapping}}
    if not args.no_apply and batch.state == batch.State.CHECKED:
        batch = intake.apply_batch(act=act(), viewer=operator(), batch=batch, progress=_progress)
    return _told(batch, args)


def _check(args: argparse.Namespace) -> Batch:
    from xiangqiao.config.cli.acting import act, division, operator
    from xiangqiao.config.cli.problems import read_mapping
    from xiangqiao.people.actions import intake

    if not args.files or args.year is None:
        raise Refused(say("请写明表格和 --year 年度。", "Name the spreadsheets and their --year."))
    for path in args.files:
        with path.open("rb"):  # a missing or unreadable file is told before anything is kept
            pass
    mapping = read_mapping(args.mapping)
    return intake.stage_files(
        act=act(), viewer=operator(), files=args.files, source=args.source, year=args.year,
        division_code=division(args.division), mapping=mapping, progress=_progress,
    )  # fmt: skip


def _batch(text: str) -> Batch:
    from xiangqiao.config.cli.acting import operator, public_id
    from xiangqiao.people.queries.intake import batch

    found = batch(operator(), public_id(text))
    if found is None:
        raise Refused(say(f"没有编号为 {text} 的导入。", f"There is no import {text}."))
    return found


def _progress(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{step} {done}/{total}   ")


def _told(batch: Batch, args: argparse.Namespace) -> dict[str, Any]:
    """Say what is so with the batch now."""
    counts = batch.counts
    refused = [
        say(f"{one['zh']}{one['hint']}", f"{one['en']} {one['hint_en']}")
        for one in counts.get("refusals", [])
    ]
    if not args.json:
        lines = [
            say(
                f"批次 {batch.public_id}：{batch.get_state_display()}",
                f"batch {batch.public_id}: {batch.state}",
            )
        ]
        lines += [
            say(
                f"  {name}：{counts.get(f'{key}_accepted', 0)} / {counts.get(f'{key}_rows', 0)} 行可用",
                f"  {key}: {counts.get(f'{key}_accepted', 0)} of {counts.get(f'{key}_rows', 0)} rows accepted",
            )
            for key, name in (("household", "农户"), ("person", "成员"), ("unit", "单位"), ("cadre", "干部"))
            if counts.get(f"{key}_rows")
        ]
        lines.append(
            say(
                f"  问题 {counts.get('problems', 0)} 处，待确认 {counts.get('questions', 0)} 项",
                f"  {counts.get('problems', 0)} problems, {counts.get('questions', 0)} questions",
            )
        )
        sys.stdout.write("\n".join([*lines, *refused]) + "\n")
    return {
        "batch": str(batch.public_id),
        "state": batch.state,
        "counts": counts,
        "failed": bool(refused),
    }
