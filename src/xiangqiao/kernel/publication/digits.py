"""Digits as people hide them: full width, Chinese numerals, split, masked. Turns a text into runs of digits. Pure."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CHINESE = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("洞幺两仨伍", "01235", strict=True)),
    **dict(zip("貳參陸", "236", strict=True)),
}
_LOOKALIKE = dict(zip("OoОоΟοlI", "00000011", strict=True))
MASKS = frozenset("*＊•●○◯■□✱✳※×＃#?？某█▇▓░◆·∗⁎☆★Ｘ")
_CHECK = frozenset("xXｘＸΧχХх")
MASK = "*"
CHECK = "X"
# So many other characters may stand between two digits of one number.
MAX_GAP = 3


@dataclass(frozen=True)
class Run:
    """A stretch of digits with little between them.

    `text` holds 0-9, X and *; `at` the place of each in the original; `starts` the indexes where a segment begins,
    `gaps` what stood before each segment but the first.
    """

    text: str
    at: tuple[int, ...]
    starts: tuple[int, ...]
    gaps: tuple[str, ...]

    @property
    def ends(self) -> frozenset[int]:
        """Indexes behind the last digit of a segment."""
        return frozenset((*self.starts[1:], len(self.text)))


@lru_cache(maxsize=65536)
def _digit(char: str) -> str:
    """Return the digit that a character is, or the empty string."""
    if "0" <= char <= "9":
        return char
    if char in _CHINESE:
        return _CHINESE[char]
    if char.isascii():
        return ""
    value = unicodedata.digit(char, None)
    return str(value) if value is not None else ""


@lru_cache(maxsize=65536)
def _invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Mn", "Me")


@lru_cache(maxsize=65536)
def _may_separate(char: str) -> bool:
    return not char.isalnum() or _invisible(char)


def unescaped(text: str) -> str:
    """Return the text with the entities of HTML and XML resolved."""
    return html.unescape(text) if "&" in text else text


def runs(text: str) -> Iterator[Run]:
    """Yield every run of two or more digits, with masks and check letters that belong to it."""
    state = _State()
    for index, char in enumerate(text):
        symbol = _symbol(text, index, char, state)
        if symbol:
            state.take(symbol, index)
        elif _invisible(char):
            continue
        elif state.symbols and _may_separate(char) and len(state.gap) < MAX_GAP:
            state.gap += char
        else:
            yield from state.close()
    yield from state.close()


def _symbol(text: str, index: int, char: str, state: _State) -> str:
    """Return what a character is inside a number: a digit, X, a mask, or nothing."""
    digit = _digit(char)
    if digit:
        return digit
    if char in _CHECK:
        return _check_or_mask(text, index, state)
    if char in MASKS and (_touches_digit(text, index, state)):
        return MASK
    if char in _LOOKALIKE and state.symbols and not state.gap and _next_is_digit(text, index):
        return _LOOKALIKE[char]
    return ""


def _check_or_mask(text: str, index: int, state: _State) -> str:
    """Return X as a check letter behind digits, or as a mask among other X."""
    if not state.symbols:
        return MASK if text[index + 1 : index + 2] in _CHECK and text[index + 1 : index + 2] else ""
    near = text[index + 1 : index + 2]
    if (near and near in _CHECK) or (state.symbols[-1] == MASK and not state.gap):
        return MASK
    if (
        near
        and _digit(near)
        and not state.gap
        and state.symbols[-1] in "0123456789"
        and len(state.symbols) < 14
    ):
        return MASK
    return CHECK


def _touches_digit(text: str, index: int, state: _State) -> bool:
    """Return whether a mask sign belongs to a number: it follows one, or leads to one within a few signs."""
    if state.symbols and not state.gap.strip("*"):
        return text[index] != "·" or text[index + 1 : index + 2] == "·" or state.symbols[-1] == MASK
    ahead = text[index : index + 20].lstrip("".join(MASKS) + "xX ")
    # `# 1` and `* 2016` are lists and headings: a mask has at least two signs.
    return (
        text[index + 1 : index + 2] in MASKS
        and bool(text[index + 1 : index + 2])
        and bool(ahead)
        and bool(_digit(ahead[0]))
    )


def _next_is_digit(text: str, index: int) -> bool:
    near = text[index + 1 : index + 2]
    return bool(near) and bool(_digit(near))


class _State:
    """The run being gathered."""

    def __init__(self) -> None:
        self.symbols: list[str] = []
        self.at: list[int] = []
        self.starts: list[int] = []
        self.gaps: list[str] = []
        self.gap = ""

    def take(self, symbol: str, index: int) -> None:
        """Add one symbol; after a gap a new segment begins."""
        if not self.symbols or self.gap:
            self.starts.append(len(self.symbols))
            if self.symbols:
                self.gaps.append(self.gap)
        self.symbols.append(symbol)
        self.at.append(index)
        self.gap = ""

    def close(self) -> Iterator[Run]:
        """Yield what was gathered, if it is a run at all, and begin anew."""
        if len(self.symbols) > 1:
            yield Run("".join(self.symbols), tuple(self.at), tuple(self.starts), tuple(self.gaps))
        self.__init__()  # type: ignore[misc]


def flat(text: str) -> tuple[str, list[int]]:
    """Return a text with every digit as 0-9, X for its like, nothing invisible, and the place of each character."""
    chars: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        if char.isascii() or "一" <= char <= "鿿":
            # Chinese numerals stay: "一年" is no digit before a name.
            chars.append(char.upper() if char in "xX" else char)
            at.append(index)
        elif not _invisible(char):
            chars.append(_digit(char) or ("X" if char in _CHECK else char))
            at.append(index)
    return "".join(chars), at
