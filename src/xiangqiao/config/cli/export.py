"""`xiangqiao export`: the register, or a division's part of it, in the layout that is imported."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

SUMMARY = (
    "导出台账（国家表样，可以再导入）",
    "export the register in the national layout, ready to be imported again",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `export`."""
    parser.add_argument(
        "--to", type=Path, required=True, help=say("写到哪个 .xlsx 文件", "the .xlsx to write")
    )
    parser.add_argument(
        "--division", default="", help=say("区划代码（默认全县）", "division (default: county)")
    )
    parser.add_argument(
        "--year", type=int, help=say("年度（默认今年）", "year of the figures (default: this one)")
    )
    parser.add_argument("--reason", default="", help=say("为什么导出，记入日志", "why, for the log"))


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the file beside its place and move it there whole."""
    from xiangqiao.config.cli.acting import act, division, operator  # after django.setup()
    from xiangqiao.kernel import clock
    from xiangqiao.people.actions.intake import export_register
    from xiangqiao.people.queries import HouseholdFilter, households

    target: Path = args.to
    if target.suffix.lower() != ".xlsx":
        raise Refused(say("导出的文件名要以 .xlsx 结尾。", "The file to write must end in .xlsx."))
    chosen = HouseholdFilter(division=division(args.division))
    part = target.with_name(f".{target.name}.part.xlsx")
    try:
        rows = export_register(
            act=act(args.reason), viewer=operator(), households=households(operator(), chosen),
            year=args.year or clock.today().year, path=part,
        )  # fmt: skip
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    if not args.json:
        print(say(f"已写入 {target}：{rows} 行", f"{target}: {rows} rows"))  # noqa: T201 - what was asked for
    return {"file": str(target), "rows": rows}
