"""Initials of names, by which people are found without an input method."""

from __future__ import annotations


class _Initials(dict[int, str]):
    """The initial of each character met so far by code point, as `str.translate` asks for it; blanks have none."""

    def __missing__(self, code: int) -> str:
        # A dictionary of 40,000 characters: not at the start of the web process.
        from pypinyin import Style, lazy_pinyin

        character = chr(code)
        found = (
            [] if character.isspace() else lazy_pinyin(character, style=Style.FIRST_LETTER, errors="default")
        )
        self[code] = found[0][:1].lower() if found else ""
        return self[code]


_INITIALS = _Initials()


def initials(name: str) -> str:
    """Return the pinyin initials of a name, at most 20.

    >>> initials("廖秀英"), initials("李 Anna")
    ('lxy', 'lanna')
    """
    return name.translate(_INITIALS)[:20]
