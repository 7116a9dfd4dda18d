"""What becomes a leak by the words beside it: the tail of an ID number after a name, an account after its label. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangqiao.kernel.publication import words
from xiangqiao.kernel.publication.digits import flat

Find = tuple[str, int, int, bool]

_HAN = "一-鿿"
_TAIL = r"(?P<tail>\d{5}[\dX]|\d{4}|\d{3}X)(?![\dX])"
_BRACKETED = re.compile(
    rf"(?P<name>[{_HAN}·]{{2,}})\s*[(\[（【〔{{<《:：]\s*(?:ID|证|号|NO\.?|尾)?\s*{_TAIL}\s*[)\]）】〕}}>》]"
)
_BARE = re.compile(rf"(?P<name>[{_HAN}·]{{2,}})[\s,，、:：/_*-]{{0,2}}{_TAIL}")
_LABEL = re.compile(
    "姓名|户主|村民|贫困户|申请人|求助人|受助人|患者|病人|同志|老人|家长|父亲|母亲|丈夫|妻子|儿子|女儿|学生|名叫|叫|是|为|和|与|及|由|给|向|对|的"
)
_PERSON_NUMBER = re.compile(
    rf"(?:{words.NUMBER_OF_PERSON.pattern})[^\d\n]{{0,10}}(?P<number>\d{{4,}}X?)", re.IGNORECASE
)
_DISABILITY = re.compile(rf"(?:{words.DISABILITY_WORD.pattern})[^\d\n]{{0,10}}(?P<number>\d{{4,}})")
_LOCAL_PHONE = re.compile(
    rf"(?:{words.PHONE_WORD.pattern})[^\d\n]{{0,8}}(?P<number>[2-8]\d{{2,3}}[ -]?\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    rf"(?:{words.CARD_WORD.pattern})[^\d\n]{{0,10}}(?P<number>\d(?:[ -]?\d){{8,22}})", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_CHAT = re.compile(
    r"(?:微信号?|wechat|weixin|QQ号?)\s*(?:号|[:：是为])\s*(?P<number>[A-Za-z0-9][\w-]{4,})", re.IGNORECASE
)


def finds(plain: str, allowed: set[str]) -> Iterator[Find]:
    """Yield (kind, start, end, certain) of what the words in a text give away."""
    text, at = flat(plain)

    def span(match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        return at[match.start(group)], at[match.end(group) - 1] + 1

    for pattern, kind in (
        (_PERSON_NUMBER, "ID_PART"), (_DISABILITY, "DISABILITY"), (_LOCAL_PHONE, "LANDLINE"), (_ACCOUNT, "CARD"),
        (_CHAT, "CONTACT"),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            number = re.sub(r"\D", "", match["number"])
            counted = words.UNIT_AFTER.match(text, match.end("number")) and len(number) < 9
            if number not in allowed and not counted:
                yield kind, *span(match, "number"), True
    for match in _MAIL.finditer(text):
        yield "CONTACT", *span(match), True
    yield from ((kind, *span(match, "tail"), certain) for kind, match, certain in _tails(text))


def _tails(text: str) -> Iterator[tuple[str, re.Match[str], bool]]:
    for match in re.finditer(rf"{words.TAIL_WORD.pattern}[^\d\n]{{0,8}}{_TAIL}", text, re.IGNORECASE):
        yield "ID_PART", match, True
    for match in _BRACKETED.finditer(text):
        name = _name_at_end(match["name"])
        if name:
            yield "ID_PART", match, name == "whole"
    for match in _BARE.finditer(text):
        name = _name_at_end(match["name"])
        if (
            not name
            or words.UNIT_AFTER.match(text, match.end("tail"))
            or text[match.end("tail") :][:1] in ".,%-/:"
        ):
            continue
        year = match["tail"].isdigit() and len(match["tail"]) == 4 and 1900 <= int(match["tail"]) <= 2040
        if name == "whole" or match["tail"].endswith("X"):
            yield "ID_PART", match, not year


def _name_at_end(han: str) -> str:
    """Return "whole" where the characters before a number are a name, "part" where they may end with one, or nothing."""
    last = _LABEL.split(han)[-1]
    if words.looks_like_name(last) and (last == han or len(last) > 1):
        return "whole"
    return "part" if any(words.looks_like_name(han[-size:]) for size in (2, 3)) else ""


def illness_beside_name(text: str) -> bool:
    """Return whether a free text seems to name a person and an illness in one breath.

    >>> illness_beside_name("村民钟立新，患白血病"), illness_beside_name("大病救助政策今年提高")
    (True, False)
    """
    for match in words.ILLNESS.finditer(text):
        near = text[max(0, match.start() - 24) : match.end() + 12]
        if any(words.looks_like_name(piece) for piece in re.split(rf"[^{_HAN}·]+|{_LABEL.pattern}", near)):
            return True
    return False
