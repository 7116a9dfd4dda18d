"""Income of a year: what was declared, what is evidenced, and which figure stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

from xiangqiao.ledger.models import IncomeLine
from xiangqiao.ledger.rules import stands

Owners = Iterable[UUID] | QuerySet[Any, Any]


def yearly_projection(year: int, *, owners: Owners) -> dict[str, dict[str, int]]:
    """Return the figure (fen) of every line of a year, by line and then by owner (text of the public id).

    Of each owner and line, evidence above the declaration replaces it, else the declaration stands; nothing counts
    twice. A line of which nothing is known is missing.
    """
    rows = (
        _lines(owners)
        .filter(year=year)
        .values("owner", "line")
        .order_by()
        .annotate(
            declared=Sum("amount_fen", filter=Q(evidence=IncomeLine.Evidence.DECLARED)),
            evidenced=Sum("amount_fen", filter=Q(evidence=IncomeLine.Evidence.EVIDENCED)),
        )
        .values_list("owner", "line", "declared", "evidenced")
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for owner, line, declared, evidenced in rows.iterator(chunk_size=10_000):
        figure = stands(declared, evidenced)
        if figure is not None:
            found[line][str(owner)] = figure
    return dict(found)


def newest_projection(until: int, *, owners: Owners) -> dict[str, dict[str, int]]:
    """Return the figures (fen) of each owner's newest year with lines that is not after `until`.

    By line and then by owner, as `yearly_projection`; one query for the years and one for each year that is somebody's
    newest.
    """
    newest: dict[str, int] = {
        str(owner): year
        for owner, year in _lines(owners)
        .filter(year__lte=until)
        .order_by()
        .values("owner")
        .annotate(newest=Max("year"))
        .values_list("owner", "newest")
        .iterator(chunk_size=10_000)
    }
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for year in set(newest.values()):
        for line, figures in yearly_projection(year, owners=owners).items():
            found[line] |= {owner: fen for owner, fen in figures.items() if newest[owner] == year}
    return dict(found)


def income_years(owner: UUID) -> dict[int, dict[str, int]]:
    """Return the figures (fen) of one owner by year and line, as `yearly_projection` does."""
    found: dict[int, dict[str, int]] = {}
    for year in _lines([owner]).values_list("year", flat=True).distinct().order_by("year"):
        found[year] = {line: by[str(owner)] for line, by in yearly_projection(year, owners=[owner]).items()}
    return found


def income_lines(owner: UUID, year: int) -> QuerySet[IncomeLine]:
    """Return the lines behind an owner's year, declared first: what a figure opens to."""
    return _lines([owner]).filter(year=year).order_by("line", "evidence", "id")


def _lines(owners: Owners) -> QuerySet[IncomeLine]:
    chosen = owners if isinstance(owners, QuerySet) else list(owners)
    return IncomeLine.objects.filter(withdrawn_at__isnull=True, owner__in=chosen)


def yearly_sums(*, first: str, after: str) -> dict[int, dict[str, int]]:
    """Return the figures (fen) of all owners between two division codes (half-open), by year and line: one or two queries.

    Evidence replaces a declaration below it, owner by owner, as in `yearly_projection`.
    """
    rows = IncomeLine.objects.filter(
        withdrawn_at__isnull=True, division_code__gte=first, division_code__lt=after
    ).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    said = Sum("amount_fen", filter=Q(evidence=IncomeLine.Evidence.DECLARED))
    proved = Sum("amount_fen", filter=Q(evidence=IncomeLine.Evidence.EVIDENCED))
    some_proved = False
    for year, line, declared, evidenced in rows.values_list("year", "line").annotate(
        said=said, proved=proved
    ):
        found[year][line] = declared or 0
        some_proved = some_proved or evidenced is not None
    if not some_proved:
        return dict(found)
    # Few lines are evidenced: what each adds above its declaration is summed one by one.
    by_owner = rows.values("year", "line", "owner").annotate(said=said, proved=proved)
    above = by_owner.filter(proved__isnull=False).values_list("year", "line", "said", "proved")
    for year, line, declared, evidenced in above:
        found[year][line] += (stands(declared, evidenced) or 0) - (declared or 0)
    return dict(found)


def owners_of(year: int) -> QuerySet[Any, Any]:
    """Return, as a subquery, the owners of whom anything is known in a year."""
    return IncomeLine.objects.filter(year=year, withdrawn_at__isnull=True).order_by().values("owner")
