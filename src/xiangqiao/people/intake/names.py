"""Initials of names, by which people are found without an input method."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    # A dictionary of 40,000 characters: not at the start of the web process.
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="default")
    return found[0][:1].lower() if found else ""


def initials(name: str) -> str:
    """Return the pinyin initials of a name, at most 20.

    >>> initials("廖秀英"), initials("李 Anna")
    ('lxy', 'lanna')
    """
    return "".join(_initial(character) for character in name if not character.isspace())[:20]
