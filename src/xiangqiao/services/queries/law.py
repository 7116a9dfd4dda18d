"""The law shelf, searched by pairs of characters."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from xiangqiao.services.models import LawGram, LawText
from xiangqiao.services.rules.bigrams import bigrams, rank


def laws(on: date, *, text: str = "", kind: str = "", most: int = 50) -> list[LawText]:
    """Return the texts in force on a day that hold every pair of characters of the query, best first.

    Where none holds all of them, those that hold most come: a villager's words are seldom the law's.
    """
    rows = LawText.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if kind:
        rows = rows.filter(kind=kind)
    if not text.strip():
        return list(rows.order_by("kind", "-valid_from", "id")[:most])
    grams = bigrams(text)
    counted = LawGram.objects.filter(gram__in=grams).values("text").annotate(hits=Count("pk"))
    hits = dict(counted.values_list("text", "hits"))
    enough = len(grams) if any(count == len(grams) for count in hits.values()) else 1
    chosen = list(rows.filter(pk__in=[pk for pk, count in hits.items() if count >= enough]))
    return sorted(chosen, key=lambda row: (-rank(text, row.title, row.summary), row.pk))[:most]


def law(public_id: UUID) -> LawText:
    """Return one text. Raises LawText.DoesNotExist."""
    return LawText.objects.get(public_id=public_id)
