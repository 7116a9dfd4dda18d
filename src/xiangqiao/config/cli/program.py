"""Reads the command line and hands over to one module per command."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from xiangqiao.config.cli.words import say

# Command, module. Each module has `SUMMARY` (zh, en), `arguments(parser)` and `run(args) -> dict | None`.
COMMANDS = {
    "demo": "demo",
    "init": "init",
    "serve": "serve",
    "problems": "problems",
    "import": "importing",
    "screen": "screen",
    "pair": "pair",
    "export": "export",
    "user": "user",
    "audit": "audit",
    "backup": "backup",
    "restore": "restore",
    "upgrade": "upgrade",
    "move-database": "move_database",
}
# Commands that work with no county and no database.
WITHOUT_COUNTY = {"problems"}


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"xiangqiao.config.cli.{COMMANDS[name]}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xiangqiao",
        description=say(
            "乡桥：找到需要帮助的人，把帮助送到，并证明送到了。",
            "Find who needs help, bring it, prove it arrived.",
        ),
        epilog=say(
            "数据放在 XIANGQIAO_HOME（默认 ./var）；数据库由 DATABASE_URL 指定，默认是其中的 SQLite。英文帮助：XIANGQIAO_LANG=en",
            "State lies in XIANGQIAO_HOME (default ./var); DATABASE_URL names the database, default SQLite in there.",
        ),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=say("命令", "command"))
    for name in COMMANDS:
        module = _module(name)
        sub = commands.add_parser(name, help=say(*module.SUMMARY), description=say(*module.SUMMARY))
        module.arguments(sub)
        sub.add_argument(
            "--json", action="store_true", help=say("结果输出为 JSON", "print the result as JSON")
        )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 with a plain reason on standard error."""
    args = _parser().parse_args(argv)
    if args.command not in WITHOUT_COUNTY:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")
        import django  # only when a county is worked on: `problems FILE` starts without it

        django.setup()
    try:
        result: dict[str, Any] | None = _module(args.command).run(args)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        reason = _reason(error)
        if reason is None:
            raise
        sys.stderr.write(reason + "\n")
        return 1
    if result is not None and args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return int(bool(result and result.get("failed")))


def _reason(error: Exception) -> str | None:
    """Return the sentence of a refusal that a person can mend, None for a fault of ours."""
    from xq_engine.errors import EngineError  # kept out of start-up

    if isinstance(error, EngineError | FileNotFoundError | PermissionError):
        return str(error)
    if error.__class__.__module__.startswith("xiangqiao.kernel") or error.__class__.__name__ in {
        "OperationalError"
    }:
        return str(error)
    return None
