"""Words of coded facts in the language of the page."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import get_language

from xq_engine.checks import checks
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


def problem_sentence(code: str, params: dict[str, Any]) -> str:
    """Return what a problem says, with the value it names (masked where personal)."""
    check = checks()[code]
    english = (get_language() or "").startswith("en")
    return (check.en if english else check.zh).format_map(defaultdict(str, params))
