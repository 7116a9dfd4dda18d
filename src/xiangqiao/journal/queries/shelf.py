"""The two shelves, policies and techniques, and finding on them: exact words first, then what shares most."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Count, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.journal.models import Technique, TechniqueGram
from xiangqiao.journal.rules.grams import LEAST_SHARE, asked, grams, share, tidy, weights
from xiangqiao.policy.queries import library

if TYPE_CHECKING:
    from xq_engine.policy import Policy

T = TypeVar("T")
_SYNONYMS = Path(__file__).parent.parent / "data" / "synonyms.tsv"


def techniques(viewer: AnyViewer) -> QuerySet[Technique]:
    """Return the texts on the shelf; drafts, too, to who may publish or writes them."""
    rows = Technique.objects.order_by("trade", "title", "id")
    if viewer.can(Can.APPROVE_PUBLICATION) or viewer.can(Can.ANSWER):
        return rows.exclude(state=Technique.State.WITHDRAWN)
    return rows.filter(state=Technique.State.PUBLISHED)


def in_season(rows: Iterable[Technique], month: int) -> list[Technique]:
    """Return the texts that name this month."""
    return [row for row in rows if month in row.months]


def technique_named(viewer: AnyViewer, slug: str) -> Technique | None:
    """Return one text of the shelf."""
    return techniques(viewer).filter(slug=slug).first()


def find_techniques(viewer: AnyViewer, text: str) -> list[Technique]:
    """Return the texts that a question finds, the best first: two queries whatever the shelf holds."""
    wanted = _wanted(text)
    if not wanted:
        return []
    shelf = techniques(viewer)
    total = shelf.count()
    rows = TechniqueGram.objects.filter(gram__in=wanted, technique__in=shelf)
    held: dict[int, set[str]] = {}
    holders: dict[str, int] = {}
    for key, gram in rows.values_list("technique_id", "gram"):
        held.setdefault(key, set()).add(gram)
        holders[gram] = holders.get(gram, 0) + 1
    told = weights(wanted, holders, total)
    found = {row.pk: row for row in shelf.filter(pk__in=held)}
    scored = [
        _Scored(
            _exact(text, row.title, f"{row.summary} {row.body} {row.title_en}"), share(told, held[key]), row
        )
        for key, row in found.items()
    ]
    return _best(scored)


def find_policies(text: str) -> list[Policy]:
    """Return the policies that a question finds, the best first."""
    wanted = _wanted(text)
    if not wanted:
        return []
    held = {key: kept & wanted for key, kept in _policy_grams().items()}
    holders = {gram: n for gram in wanted if (n := sum(gram in one for one in held.values()))}
    told = weights(wanted, holders, len(held))
    scored = [
        _Scored(_exact(text, one.name.zh + one.name.en, _words(one)), share(told, held[one.id]), one)
        for one in library()
        if held[one.id]
    ]
    return _best(scored)


def trades_in_use(viewer: AnyViewer) -> list[tuple[str, int]]:
    """Return the trades on the shelf with how many texts each: one query."""
    return list(
        techniques(viewer).order_by().values("trade").annotate(n=Count("id")).values_list("trade", "n")
    )


@dataclass(frozen=True)
class _Scored(Generic[T]):
    """A text with how it was found: its title says the very words (2), its body does (1), or it shares some (0)."""

    exact: int
    share: float
    what: T


def _best(scored: list[_Scored[T]]) -> list[T]:
    """Order by exactness, then by what is shared. Where some hold the very words, what merely shares some is left out."""
    strict = any(one.exact for one in scored)
    kept = [one for one in scored if one.exact or (not strict and one.share >= LEAST_SHARE)]
    return [one.what for one in sorted(kept, key=lambda one: (-one.exact, -one.share))]


def _exact(text: str, title: str, body: str) -> int:
    words = tidy(text).split()
    if all(word in tidy(title) for word in words):
        return 2
    return int(all(word in tidy(f"{title} {body}") for word in words))


def _wanted(text: str) -> frozenset[str]:
    """Return the grams of a question, and of the words of the office for what the village calls otherwise."""
    words = tidy(text[:80])
    meant = " ".join(official for plain, official in _synonyms() if plain in words)
    return asked(f"{words} {meant}")


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    with _SYNONYMS.open(encoding="utf-8", newline="") as file:
        return tuple((tidy(row[0]), row[1]) for row in csv.reader(file, delimiter="\t") if len(row) == 2)


@cache
def _policy_grams() -> dict[str, frozenset[str]]:
    return {one.id: grams(_words(one)) for one in library()}


def _words(one: Policy) -> str:
    parts = [one.name, one.summary, one.issuer, one.amount.note, one.where, *one.papers]
    parts += [criterion.text for criterion in one.criteria]
    return "\n".join([*(part.zh for part in parts), *(part.en for part in parts), one.document.title])
