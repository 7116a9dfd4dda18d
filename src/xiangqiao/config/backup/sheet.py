"""The recovery sheet: the master key on paper, in groups that can be typed back, each line with its own check."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from xiangqiao.config.backup.sealing import fingerprint
from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

_LINE = 16  # hex digits to a line; 4 lines make a key of 256 bits


def write_sheet(key: bytes, *, county: str, now: datetime) -> str:
    """Return the sheet as text to be printed and locked away."""
    text = key.hex()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    rows = [
        f"  {n}:  {' '.join(re.findall('....', line))}   {_check(n, line)}" for n, line in enumerate(lines, 1)
    ]
    return "\n".join(
        [
            "乡桥 恢复单 / xiangqiao recovery sheet",
            f"{county}   {now.astimezone():%Y-%m-%d %H:%M}   指纹 / fingerprint: {fingerprint(key)}",
            "",
            *rows,
            "",
            "谁拿到这张纸和一份备份，谁就能读出全部个人号码。请密封，存放在两处，不要拍照。",
            "Who holds this sheet and a backup can read every personal number. Seal it, keep it in two places, no photographs.",
            "使用 / to use:  xiangqiao key restore 文件 FILE",
            "",
        ]
    )


def read_key(text: str) -> bytes:
    """Read the key back from a sheet, or from a key file. Raises Refused and names the line that is wrong."""
    bare = text.strip().lower()
    if re.fullmatch(r"[0-9a-f]{64}", bare):
        return bytes.fromhex(bare)
    found = re.findall(
        r"^\s*([1-4])\s*[:：]\s*((?:[0-9a-f]{4}\s+){4})([0-9a-f]{4})\s*$", text.lower(), re.MULTILINE
    )
    lines = {int(number): (re.sub(r"\s", "", digits), check) for number, digits, check in found}
    for number in range(1, 5):
        digits, check = lines.get(number, ("", ""))
        if not digits or _check(number, digits) != check:
            raise Refused(
                say(
                    f"恢复单第 {number} 行不对：请对照纸面逐字核对（每行 4 组数字和 1 组校验）。",
                    f"Line {number} of the recovery sheet is not right: compare it with the paper (4 groups and a check).",
                )
            )
    return bytes.fromhex("".join(lines[number][0] for number in range(1, 5)))


def _check(number: int, line: str) -> str:
    return hashlib.sha256(f"{number}|{line}".encode()).hexdigest()[:4]
