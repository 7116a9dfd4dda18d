"""From the clinic to the household's timeline: neutral sentences, sent after commit, told again until they arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.clinic.models import Patient, Telling
from xiangqiao.clinic.router import DATABASE
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act

# All that anybody outside the clinic ever learns.
APPOINTMENT = gettext_noop("预约：%(day)s 到村卫生室")
CHECKUP_DONE = gettext_noop("参加了健康体检")
CHECKUP_DUE = gettext_noop("体检时间到了，请到村卫生室")
TELLER = SystemViewer("村卫生室")


def tell(patient: Patient, sentence: str, *, at: datetime, **values: str) -> None:
    """Put a neutral line aside for the patient's household; it goes out when this transaction is committed."""
    if patient.household is None:
        return
    Telling.objects.create(
        household=patient.household,
        division_code=patient.division_code,
        sentence=sentence,
        values=values,
        at=at,
    )
    transaction.on_commit(send_waiting, using=DATABASE)


def send_waiting() -> int:
    """Tell what has not arrived yet. Returns how many; a line told twice stays one line."""
    sent = 0
    for row in Telling.objects.filter(told_at__isnull=True).order_by("id"):
        add_line(
            act=Act(by=TELLER, at=row.at, source=Source.JOB), household=row.household, division_code=row.division_code,
            programme="CLINIC", sentence=row.sentence, source_id=row.public_id, **row.values,
        )  # fmt: skip
        row.told_at = row.at
        row.save(update_fields=["told_at"])
        sent += 1
    return sent
