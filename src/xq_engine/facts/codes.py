"""Read the code lists: dated codes with their Chinese and English words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType

from xq_engine.facts.catalogue import HERE


@dataclass(frozen=True)
class Code:
    """One code of a list; valid from `valid_from` up to but not including `valid_to`."""

    code: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Tell whether the code was in use on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


@dataclass(frozen=True)
class CodeList:
    """A list of codes by code, in its order."""

    name: str
    codes: Mapping[str, Code] = field(default_factory=dict)

    @cached_property
    def _words(self) -> Mapping[str, Code]:
        words: dict[str, Code] = {}
        for code in self.codes.values():
            for word in (code.code, code.zh, *code.also):
                words.setdefault(word, code)
        return words

    def find(self, word: str) -> Code | None:
        """Find the code that a word of a spreadsheet means; None if the list does not know the word."""
        return self._words.get(word.strip())


@cache
def codes() -> Mapping[str, CodeList]:
    """Read every code list by its name."""
    with (HERE / "codes.toml").open("rb") as stream:
        document = tomllib.load(stream)
    return MappingProxyType({name: _code_list(name, rows) for name, rows in document.items()})


def _code_list(name: str, rows: Mapping[str, Mapping[str, object]]) -> CodeList:
    found: dict[str, Code] = {}
    for key, row in rows.items():
        also = row.get("also", [])
        start, end = row.get("from"), row.get("to")
        found[key] = Code(
            code=key,
            zh=str(row["zh"]),
            en=str(row["en"]),
            also=tuple(str(word) for word in also) if isinstance(also, list) else (),
            valid_from=start if isinstance(start, date) else None,
            valid_to=end if isinstance(end, date) else None,
        )
    return CodeList(name, MappingProxyType(found))
