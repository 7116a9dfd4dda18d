"""Lists of operators, row by row: which column holds what, and what is wrong at which cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

STATION_KINDS = ("ALIBABA", "JD", "CHINA_POST", "FEITIAN")

# What each kind of list needs, and how its heads are written in life.
HEADS: dict[str, tuple[str, ...]] = {
    "code": (
        "村点编号",
        "站点ID",
        "站点id",
        "网点机构号",
        "门店编码",
        "店铺编号",
        "商户编号",
        "编号",
        "机构号",
    ),
    "name": ("村点名称", "网点名称", "店名", "站点名称", "门店名称", "名称"),
    "firm": ("企业（商户）名称", "商户名称", "企业名称", "公司名称"),
    "township": ("所属乡镇", "乡(镇)", "乡（镇）", "乡镇", "镇"),
    "village": ("行政村", "村名", "所在村", "村"),
    "address": ("地址", "详细地址", "乡镇村", "所在地"),
    "keeper": ("合伙人", "推广员姓名", "推广员", "掌柜", "店长", "负责人", "站长"),
    "phone": ("联系电话", "手机", "手机号", "电话", "联系方式"),
    "opened": ("开业时间", "签约日期", "加盟日期", "开通", "入驻时间", "入驻日期", "认定时间", "开业日期"),
    "closed": ("关停时间", "撤点日期", "解约日期", "关店", "退出时间", "离园日期", "退出日期"),
    "level": ("级别", "类型", "层级"),
    "sector": ("行业", "经营范围", "主营"),
    "space": ("房号", "工位", "场地", "房间"),
    "area": ("面积（㎡）", "面积", "面积㎡"),
    "free": ("是否免租", "免租"),
    "returnee": ("返乡大学生", "是否返乡大学生创业"),
}
NEEDED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(STATION_KINDS, ("code", "opened")),
    "TENANTS": ("code", "firm", "space", "opened"),
    "POOR_VILLAGES": ("township", "village"),
}
# A problem of one of these codes does not keep a row out.
SOFT = frozenset({"SHARED_SHOP", "PHONE_ODD", "NO_KEEPER", "REPEATED", "DAY_MISSING"})
_DAY = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})?日?)?$")


@dataclass
class ReadRow:
    """A row as it was understood: values as plain JSON, and problems [(field, code, value)]."""

    number: int
    values: dict[str, str | None] = field(default_factory=dict)
    phone: str = ""
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether something keeps the row out."""
        return any(code not in SOFT for _field, code, _value in self.problems)


def columns_of(heads: Sequence[str]) -> dict[str, int]:
    """Return which field stands in which column; heads that nobody knows are left out.

    >>> columns_of(["序号", "站点ID", "推广员姓名", "手机"])
    {'code': 1, 'keeper': 2, 'phone': 3}
    """
    known = {word: name for name, words in HEADS.items() for word in words}
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = known.get("".join(head.split()).rstrip("*：:"))
        if name and name not in found:
            found[name] = place
    return found


def heads_at(rows: Sequence[Sequence[str]], kind: str) -> tuple[int, dict[str, int]] | None:
    """Return where the heads stand (index of the row) and what they name; None where no row names what is needed."""
    for place, row in enumerate(rows[:8]):
        found = columns_of(row)
        if set(NEEDED[kind]) <= set(found):
            return place, found
    return None


def day_of_text(text: str) -> date | None:
    """Return the day that a cell names; a month alone is its first day. None where it names none.

    >>> day_of_text("2015.7.3"), day_of_text("2016年3月"), day_of_text("20150703"), day_of_text("去年")
    (datetime.date(2015, 7, 3), datetime.date(2016, 3, 1), datetime.date(2015, 7, 3), None)
    """
    text = "".join(text.split()).removesuffix("00:00:00").removesuffix("T")
    found = re.match(r"^(\d{4})(\d{2})(\d{2})$", text) or _DAY.match(text)
    if not found:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def yes_or_no(text: str) -> str | None:
    """Return `yes`, `no`, or None where a cell says neither.

    >>> yes_or_no("是"), yes_or_no("否"), yes_or_no("")
    ('yes', 'no', None)
    """
    word = text.strip()
    return (
        "yes" if word in {"是", "√", "Y", "y", "1"} else "no" if word in {"否", "×", "N", "n", "0"} else None
    )


def read(number: int, cells: Mapping[str, str], kind: str) -> ReadRow:
    """Read one row of a list. `cells` are texts by field; places are looked up by the caller."""
    row = ReadRow(number)
    text = {name: " ".join(value.split()) for name, value in cells.items()}
    for name in ("code", "firm", "space"):
        if name in NEEDED[kind] and not text.get(name):
            row.problems.append((name, f"NO_{name.upper()}", ""))
    for name in ("code", "name", "firm", "keeper", "sector", "space", "area", "level"):
        row.values[name] = text.get(name) or None
    for name in ("free", "returnee"):
        row.values[name] = yes_or_no(text.get(name, ""))
    _days(row, text, kind)
    _phone(row, text.get("phone", ""))
    if kind in STATION_KINDS and not row.values["keeper"]:
        row.problems.append(("keeper", "NO_KEEPER", ""))
    return row


def _days(row: ReadRow, text: Mapping[str, str], kind: str) -> None:
    opened, closed = text.get("opened", ""), text.get("closed", "")
    first = day_of_text(opened)
    if first is None and (opened or "opened" in NEEDED[kind]):
        row.problems.append(("opened", "DAY_ODD" if opened else "NO_DAY", opened))
    last = day_of_text(closed) if closed else None
    if closed and last is None:
        row.problems.append(("closed", "DAY_ODD", closed))
    if first and last and last < first:
        row.problems.append(("closed", "CLOSED_FIRST", closed))
    row.values["opened"] = first.isoformat() if first else None
    row.values["closed"] = last.isoformat() if last else None


def _phone(row: ReadRow, text: str) -> None:
    number = "".join(sign for sign in text if sign.isdigit())
    if text and not (len(number) == 11 or (number.startswith("0") and 10 <= len(number) <= 12)):
        row.problems.append(("phone", "PHONE_ODD", ""))
        return
    row.phone = number
