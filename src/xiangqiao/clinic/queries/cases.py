"""Case files and consultations, by the side from which somebody looks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.clinic.models import Attachment, Case, Consultation, Institution, Signal
from xiangqiao.clinic.queries.institutions import practice_of
from xiangqiao.clinic.rules import FILE_OPEN, Side


def consultations(viewer: AnyViewer) -> QuerySet[Consultation]:
    """Return the consultations of the own clinic, or those that the own hospital was asked for; the newest first."""
    practice = practice_of(viewer)
    if practice is None:
        return Consultation.objects.none()
    mine = Q(case__patient__clinic=practice.institution) | Q(hospital=practice.institution)
    rows = Consultation.objects.filter(mine).select_related("case__patient__clinic", "hospital", "consent")
    return rows.order_by("-id")


def consultation_named(viewer: AnyViewer, public_id: UUID) -> Consultation:
    """Return one consultation. Raises Consultation.DoesNotExist where unseen."""
    return consultations(viewer).get(public_id=public_id)


def side_in(viewer: AnyViewer, consultation: Consultation) -> Side:
    """Return from which side somebody who sees a consultation looks at it."""
    practice = practice_of(viewer)
    asked = practice is not None and practice.institution.pk == consultation.hospital_id
    return "hospital" if asked else "clinic"


def _cases(viewer: AnyViewer) -> QuerySet[Case]:
    practice = practice_of(viewer)
    if practice is None:
        return Case.objects.none()
    if practice.institution.kind == Institution.Kind.CLINIC:
        return Case.objects.filter(patient__clinic=practice.institution)
    # The hospital reads the file while it is asked, and while the consent stands.
    asked = Consultation.objects.filter(
        hospital=practice.institution, state__in=FILE_OPEN, consent__withdrawn_at__isnull=True
    )
    return Case.objects.filter(pk__in=asked.values("case_id"))


def case_named(viewer: AnyViewer, public_id: UUID) -> Case:
    """Return one case file. Raises Case.DoesNotExist where unseen."""
    return _cases(viewer).select_related("patient__clinic").get(public_id=public_id)


def attachment_named(viewer: AnyViewer, public_id: UUID) -> Attachment:
    """Return one file of a case that somebody sees. Raises Attachment.DoesNotExist."""
    found = Attachment.objects.select_related("case__patient").get(public_id=public_id)
    if not _cases(viewer).filter(pk=found.case_id).exists():
        raise Attachment.DoesNotExist
    return found


def signals(consultation: Consultation, *, after: int, not_of: UUID) -> list[Signal]:
    """Return the call's messages of the other side after a number."""
    rows = Signal.objects.filter(consultation=consultation, pk__gt=after).exclude(sender=not_of)
    return list(rows.order_by("pk")[:50])
