"""Small parts as HTML, drawn without the template engine: a list draws hundreds of them a page.

Whatever comes from data goes through `conditional_escape`; only the frames around it are written out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.marks import Link, Meter, Tag
from xiangqiao.kernel.ui.tables import Cell, Content

SPRITE = "vendor/tabler-icons/icons.svg"
NOTHING = mark_safe("")


@cache
def _sprite() -> str:
    # Looked up once: the manifest does not change while the process lives.
    return static(SPRITE)


def icon_svg(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label only where no word stands beside it."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            _sprite(),
            name,
        )
    return _silent_icon(name)


@cache
def _silent_icon(name: str) -> SafeString:
    if not name:
        return NOTHING
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', _sprite(), name)


def tag_html(one: Tag) -> SafeString:
    """Draw a state: colour, mark and word."""
    # Tones and marks are names of the house, still escaped: a page may make a tone of data.
    tone, text = conditional_escape(one.tone), conditional_escape(one.text)
    return _safe(f'<span class="tag tone-{tone}">{_silent_icon(one.mark)}{text}</span>')


def unknown() -> SafeString:
    """Draw what is not known: a dash, read out in words."""
    word = conditional_escape(_("还不知道"))
    return _safe(
        f'<span class="unknown"><span aria-hidden="true">—</span><span class="quiet">{word}</span></span>'
    )


def meter_html(one: Meter) -> SafeString:
    """Draw a small bar with the words that say the same."""
    if one.share is None:
        return unknown()
    return format_html(
        '<span class="metered"><svg class="meter tone-{}" aria-hidden="true">'
        '<rect class="track" width="100%" height="100%"/><rect class="done" width="{}%" height="100%"/></svg>'
        '<span class="metered-word">{}</span></span>',
        one.tone,
        one.percent,
        one.text or f"{one.percent}%",
    )


def cell_html(value: Content) -> SafeString:
    """Draw the content of a table cell or of a key-value."""
    if isinstance(value, str):
        return conditional_escape(value)
    if value is None:
        return unknown()
    if isinstance(value, int):
        return _safe(numbers.whole(value))
    if isinstance(value, Tag):
        return tag_html(value)
    if isinstance(value, Link):
        href, text = conditional_escape(value.href), conditional_escape(value.text)
        return _safe(f'<a href="{href}">{_silent_icon(value.icon)}{text}</a>')
    if isinstance(value, Cell):
        return _rich(value)
    if isinstance(value, Meter):
        return meter_html(value)
    return _tags(value)


def _rich(value: Cell) -> SafeString:
    first: str = cell_html(value.value)
    if value.href:
        first = f'<a href="{conditional_escape(value.href)}">{first}</a>'
    tags = f" {_tags(value.tags)}" if value.tags else ""
    sub = f'<span class="cell-sub">{conditional_escape(value.sub)}</span>' if value.sub else ""
    return _safe(f"<span>{first}{tags}{sub}</span>")


def _tags(tags: Sequence[Tag]) -> SafeString:
    return _safe(" ".join(tag_html(one) for one in tags))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - every part of it was escaped right above
