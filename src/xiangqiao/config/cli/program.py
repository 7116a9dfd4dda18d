"""Reads the command line and hands over to one module per command."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

from xiangqiao.config.words import english, say

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
    "key": "key",
    "backup": "backup",
    "restore": "restore",
    "upgrade": "upgrade",
    "move-database": "move_database",
}
# Commands that work with no county and no database.
WITHOUT_DATABASE = {"problems"}
# Commands that make a county, or mend one that cannot be read as it stands.
WITHOUT_COUNTY = {"demo", "init", "restore", "upgrade", "key"}


class _Parser(argparse.ArgumentParser):
    """Says in the operator's language what to do about a command line that it cannot read."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(
            2,
            say(
                f"命令写得不对（{message}）。用法见：{self.prog} --help\n",
                f"This command line cannot be read ({message}). See: {self.prog} --help\n",
            ),
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 with a plain reason on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = _parser(words).parse_args(words)
    try:
        if args.command not in WITHOUT_DATABASE:
            _set_up(args)
        result: dict[str, Any] | None = _module(args.command).run(args)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from xiangqiao.config.reasons import reason  # kept out of start-up

        said = reason(error)
        if said is None:
            raise
        sys.stderr.write(said + "\n")
        return 1
    if result is not None and args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, default=str) + "\n")
    return int(bool(result and result.get("failed")))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"xiangqiao.config.cli.{COMMANDS[name]}")


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser. Where a command is named, only its module is loaded."""
    parser = _Parser(
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
    named = words[0] if words and words[0] in COMMANDS else ""
    for name in [named] if named else COMMANDS:
        module = _module(name)
        sub = commands.add_parser(name, help=say(*module.SUMMARY), description=say(*module.SUMMARY))
        module.arguments(sub)
        sub.add_argument(
            "--json", action="store_true", help=say("结果输出为 JSON", "print the result as JSON")
        )
    return parser


def _set_up(args: argparse.Namespace) -> None:
    if home := getattr(args, "home", None):
        os.environ["XIANGQIAO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")
    import django  # only where a county is worked on: `problems FILE` starts without it
    from django.utils import translation

    django.setup()
    translation.activate("en" if english() else "zh-hans")
    if args.command not in WITHOUT_COUNTY:
        from xiangqiao.config.cli.acting import demand_county  # after django.setup()

        demand_county()
