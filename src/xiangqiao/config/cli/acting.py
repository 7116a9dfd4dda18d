"""Who acts when a command acts, and where: shared by the commands that work on a county."""

from __future__ import annotations

import getpass
import re
from contextlib import suppress
from uuid import UUID

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.config.county import present_county
from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say
from xiangqiao.kernel import clock
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.places.models import County
from xiangqiao.places.queries import place


def operator() -> SystemViewer:
    """Return the operator of this machine, by the name that the system knows."""
    name = "?"
    with suppress(OSError, KeyError):
        name = getpass.getuser()
    return SystemViewer(f"命令行（{name}）")


def act(reason: str = "") -> Act:
    """Return an act of the operator, now."""
    return Act(by=operator(), at=clock.now(), source=Source.COMMAND, reason=reason)


def demand_county() -> County:
    """Return the county of this deployment. Raises Refused where there is none yet."""
    found = present_county()
    if found is None:
        raise Refused(
            say(
                "这里还没有建立本县：先运行 xiangqiao init（或 xiangqiao demo 看示例）。数据在别处的话，请设 XIANGQIAO_HOME 或 DATABASE_URL。",
                "There is no county here yet: run xiangqiao init first (or xiangqiao demo). If it lies elsewhere, set XIANGQIAO_HOME or DATABASE_URL.",
            )
        )
    return found


def division(code: str) -> str:
    """Return the 12-digit code of a division; the county where none is named. Raises Refused on an unknown one."""
    if not code:
        return demand_county().code
    whole = code.ljust(12, "0")
    if not re.fullmatch(r"\d{12}", whole) or place(whole) is None:
        raise Refused(
            say(
                f"没有代码为 {code} 的行政区划：请填县、乡镇或村的代码（6、9 或 12 位）。",
                f"There is no division {code}: give the code of the county, a township or a village (6, 9 or 12 digits).",
            )
        )
    return whole


def public_id(text: str) -> UUID:
    """Return an id as a command was given it. Raises Refused on what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(
            say(f"“{text}”不是编号：请照列出的编号填写。", f"{text!r} is no id: give it as it was listed.")
        ) from error
