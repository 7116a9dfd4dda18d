"""`xiangqiao key`: the recovery sheet of the master key, and a new data key."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

SUMMARY = (
    "密钥：打印恢复单，从恢复单找回，换新的数据密钥",
    "keys: the recovery sheet, the way back from it, a new data key",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `key`."""
    parser.add_argument(
        "verb",
        choices=["export", "restore", "rotate"],
        help=say(
            "export 写出恢复单，restore 从恢复单找回，rotate 换新的数据密钥并重新加密",
            "export: write the sheet; restore: read it back; rotate: a new data key, everything sealed anew",
        ),
    )
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        help=say("恢复单文件（restore 时可用 - 从键盘输入）", "the sheet; - to type it (restore)"),
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the sheet, or put the key back in its place."""
    from xiangqiao.config.backup.sealing import fingerprint  # after django.setup()

    if args.verb == "rotate":
        return _rotate(quiet=args.json)
    if args.file is None:
        raise Refused(say("请写出恢复单的文件名。", "Name the file of the sheet."))
    key = _export(args.file) if args.verb == "export" else _restore(args.file)
    told = {"fingerprint": fingerprint(key), "file": str(args.file)}
    if not args.json:
        done = say("恢复单已写好，请打印后删除文件", "the sheet is written: print it, then delete the file")
        if args.verb == "restore":
            done = say("主密钥已放回原处，请重新启动", "the master key is back in its place: restart")
        print(f"{done}  ({told['fingerprint']})")  # noqa: T201 - what the operator asked for
    return told


def _rotate(*, quiet: bool) -> dict[str, Any]:
    from xiangqiao.config.cli.acting import act, demand_county
    from xiangqiao.kernel.rotation import new_data_key, seal_anew

    demand_county()
    made = new_data_key(act=act())
    changed = seal_anew({}, lambda _done, _total, _cursor: None)
    if not quiet:
        done = say(
            f"新的数据密钥 {made}：{changed} 个号码已重新加密",
            f"data key {made}: {changed} numbers sealed anew",
        )
        print(done)  # noqa: T201 - what the operator asked for
    return {"key": made, "sealed": changed}


def _export(file: Path) -> bytes:
    from xiangqiao.config.backup.pack import master_key
    from xiangqiao.config.backup.sheet import write_sheet
    from xiangqiao.config.backup.unpack import write_secret
    from xiangqiao.config.cli.acting import demand_county
    from xiangqiao.kernel import clock, keyring
    from xiangqiao.kernel.crypto import KeyMissing

    here = demand_county()
    key = master_key()
    if key is None:
        raise KeyMissing(keyring.master_path())
    if file.exists():
        raise Refused(say(f"{file} 已经存在，请换一个文件名。", f"{file} exists; choose another name."))
    write_secret(file, write_sheet(key, county=here.name, now=clock.now()))
    return key


def _restore(file: Path) -> bytes:
    from xiangqiao.config.backup.pack import master_key
    from xiangqiao.config.backup.sheet import read_key
    from xiangqiao.config.backup.unpack import write_secret
    from xiangqiao.kernel import keyring

    key = read_key(sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8"))
    _demand_fits(key)
    path = keyring.master_path()
    if master_key() != key:
        if path.exists():
            path.replace(path.with_name(path.name + ".wrong"))
        write_secret(path, key.hex())
    keyring.forget()
    return key


def _demand_fits(key: bytes) -> None:
    """Raise Refused where the county's data keys do not open with this master key."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from xiangqiao.config.cli.acting import demand_county
    from xiangqiao.kernel.models import DataKey

    demand_county()
    try:
        for row in DataKey.objects.all():
            sealed = bytes(row.wrapped)
            AESGCM(key).decrypt(sealed[:12], sealed[12:], row.purpose.encode())
    except InvalidTag as error:
        raise Refused(
            say(
                "这张恢复单是另一个县的，或是换过密钥之前的，没有放回。",
                "This sheet is another county's, or of an earlier key; nothing was changed.",
            )
        ) from error
