"""Read one cell: what a text means as a fact of a type, how it was mended, what is wrong with it.

These single-value readers are the reference; `columns` reads whole columns and uses them for whatever is
not plainly written.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from xq_engine.facts import FactSpec, codes
from xq_engine.identity import (
    IdentityFault,
    is_bank_card,
    parse_citizen_id,
    parse_disability_number,
    phone_form,
)
from xq_engine.intake.neutral import restore

Value = str | int | bool | dt.date | None

# What is done to a cell without asking; each is recorded with the cell before and after.
REPAIRS = {
    "blank": ("去掉多余空格或符号", "stray blanks or marks removed"),
    "full_width": ("全角字符改为半角", "full-width characters made plain"),
    "serial_date": ("日期序号还原为日期", "serial number read as a date"),
    "date_form": ("统一日期写法", "date written in the standard form"),
    "unit": ("按单位换算", "converted by its unit"),
    "number_form": ("去掉千分位或货币符号", "separators or currency mark removed"),
    "rounded": ("四舍五入到最小单位", "rounded to the smallest unit"),
    "id_form": ("15 位证件号升为 18 位，或 x 改大写", "ID number brought to 18 characters, x to X"),
    "word": ("词尾标点或空格不计", "marks around a known word left out"),
    "placeholder": ("占位符号当作空白", "placeholder read as empty"),
    "filled_down": ("合并单元格补齐", "merged cell filled down"),
}

_MARKS = frozenset({"-", "--", "—", "——", "/", "\\", "N/A", "NA", "n/a", "null", "NULL", "#N/A"})
# Words for "none": in a column of numbers or dates they are a mistake, in one of papers they mean that there is none.
_PLACEHOLDERS = _MARKS | {"无", "不详", "未知", "暂无", "没有"}
_YES = frozenset(
    {
        "是",
        "有",
        "已",
        "Y",
        "y",
        "yes",
        "YES",
        "Yes",
        "true",
        "TRUE",
        "1",
        "√",
        "✓",
        "✔",
        "对",
        "参加",
        "已参加",
        "享受",
        "已享受",
        "通",
        "已通",
        "安全",
        "困难",
        "愿意",
        "会",
    }
)
_NO = frozenset(
    {
        "否",
        "无",
        "未",
        "没有",
        "N",
        "n",
        "no",
        "NO",
        "No",
        "false",
        "FALSE",
        "0",
        "×",
        "✗",
        "X",
        "x",
        "不是",
        "未参加",
        "未享受",
        "不享受",
        "未通",
        "不通",
        "不安全",
        "不困难",
        "不愿意",
        "不会",
    }
)
_TO_HALF = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_TO_HALF_NUMBER = {**_TO_HALF, 0xFF0E: 0x2E, 0xFF0C: 0x2C, 0xFF0D: 0x2D, 0xFF0F: 0x2F, 0x3002: 0x2E}
# Control characters, too: a database takes no NUL.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[\s\u3000\u00a0]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff·])[\s\u3000\u00a0]+(?=[\u4e00-\u9fff·])")
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?(?:1[4-9]|2[0-9])")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_DATE_FORMS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?"),
    re.compile(r"(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_STANDARD_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: 00:00:00)?")
_EARLIEST, _LATEST = dt.date(1850, 1, 1), dt.date(2199, 12, 31)
_SERIAL_MIN, _SERIAL_MAX = 367, 80_000

_FACTORS: dict[str, dict[str, int]] = {
    "fen": {"": 100, "元": 100, "万元": 1_000_000, "万": 1_000_000},
    "centimu": {"": 100, "亩": 100, "公顷": 1500},
    "metre": {"": 1, "米": 1, "公里": 1000},
    "m2": {"": 1, "平方米": 1},
    "months": {"": 1, "月": 1, "个月": 1},
    "count": {"": 1, "户": 1, "人": 1},
}
_WHOLE = frozenset({"months", "count"})
MAY_BE_NEGATIVE = frozenset({"reported_net_income_fen", "reported_per_head_fen"})
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: the typed value (None: empty or unreadable), the repair, the problem's code."""

    value: Value
    repair: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What a column's cells are read as: the fact, the unit its heading states, whether dates count from 1904."""

    fact: FactSpec
    unit: str = ""
    date1904: bool = False


def read_value(text: str, rule: ColumnRule) -> Reading:
    """Read a cell's text as a fact.

    Units: fen, hundredths of a mu, metres, square metres, months, as the fact's type says. An ID number in a
    cell that Excel keeps as a number is for the caller to know; its text cannot tell.
    """
    clean, repair = tidy(text, rule.fact.type)
    if not clean:
        return Reading(None)
    kind = rule.fact.type
    if kind == "text":
        long = len(clean) > rule.fact.longest
        reading = Reading(None, "", "TEXT.TOO_LONG") if long else Reading(clean)
    elif kind == "code":
        reading = _read_code(clean, rule.fact.codes)
    elif kind == "bool":
        reading = _read_bool(clean)
    elif kind in ("id_number", "disability_no"):
        reading = _read_id(clean, kind)
    elif kind == "phone":
        reading = _read_phone(clean)
    elif kind == "bank_card":
        reading = _read_card(clean)
    elif kind == "date":
        reading = _read_date(clean, date1904=rule.date1904)
    else:
        reading = _read_number(clean, rule)
    return Reading(reading.value, reading.repair or repair, reading.problem)


def tidy(text: str, kind: str) -> tuple[str, str]:
    """Take out what no fact means: invisible marks, stray blanks, full-width digits; name the repair."""
    half = text.translate(_TO_HALF_NUMBER if kind not in ("text", "code") else _TO_HALF)
    visible = _INVISIBLE.sub("", half).strip().strip("\u3000\u00a0")
    if kind in ("text", "code", "bool"):
        visible = _BLANKS.sub(" ", _BETWEEN_CHINESE.sub("", visible))
    elif kind != "date":
        visible = _BLANKS.sub("", visible)
    visible = restore(visible) if kind == "text" else visible.strip("'‘’`")
    if visible == text:
        return visible, ""
    return visible, "full_width" if half != text else "blank"


def _read_code(text: str, name: str) -> Reading:
    known = codes()[name]
    found = known.find(text)
    # A usual word of the list is no damage; only a word that had to be cleaned is recorded.
    bare = text if found else re.sub(r"[\s。.、,，;；]+$", "", text).replace(" ", "")
    found = found or known.find(bare) or known.find(bare.replace("(", "（").replace(")", "）"))
    if found is None:
        empty = text in _MARKS
        return Reading(None, "placeholder") if empty else Reading(None, "", "CODE.UNKNOWN")
    return Reading(found.code, "" if text == bare else "word")


def _read_bool(text: str) -> Reading:
    if text in _YES:
        return Reading(value=True)
    if text in _NO:
        return Reading(value=False)
    if text in _PLACEHOLDERS:
        return Reading(None, "placeholder")
    return Reading(None, "", "CODE.UNKNOWN")


def _read_id(text: str, kind: str) -> Reading:
    if text in _PLACEHOLDERS:
        return Reading(None, "placeholder")
    number = text.upper().removesuffix(".0")
    if SCIENTIFIC.fullmatch(number):
        return Reading(None, "", "ID.SCIENTIFIC")
    certificate = kind == "disability_no" or len(number) in (20, 22)
    try:
        if certificate:
            parse_disability_number(number)
        else:
            number = parse_citizen_id(number).number
    except IdentityFault as fault:
        rounded = number.isdigit() and len(number) == 18 and number.endswith("000")
        return Reading(None, "", "ID.SCIENTIFIC" if rounded else f"ID.{fault.fault}")
    return Reading(number, "id_form" if number != text else "")


def _read_phone(text: str) -> Reading:
    if text in _PLACEHOLDERS:
        return Reading(None, "placeholder")
    number = text.removesuffix(".0").replace("（", "").replace("）", "-").replace("(", "").replace(")", "-")
    joined = re.sub(r"(?<=\d)[-\u2014](?=\d)", "", number)
    if re.fullmatch(r"(?:\+?86)?1[3-9]\d{9}", joined):
        number = joined[-11:]
    problem = "" if phone_form(number) else "PHONE.FORMAT"
    return Reading(number, "" if number == text else "number_form", problem)


def _read_card(text: str) -> Reading:
    if text in _PLACEHOLDERS:
        return Reading(None, "placeholder")
    if SCIENTIFIC.fullmatch(text):
        return Reading(None, "", "BANK.CHECKSUM")
    number = text.replace("-", "").removesuffix(".0")
    return Reading(
        number, "" if number == text else "number_form", "" if is_bank_card(number) else "BANK.CHECKSUM"
    )


def _read_date(text: str, *, date1904: bool) -> Reading:
    if text in _MARKS:
        return Reading(None, "placeholder")
    bare = _BLANKS.sub("", text) if "年" in text or "/" in text else text
    match = next((found for form in _DATE_FORMS if (found := form.fullmatch(bare))), None)
    if match:
        try:
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return Reading(None, "", "DATE.INVALID")
        if not _EARLIEST <= day <= _LATEST:
            return Reading(None, "", "DATE.INVALID")
        return Reading(day, "" if _STANDARD_DATE.fullmatch(text) else "date_form")
    if re.fullmatch(r"\d{3,5}(?:\.0*)?", bare) and _SERIAL_MIN <= int(bare.split(".")[0]) <= _SERIAL_MAX:
        # Excel's day 60 (29 February 1900) never was; counting from 30 December 1899 is right from March 1900 on.
        epoch = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)
        return Reading(epoch + dt.timedelta(days=int(bare.split(".")[0])), "serial_date")
    return Reading(None, "", "DATE.INVALID")


def _read_number(text: str, rule: ColumnRule) -> Reading:
    factors = _FACTORS[rule.fact.type]
    if text in _MARKS:
        return Reading(None, "placeholder")
    bare = re.sub(r"(?<=\d),(?=\d{3})", "", text).lstrip("¥￥$").removesuffix("整")
    unit = next((word for word in sorted(factors, key=len, reverse=True) if word and bare.endswith(word)), "")
    bare = bare[: len(bare) - len(unit)] if unit else bare
    if not _NUMBER.fullmatch(bare):
        return Reading(None, "", "NUMBER.INVALID")
    try:
        exact = Decimal(bare) * factors.get(unit or rule.unit, factors[""])
    except InvalidOperation:
        return Reading(None, "", "NUMBER.INVALID")
    if abs(exact) > _LARGEST:
        return Reading(None, "", "NUMBER.INVALID")
    whole = int(exact.to_integral_value(rounding=ROUND_HALF_UP))
    if problem := _number_problem(whole, exact, rule.fact):
        return Reading(None, "", problem)
    if abs(exact - whole) > Decimal("0.0001"):
        return Reading(whole, "rounded")
    return Reading(whole, "unit" if unit else ("number_form" if bare != text else ""))


def _number_problem(whole: int, exact: Decimal, fact: FactSpec) -> str:
    if fact.type == "months" and not 0 <= exact <= 12:
        return "NUMBER.MONTHS"
    if exact < 0 and fact.name not in MAY_BE_NEGATIVE:
        return "NUMBER.NEGATIVE"
    return "NUMBER.INVALID" if fact.type in _WHOLE and exact != whole else ""
