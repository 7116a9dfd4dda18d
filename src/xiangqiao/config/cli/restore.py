"""`xiangqiao restore`: an empty machine becomes the county of a backup, and proves it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

SUMMARY = ("恢复：在空机器上由备份重建，并验证", "restore a backup on an empty machine, and verify it")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `restore`."""
    parser.add_argument("archive", type=Path, help=say("备份文件", "the backup"))
    parser.add_argument(
        "--home",
        type=Path,
        help=say("恢复到哪个空文件夹（默认 XIANGQIAO_HOME）", "an empty folder to restore to"),
    )
    parser.add_argument(
        "--key",
        type=Path,
        help=say("主密钥文件或恢复单（默认 keys/master.key）", "master key or recovery sheet"),
    )
    parser.add_argument("--passphrase-file", type=Path, help=say("做备份时的口令", "the backup's passphrase"))


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Restore, then hold counts, chain and rows against the manifest."""
    from django.conf import settings  # after django.setup()

    from xiangqiao.config.backup.database import alone
    from xiangqiao.config.backup.pack import master_key
    from xiangqiao.config.backup.sealing import Opener, passphrase_in
    from xiangqiao.config.backup.sheet import read_key
    from xiangqiao.config.backup.unpack import restore

    with args.archive.open("rb"):  # a missing archive is told before anything is made
        pass
    home = Path(settings.HOME)
    master = read_key(args.key.read_text(encoding="utf-8")) if args.key else master_key()
    phrase = passphrase_in(args.passphrase_file) if args.passphrase_file else None
    with alone(home):
        manifest = restore(home, args.archive, Opener(master, phrase))
        told = _verified(manifest, has_key=master is not None)
    if not args.json:
        _show(told, home)
    return {"home": str(home), **told}


def _verified(manifest: dict[str, Any], *, has_key: bool) -> dict[str, Any]:
    from xiangqiao.config.backup.database import standing
    from xiangqiao.kernel.audit import verify

    found = standing()
    if (found.counts, found.head) != (manifest["counts"], manifest["head"]):
        raise Refused(
            say(
                "恢复出来的行数或日志末端与备份清单不符：请不要使用，换一份备份。",
                "Rows or the end of the log are not those of the manifest: do not use this, take another backup.",
            )
        )
    report = verify()
    return {
        "at": manifest["at"],
        "county": manifest["county"],
        "rows": sum(found.counts.values()),
        "head": found.head,
        "audit": report.as_json(),
        "key": has_key,
        "failed": not report.is_clean,
    }


def _show(told: dict[str, Any], home: Path) -> None:
    lines = [
        say(
            f"恢复好了：{home}，{told['rows']:,} 行，备份时间 {told['at']}",
            f"restored to {home}: {told['rows']:,} rows as of {told['at']}",
        ),
        say(
            "行数、日志末端与备份清单一致；"
            + (
                "审计验证通过。"
                if not told["failed"]
                else "审计验证发现不符，请运行 xiangqiao audit verify。"
            ),
            "Rows and log are those of the manifest; "
            + (
                "the audit is clean."
                if not told["failed"]
                else "the audit found something: xiangqiao audit verify."
            ),
        ),
    ]
    if not told["key"]:
        lines.append(
            say(
                "没有主密钥：户籍、收入、结对、日志都可以看、可以用；身份证号、银行卡号、电话和动态码打不开，不能导入，新日志不能封存。"
                "找到恢复单后运行：xiangqiao key restore 恢复单文件",
                "There is no master key: the register, incomes, pairs and the log can be read; ID numbers, bank cards, phones and second factors cannot, "
                "nothing can be imported, and new events are not sealed. With the recovery sheet run: xiangqiao key restore FILE",
            )
        )
    print("\n".join(lines))  # noqa: T201 - what the operator asked for
