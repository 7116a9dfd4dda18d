"""Cadres and units: lists with filters, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, scope
from xiangqiao.pairing.models import Cadre, Pairing, Unit
from xiangqiao.pairing.queries.gaps import orders_on
from xq_engine.divisions import range_of

_IN_FORCE = Q(pairings__valid_to__isnull=True, pairings__isnull=False)


@dataclass(frozen=True)
class CadreFilter:
    """What lists of cadres and units are narrowed by. Every field is text as it stands in the address."""

    division: str = ""
    unit: str = ""
    skill: str = ""
    load: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> CadreFilter:
        """Read the filter from the parameters of an address."""
        return cls(**{field.name: query.get(field.name, "").strip()[:60] for field in fields(cls)})


def _sees_all(viewer: AnyViewer) -> bool:
    """A county post sees cadres whose unit is ordered nowhere, too."""
    return isinstance(viewer, SystemViewer) or any(
        code.endswith("000000") for code in viewer.divisions(Can.READ_PAIRING)
    )


def cadres(viewer: AnyViewer, wanted: CadreFilter, *, on: date) -> QuerySet[Cadre]:
    """Return cadres in office with `used`, the households they have: those whose unit helps where the viewer reads."""
    rows = visible_cadres(viewer, on).filter(left_on__isnull=True).select_related("unit")
    rows = rows.annotate(used=Count("pairings", filter=_IN_FORCE, distinct=True))
    if wanted.q:
        rows = rows.filter(Q(name__startswith=wanted.q) | Q(unit__name__contains=wanted.q))
    if wanted.unit:
        unit = _uuid(wanted.unit)
        rows = rows.filter(unit__public_id=unit) if unit else rows.none()
    if wanted.skill:
        rows = rows.filter(skill=wanted.skill)
    if wanted.division:
        rows = rows.filter(unit__in=_units_helping(wanted.division, on))
    if wanted.load in _LOADS:
        rows = rows.filter(_LOADS[wanted.load])
    return rows


_LOADS = {"full": Q(used__gte=F("capacity")), "free": Q(used__lt=F("capacity")), "none": Q(used=0)}


def _units_helping(division: str, on: date) -> QuerySet[Unit, int]:
    first, after = range_of(division.ljust(12, "0")) if division.isdigit() else ("", "")
    return orders_on(on).filter(division_code__gte=first, division_code__lt=after).values("unit")  # type: ignore[return-value]


def visible_cadres(viewer: AnyViewer, on: date) -> QuerySet[Cadre]:
    """Return the cadres whose unit helps where the viewer reads, or who have a household there."""
    if _sees_all(viewer):
        return Cadre.objects.all()
    helping = orders_on(on).filter(scope(viewer, Can.READ_PAIRING, subject=None)).values("unit")
    paired = Pairing.objects.visible_to(viewer).values("cadre")
    return Cadre.objects.filter(Q(unit__in=helping) | Q(pk__in=paired))


def cadre_named(viewer: AnyViewer, public_id: UUID, *, on: date) -> Cadre:
    """Return one cadre with the unit at hand. Raises Cadre.DoesNotExist where unseen."""
    return visible_cadres(viewer, on).select_related("unit").get(public_id=public_id)


def account_of(username: str) -> UUID | None:
    """Return the account that a sign-in name names."""
    return User.objects.filter(username=username, is_active=True).values_list("public_id", flat=True).first()


def account_name(cadre: Cadre) -> str:
    """Return the sign-in name under which a cadre signs in; nothing where there is no account."""
    if cadre.user is None:
        return ""
    return User.objects.filter(public_id=cadre.user).values_list("username", flat=True).first() or ""


def units(viewer: AnyViewer, wanted: CadreFilter, *, on: date) -> QuerySet[Unit]:
    """Return units with `villages`, `staff`, `places` and `used`, those that help where the viewer reads."""
    rows = Unit.objects.all()
    if not _sees_all(viewer):
        rows = rows.filter(
            pk__in=orders_on(on).filter(scope(viewer, Can.READ_PAIRING, subject=None)).values("unit")
        )
    if wanted.q:
        rows = rows.filter(name__contains=wanted.q)
    if wanted.division:
        rows = rows.filter(pk__in=_units_helping(wanted.division, on))
    if wanted.load == "none":
        rows = rows.filter(~Exists(Cadre.objects.filter(unit=OuterRef("pk"), left_on__isnull=True)))
    staff = Cadre.objects.filter(unit=OuterRef("pk"), left_on__isnull=True).order_by().values("unit")
    pairs = Pairing.objects.filter(cadre__unit=OuterRef("pk"), valid_to__isnull=True).order_by()
    orders = orders_on(on).filter(unit=OuterRef("pk")).order_by().values("unit")
    return rows.annotate(
        villages=Coalesce(Subquery(orders.annotate(n=Count("pk")).values("n")), 0),
        staff=Coalesce(Subquery(staff.annotate(n=Count("pk")).values("n")), 0),
        places=Coalesce(Subquery(staff.annotate(n=Sum("capacity")).values("n")), 0),
        used=Coalesce(Subquery(pairs.values("cadre__unit").annotate(n=Count("pk")).values("n")), 0),
    )


def villages_of(rows: list[Unit], on: date) -> dict[int, list[str]]:
    """Return the codes of the villages that units of a page help: one query."""
    found: dict[int, list[str]] = {}
    for unit, code in (
        orders_on(on).filter(unit__in=rows).order_by("division_code").values_list("unit_id", "division_code")
    ):
        found.setdefault(unit, []).append(code)
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
