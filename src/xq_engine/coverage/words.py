"""Operators, technologies and site names as lists write them, brought to one form."""

from __future__ import annotations

import re
import unicodedata

OPERATORS = {
    "CMCC": ("移动", "中国移动", "cmcc"),
    "CTCC": ("电信", "中国电信", "ctcc"),
    "CUCC": ("联通", "中国联通", "cucc"),
    "TOWER": ("铁塔", "中国铁塔", "铁塔公司"),
}
_TECHNOLOGIES = (
    ("5G", r"5g|nr"),
    ("4G", r"4g|lte|tdl|fdd"),
    ("3G", r"3g|wcdma|tdscdma|tds|evdo|cdma2000"),
    ("2G", r"2g|gsm|cdma|dcs|900m"),
)
# What a name carries without naming the place: company, county, kind of site, technology.
_FILLER = re.compile(
    r"中国|移动|电信|联通|铁塔|宁都县?|赣州市?|江西省?|基站|站点|宏站|室外站|机房|共享|搬迁|新建|扩容"
    r"|(?:td)?-?lte|fdd|gsm|dcs|wcdma|tds?(?:cdma)?|cdma|nr|[2345]g|[-_#()（）\s·.]"
)
_ONES = str.maketrans("一二三四五六七八九", "123456789")


def operator_of(text: str) -> str:
    """Return the code of an operator named in a text, "" where none is.

    >>> operator_of("中国移动宁都分公司基站清单.xlsx"), operator_of("名单")
    ('CMCC', '')
    """
    bare = unicodedata.normalize("NFKC", text).lower()
    for code in ("TOWER", "CMCC", "CTCC", "CUCC"):
        if any(word in bare for word in OPERATORS[code]):
            return code
    return ""


def technology_of(text: str) -> str:
    """Return the generation that a list's word for a technology means, "" where it is not known.

    >>> technology_of("TD-LTE"), technology_of("GSM900"), technology_of("WCDMA"), technology_of("光缆")
    ('4G', '2G', '3G', '')
    """
    bare = re.sub(r"[\s\-_/]", "", unicodedata.normalize("NFKC", text).lower())
    return next((code for code, pattern in _TECHNOLOGIES if re.search(pattern, bare)), "")


def number_form(text: str) -> str:
    """Return a station number in the form in which numbers are compared: no blanks, lost zeros do not count.

    >>> number_form(" 0079701.0") == number_form("79701")
    True
    """
    bare = re.sub(r"[\s\-_]", "", unicodedata.normalize("NFKC", text)).upper()
    bare = re.sub(r"\.0+$", "", bare)
    return bare.lstrip("0")


def name_form(text: str) -> str:
    """Return a site's name without what every name carries.

    >>> name_form("宁都黄陂樟溪村（二）-TDLTE"), name_form("移动宁都县黄陂樟溪村2基站")
    ('黄陂樟溪村2', '黄陂樟溪村2')
    """
    bare = unicodedata.normalize("NFKC", text).lower()
    return _FILLER.sub("", bare).translate(_ONES)


def likeness(one: str, other: str) -> float:
    """Return how alike two names are by their pairs of neighbouring characters, 0..1 (Dice).

    >>> likeness("黄陂樟溪", "黄陂樟溪"), round(likeness("黄陂樟溪", "黄陂青坪"), 2), likeness("", "")
    (1.0, 0.33, 0.0)
    """
    if one == other:
        return 1.0 if one else 0.0
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
