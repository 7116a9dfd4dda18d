"""Figures, lines, key-values and empty states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xiangqiao.kernel.ui.marks import Link, Tag, Tone

FigureTone = Literal["", "green", "orange", "red"]


@dataclass(frozen=True, slots=True)
class Delta:
    """How a figure moved: `text` says by how much and since when; `good` colours it (None: neither)."""

    text: str
    up: bool
    good: bool | None = None

    @property
    def tone(self) -> Tone:
        """Return green for better, orange for worse, grey for neither."""
        return "grey" if self.good is None else "green" if self.good else "orange"

    @property
    def icon(self) -> str:
        """Name the arrow."""
        return "arrow-up" if self.up else "arrow-down"


@dataclass(frozen=True, slots=True)
class Figure:
    """A big number that opens to its rows. A rate states its denominator in `note`; None is "not known"."""

    title: str
    value: int | str | None
    unit: str = ""
    href: str = ""
    note: str = ""
    delta: Delta | None = None
    tone: FigureTone = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty place says: what is so, what to do next, and the button that does it."""

    title: str
    next_step: str = ""
    action: Link | None = None
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a short list: a state, the words, and a name or date at the end."""

    text: str
    href: str = ""
    tag: Tag | None = None
    end: str = ""
