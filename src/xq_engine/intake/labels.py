"""Headings of columns: brought to one form, and the unit that a heading states."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xq_engine.facts import catalogue

ENTITIES = ("household", "person", "unit", "cadre")
_SYNONYMS = Path(__file__).with_name("synonyms.toml")

_BRACKETS = re.compile(r"[(\[{【〔<《][^()\[\]{}【】〔〕<>《》]*[)\]}】〕>》]")
_NOISE = re.compile(r"[\s\u200b\ufeff*＊★:：,，、。./／_\-—()（）\[\]{}【】〔〕<>《》“”\"']+")
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?")
_UNIT = re.compile(
    r"(万元|元|平方米|平米|m2|公里|千米|km|米|m|公顷|亩|个月|月|人|户|岁|天)(?:/?年)?$", re.IGNORECASE
)
_CANONICAL_UNITS = {"平米": "平方米", "千米": "公里", "km": "公里", "m": "米", "个月": "月", "m2": "平方米"}
KNOWN_UNITS = ("万元", "元", "亩", "公顷", "公里", "米", "平方米", "月")


@dataclass(frozen=True, slots=True)
class Label:
    """A heading in its plain form; `whole` keeps what stood in brackets; `unit` is "" where none is stated."""

    text: str
    whole: str
    unit: str


def read_label(heading: str) -> Label:
    """Bring a heading to its plain form and take out its unit.

    >>> read_label(" 2016年 工资性收入（万元）")
    Label(text='工资性收入', whole='工资性收入万元', unit='万元')
    """
    text = unicodedata.normalize("NFKC", heading)
    unit = ""
    for inside in _BRACKETS.findall(text):
        unit = unit or _unit(inside[1:-1])
    outside = _BRACKETS.sub("", text)
    tail = re.search(r"[/:,，、]\s*(\S+)\s*$", outside)
    if tail and not unit and (unit := _unit(tail[1])):
        outside = outside[: tail.start()]
    return Label(plain(outside), plain(text), unit)


def plain(text: str) -> str:
    """Strip a heading of blanks, brackets, marks and a year in front.

    >>> plain("乡（镇） 名称:")
    '乡镇名称'
    """
    bare = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    return _YEAR.sub("", bare) or bare


def sheet_unit(text: str) -> str:
    """Find the unit that a line above the headings states for the sheet ("单位：万元"); "" if none."""
    match = re.search(r"(?:金额)?单位[:：]\s*(万元|元)", text)
    return match[1] if match else ""


def _unit(text: str) -> str:
    bare = _NOISE.sub("", unicodedata.normalize("NFKC", text)).removeprefix("单位")
    match = _UNIT.fullmatch(bare)
    if match is None:
        return ""
    unit = _CANONICAL_UNITS.get(match[1].lower(), match[1])
    return unit if unit in KNOWN_UNITS else ""


@cache
def headings(entity: str) -> Mapping[str, tuple[str, bool]]:
    """Give every plain heading known for an entity: the fact, and whether it is the catalogue's own name."""
    with _SYNONYMS.open("rb") as stream:
        words = tomllib.load(stream)
    known: dict[str, tuple[str, bool]] = {}
    for name, fact in catalogue()[entity].base.items():
        for own in (fact.zh, fact.en):
            known.setdefault(plain(own), (name, True))
    for name, others in words.get(entity, {}).items():
        for word in others:
            known.setdefault(plain(word), (name, False))
    return known


@cache
def ignored_headings() -> frozenset[str]:
    """Give the plain headings of columns that carry nothing the register keeps."""
    with _SYNONYMS.open("rb") as stream:
        return frozenset(plain(word) for word in tomllib.load(stream)["ignored"])
