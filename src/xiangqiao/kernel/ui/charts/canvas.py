"""The sheet that charts are drawn on: escapes all it is given, knows axes and round steps."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

PAPER = {
    "grid": 'stroke="#cccccc"',
    "axis": 'stroke="#444444"',
    "line": 'fill="none" stroke="#222222" stroke-width="2"',
    "area": 'fill="#eeeeee"',
    "dot": 'fill="#ffffff" stroke="#222222" stroke-width="2"',
    "threshold": 'stroke="#000000" stroke-width="1.5" stroke-dasharray="5 3"',
    "hex": 'stroke="#666666"',
    "bar-back": 'fill="#f2f2f2"',
    "end": 'text-anchor="end"',
    "middle": 'text-anchor="middle"',
    "cell-name": 'text-anchor="middle"',
    "cell-value": 'text-anchor="middle" font-weight="600"',
    "t-strong": 'font-weight="600"',
    "s1": 'fill="#222222"',
    "s2": 'fill="#888888"',
    "s3": 'fill="#c4c4c4"',
    "s4": 'fill="#555555"',
    "s5": 'fill="#e4e4e4"',
    "r0": 'fill="#ffffff" stroke="#666666" stroke-dasharray="3 3"',
    "r1": 'fill="#f6f6f6"',
    "r2": 'fill="#e2e2e2"',
    "r3": 'fill="#cccccc"',
    "r4": 'fill="#b3b3b3"',
    "r5": 'fill="#999999"',
}
"""How each class looks where no style sheet reaches into the SVG (forms as PDF): greys, as on paper."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart: the SVG, and the same numbers as a table for readers and for paper."""

    title: str
    svg: SafeString
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    size: str = "middle"


@dataclass(slots=True)
class Canvas:
    """Collects shapes and gives one `<svg>`; lengths are in pixels of the view box."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def shape(self, name: str, css: str, /, **attributes: float | str) -> None:
        """Add a shape with its class; underscores in names become hyphens."""
        self.parts.append(f'<{name} class="{escape(css)}"{_paper(css)}{_attributes(attributes)}/>')

    def text(self, x: float, y: float, words: str, css: str = "") -> None:
        """Add words whose baseline starts (or ends, or is centred: by class) at the point."""
        place = f'x="{_n(x)}" y="{_n(y)}" font-size="{12 if "t-small" in css else 13}"'
        self.parts.append(f'<text class="{escape(css)}" {place}{_paper(css)}>{escape(words)}</text>')

    def open(self, name: str, /, **attributes: float | str) -> None:
        """Open a group or link; close it with `close`."""
        self.parts.append(f"<{name}{_attributes(attributes)}>")

    def close(self, name: str) -> None:
        """Close what `open` opened."""
        self.parts.append(f"</{name}>")

    def svg(self, *, title: str, description: str, interactive: bool = False) -> SafeString:
        """Finish: an image with title and description, or a labelled group where it holds links."""
        body = "".join(self.parts)
        mark = hashlib.sha256((title + description + body).encode()).hexdigest()[:10]
        role = "group" if interactive else "img"
        return mark_safe(  # noqa: S308 - every part above is escaped on its way in
            f'<svg font-family="Noto Sans CJK SC, sans-serif" viewBox="0 0 {_n(self.width)} {_n(self.height)}" role="{role}" '
            f'aria-labelledby="t{mark} d{mark}"><title id="t{mark}">{escape(title)}</title>'
            f'<desc id="d{mark}">{escape(description)}</desc>{body}</svg>'
        )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _paper(css: str) -> str:
    # The last class that knows an attribute wins; a name twice in one tag would be no XML.
    found: dict[str, str] = {}
    for name in css.split():
        for pair in PAPER.get(name, "").split('" '):
            key, _equals, value = pair.partition("=")
            if key:
                found[key] = value.strip('"')
    return "".join(f' {key}="{value}"' for key, value in found.items())


def _attributes(attributes: dict[str, float | str]) -> str:
    written = []
    for name, value in attributes.items():
        text = value if isinstance(value, str) else _n(value)
        written.append(f' {name.rstrip("_").replace("_", "-")}="{conditional_escape(text)}"')
    return "".join(written)


def round_steps(highest: float, *, count: int = 5) -> list[float]:
    """Return 0 and then about `count` round steps, the last at or above `highest`.

    >>> round_steps(10640)
    [0.0, 2000.0, 4000.0, 6000.0, 8000.0, 10000.0, 12000.0]
    """
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.9)
    top = math.ceil(round(highest / step, 9))
    return [round(step * place, 9) for place in range(top + 1)]


def size_of(width: float) -> str:
    """Name the size of a chart, by which the style sheet keeps its words readable."""
    return "small" if width <= 410 else "middle" if width <= 540 else "large"


def number(value: float | None) -> str:
    """Write a number for an axis or label: commas, at most two decimals, a dash for not known."""
    if value is None:
        return "—"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def text_width(words: str, size: float = 13) -> float:
    """Estimate the width of words in pixels: full-width characters one em, others 0.56."""
    return sum(size if east_asian_width(letter) in "WF" else 0.56 * size for letter in words)
