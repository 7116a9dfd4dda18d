"""Where somebody practises, and which hospitals agreed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.clinic.models import Agreement, Institution, Practice


def practice_of(viewer: AnyViewer) -> Practice | None:
    """Return where a person practises today; None for everybody without a doctor's post."""
    if not isinstance(viewer, Viewer) or not (viewer.can(Can.TREAT) or viewer.can(Can.CONSULT)):
        return None
    kinds = [
        kind
        for act, kind in ((Can.TREAT, Institution.Kind.CLINIC), (Can.CONSULT, Institution.Kind.HOSPITAL))
        if viewer.can(act)
    ]
    held = Practice.objects.select_related("institution").filter(
        user=viewer.user.public_id, valid_from__lte=viewer.today, institution__kind__in=kinds
    )
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=viewer.today)).first()


def agreements_of(clinic: Institution, *, on: date) -> QuerySet[Agreement]:
    """Return the agreements of a clinic in force on a day, with the hospitals."""
    found = Agreement.objects.filter(clinic=clinic, valid_from__lte=on, valid_to__gt=on)
    return found.select_related("hospital").order_by("hospital__name")


def institutions(viewer: AnyViewer) -> QuerySet[Institution]:
    """Return every institution, for whom manages them or practises; none for others."""
    if viewer.can(Can.MANAGE_CLINIC) or practice_of(viewer) is not None:
        return Institution.objects.order_by("kind", "name")
    return Institution.objects.none()
