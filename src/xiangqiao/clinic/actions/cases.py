"""Case files of the village clinic."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.clinic.actions.practice import looking, treating
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Attachment, Case, Note, Patient
from xiangqiao.clinic.pictures import take_dicom, take_photo
from xiangqiao.clinic.queries import case_named, patient_named
from xiangqiao.clinic.vaulted import keep
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act

_LONGEST = 4000


def open_case(*, act: Act, patient: UUID, complaint: str) -> Case:
    """Open a case file. Raises Patient.DoesNotExist, ActionError without a complaint."""
    practice = treating(act)
    found: Patient = patient_named(looking(act), patient)
    row = Case(patient=found, opened_at=act.at, opened_by=practice.user)
    row.seal("complaint", written(complaint, "complaint"))
    with deed("case_opened", act, patient=found.public_id, subject=row.public_id):
        row.save()
    return row


def add_note(*, act: Act, case: UUID, text: str) -> Note:
    """Add an entry to an open case file; entries never change."""
    practice, found = treating(act), _open_case(act, case)
    row = Note(case=found, at=act.at, by=practice.user, by_name=practice.name)
    row.seal("text", written(text, "text"))
    with deed("note_added", act, patient=found.patient.public_id, subject=row.public_id):
        row.save()
    return row


def attach(*, act: Act, case: UUID, kind: str, data: bytes) -> Attachment:
    """Put a photo or a DICOM image into a case file, without what names anybody. The same file twice is once."""
    practice, found = treating(act), _open_case(act, case)
    taken = take_dicom(data) if kind == Attachment.Kind.DICOM else take_photo(data)
    digest = keep(taken.data)
    present = Attachment.objects.filter(case=found, digest=digest).first()
    if present is not None:
        return present
    row = Attachment(
        case=found, kind=kind, at=act.at, by=practice.user, digest=digest, preview_digest=keep(taken.preview),
        facts=taken.facts,
    )  # fmt: skip
    with deed("file_attached", act, patient=found.patient.public_id, subject=row.public_id):
        row.save()
    return row


def close_case(*, act: Act, case: UUID) -> Case:
    """Close a case file. Raises ActionError while a consultation is open."""
    treating(act)
    found = _open_case(act, case)
    if found.consultations.filter(state__in=["ASKED", "ACCEPTED"]).exists():
        raise ActionError("clinic.open", _("还有没办结的会诊。请先办结或撤回会诊，再结束病历。"))
    with deed("case_closed", act, patient=found.patient.public_id, subject=found.public_id):
        found.closed_at = act.at
        found.save(update_fields=["closed_at"])
    return found


def _open_case(act: Act, case: UUID) -> Case:
    found = case_named(looking(act), case)
    if found.closed_at is not None:
        raise ActionError("clinic.closed", _("这份病历已经结束。病人又来了，请新开一份。"))
    return found


def written(text: str, field: str) -> str:
    """Return a text without blanks around it. Raises ActionError where it is empty or too long."""
    text = text.strip()
    if not text:
        raise ActionError("clinic.empty", _("请写几句话。"), field=field)
    if len(text) > _LONGEST:
        raise ActionError("clinic.long", _("太长了，请控制在 4000 字以内。"), field=field)
    return text
