"""What the operator is told when a command cannot be done: one sentence, in the operator's language."""

from __future__ import annotations

import errno

from xiangqiao.config.words import english, say
from xq_engine.errors import EngineError


class Refused(Exception):
    """A command was refused, with the sentence that says why and how to mend it."""


def reason(error: Exception) -> str | None:
    """Return the sentence of a refusal that a person can mend, None for a fault of ours."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, EngineError):
        return engine_sentence(error)
    if isinstance(error, OSError):
        return _system(error)
    home = error.__class__.__module__
    if home.startswith("xiangqiao.kernel"):
        return str(error)
    if home.startswith(("django.db", "sqlite3", "psycopg")):
        return _database(error)
    return None


def engine_sentence(error: EngineError) -> str:
    """Return what the engine refuses, with its hint, in one language where it has both."""
    sentence = getattr(error, "en" if english() else "zh", "")
    hint = getattr(error, "hint_en" if english() else "hint", "")
    return f"{sentence}{' ' if english() and hint else ''}{hint}" if sentence else str(error)


def _system(error: OSError) -> str:
    name = error.filename or ""
    if error.errno == errno.ENOSPC or error.errno == errno.EDQUOT or error.errno == errno.EFBIG:
        return disk_full()
    if isinstance(error, FileNotFoundError) and name:
        return say(
            f"找不到 {name}：请核对文件名和所在文件夹。",
            f"{name} is not there: check the name and the folder.",
        )
    if isinstance(error, IsADirectoryError) and name:
        return say(f"{name} 是文件夹，这里要的是文件。", f"{name} is a folder; a file is wanted here.")
    if isinstance(error, PermissionError) and name:
        return say(
            f"没有权限读写 {name}：请换一个地方，或用运行本系统的用户执行。",
            f"{name} may not be read or written: choose another place, or run this as the service's user.",
        )
    return str(error)


def disk_full() -> str:
    """Return the sentence for a disk that has no room."""
    return say(
        "磁盘满了，没有做成；原来的数据没有变动。请腾出空间后再运行一次。",
        "The disk is full; nothing was done and the old state is whole. Make room, then run this again.",
    )


def _database(error: Exception) -> str | None:
    text = str(error)
    if "disk is full" in text or "No space left" in text or "disk I/O error" in text:
        return disk_full()
    if error.__class__.__name__ == "OperationalError":
        return say(f"数据库用不了：{text}", f"The database cannot be used: {text}")
    return None
