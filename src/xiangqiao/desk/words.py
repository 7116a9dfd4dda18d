"""Words of coded facts in the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language

from xq_engine.facts import codes


def word(list_name: str, code: str | None) -> str:
    """Return what a code is called; the code itself where the list does not know it, nothing where it is empty."""
    if not code:
        return ""
    known = codes()[list_name].codes.get(code)
    if known is None:
        return code
    return known.en if (get_language() or "").startswith("en") else known.zh


def choices(list_name: str) -> list[tuple[str, str]]:
    """Return a code list as choices of a form, an empty one first."""
    return [("", "—"), *((code, word(list_name, code)) for code in codes()[list_name].codes)]
