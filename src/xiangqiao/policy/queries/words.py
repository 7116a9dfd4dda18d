"""Words of policies and facts in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from xq_engine.facts import catalogue

if TYPE_CHECKING:
    from xq_engine.policy import Words


def in_language(words: Words) -> str:
    """Return a bilingual text in the language of the page."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def fact_name(path: str) -> str:
    """Return what a fact is called, from a name like `person.health` or `household.phone`."""
    entity, _dot, name = path.rpartition(".")
    for known in (entity, "household", "person"):
        fact = catalogue()[known].facts.get(name) if known in catalogue() else None
        if fact is not None:
            return fact.en if (get_language() or "").startswith("en") else fact.zh
    return name
