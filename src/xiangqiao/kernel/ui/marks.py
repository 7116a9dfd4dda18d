"""Words with a state: tones, tags, links and meters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["green", "orange", "red", "gold", "blue", "grey"]
#: green: done, in order. orange: somebody must act. red: urgent or refused. gold: waits for something.
#: blue: for information. grey: does not apply.

TONE_ICONS: dict[Tone, str] = {
    "green": "check",
    "orange": "alert-triangle",
    "red": "alert-circle",
    "gold": "clock",
    "blue": "info-circle",
    "grey": "",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A state as colour, mark and word. `icon=""` takes the mark of the tone, `icon="none"` no mark."""

    text: str
    tone: Tone = "grey"
    icon: str = ""

    @property
    def mark(self) -> str:
        """Name the icon to draw, or nothing."""
        if self.icon == "none":
            return ""
        return self.icon or TONE_ICONS[self.tone]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A small bar: `share` from 0 to 1 (None: not known), with the words that say the same."""

    share: float | None
    text: str = ""
    tone: Tone = "green"

    @property
    def percent(self) -> int:
        """Return the share in whole hundredths, kept between 0 and 100."""
        return round(100 * min(1.0, max(0.0, self.share or 0.0)))
