"""`xiangqiao move-database`: from SQLite to PostgreSQL, or back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from xiangqiao.config.cli.progress import Steps
from xiangqiao.config.words import say

SUMMARY = (
    "换数据库：SQLite 与 PostgreSQL 互搬，逐行核对",
    "move the database from SQLite to PostgreSQL or back, verified row by row",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `move-database`."""
    parser.add_argument(
        "--to",
        required=True,
        metavar="URL",
        help=say(
            "空的目标数据库，例如 postgres://用户:密码@主机/库 或 sqlite:////路径/xiangqiao.db",
            "the empty target, e.g. postgres://user:password@host/name or sqlite:////path/xiangqiao.db",
        ),
    )

    parser.add_argument(
        "--clinic-to",
        metavar="URL",
        help=say(
            "同时把会诊数据库搬到这个空数据库（之后设 CLINIC_DATABASE_URL）",
            "move the clinic's database too, to this empty one (then set CLINIC_DATABASE_URL)",
        ),
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Move, and say what to set so that the county works on the new database."""
    from django.conf import settings  # after django.setup()

    from xiangqiao.config.backup.database import alone
    from xiangqiao.config.moving import move

    wanted = {"default": args.to} | ({"clinic": args.clinic_to} if args.clinic_to else {})
    label = say("搬运并逐行核对", "copying and comparing")
    with alone(Path(settings.HOME)), Steps() as steps, steps.step("move", label) as tick:
        counts: dict[str, int] = {}
        for source, url in wanted.items():
            counts |= move(url, tick=tick, source=source)
    total = sum(counts.values())
    if not args.json:
        print(  # noqa: T201 - what the operator asked for
            say(
                f"搬好了：{len(counts)} 张表 {total:,} 行，逐行核对一致。请把环境变量 DATABASE_URL 设为新地址再启动；旧数据库没有动，确认无误后再删。",
                f"moved: {len(counts)} tables, {total:,} rows, each compared. Set DATABASE_URL to the new address and start; the old database was not touched.",
            )
        )
    return {"tables": counts, "rows": total}
