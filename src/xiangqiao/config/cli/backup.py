"""`xiangqiao backup`: one sealed archive of everything but the master key, taken while the county works."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from xiangqiao.config.words import say

SUMMARY = ("备份：一个加密文件，不用停机", "back up into one sealed file, while the county works")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `backup`."""
    parser.add_argument(
        "--to",
        type=Path,
        help=say(
            "写到哪个文件或文件夹（默认 XIANGQIAO_HOME/backups）",
            "file or folder (default: XIANGQIAO_HOME/backups)",
        ),
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help=say("另设口令，恢复时可代替主密钥打开备份", "a passphrase that opens the archive too"),
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Back up and say where it lies."""
    from django.conf import settings  # after django.setup()

    from xiangqiao.kernel import clock

    told = back_up(Path(settings.HOME), to=args.to, passphrase_file=args.passphrase_file, now=clock.now())
    if not args.json:
        size, rows = told["bytes"] / 1e6, sum(told["counts"].values())
        print(  # noqa: T201 - what the operator asked for
            say(
                f"备份好了：{told['file']}（{size:.1f} MB，{rows:,} 行）。主密钥不在里面，请另外保管恢复单：xiangqiao key export 文件",
                f"{told['file']} ({size:.1f} MB, {rows:,} rows). The master key is not in it: keep a recovery sheet (xiangqiao key export FILE).",
            )
        )
    return told


def back_up(home: Path, *, to: Path | None, passphrase_file: Path | None, now: Any) -> dict[str, Any]:
    """Write a backup and return what is in it, without the list of its files. Raises KeyMissing."""
    from xiangqiao.config.backup.pack import default_target, master_key, pack
    from xiangqiao.config.backup.sealing import Opener, passphrase_in
    from xiangqiao.kernel import keyring
    from xiangqiao.kernel.crypto import KeyMissing

    target = to or default_target(home, now)
    if target.is_dir():
        target = target / default_target(home, now).name
    passphrase = passphrase_in(passphrase_file) if passphrase_file else None
    opener = Opener(master_key(), passphrase)
    if opener.master is None:
        raise KeyMissing(keyring.master_path())
    told = pack(home, target, opener=opener, now=now)
    return {**{key: value for key, value in told.items() if key != "members"}, "files": len(told["members"])}
