"""`xiangqiao init`: an own county from its division file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from xiangqiao.config.words import say

SUMMARY = (
    "建立本县：载入行政区划，生成密钥，建立三名管理员",
    "set up a county from its division file, with keys and administrators",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `init`."""
    parser.add_argument(
        "divisions",
        type=Path,
        help=say("行政区划文件（CSV：12 位代码、名称、上级代码、级别）", "division file (CSV)"),
    )
    parser.add_argument(
        "--code", required=True, help=say("县的 6 位或 12 位代码", "the county's code, 6 or 12 digits")
    )
    parser.add_argument("--name", required=True, help=say("县名", "the county's name"))
    parser.add_argument(
        "--map", type=Path, help=say("各乡镇在地图上的格子（CSV）", "map cells of the townships (CSV)")
    )
    parser.add_argument("--name-en", default="", help=say("县名（英文）", "the county's name in English"))


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Create the county and print the first sign-ins, shown once."""
    from xiangqiao.config.county import (
        create_administrators,
        create_county,
        create_tables,
    )  # after django.setup()
    from xiangqiao.kernel import clock

    now, code = clock.now(), args.code.ljust(12, "0")
    create_tables()
    create_county(
        code=code, name=args.name, name_en=args.name_en, divisions=args.divisions, cells=args.map, now=now
    )
    passwords = create_administrators(code, now=now)
    if not args.json:
        print_sign_ins(passwords)
    return {"county": args.name, "sign_ins": passwords}


def print_sign_ins(passwords: dict[str, str]) -> None:
    """Print each first sign-in; its password must be changed at once."""
    lines = [
        say(
            "首次登录（密码只显示这一次，登录后须修改）：",
            "First sign-ins (shown once, to be changed at sign-in):",
        )
    ]
    lines += [f"  {name}  {password}" for name, password in passwords.items()]
    print("\n".join(lines))  # noqa: T201 - what the operator asked for
