"""The frame of every act at the clinic: one transaction in the clinic's database, one entry of its own log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections, transaction
from django.utils.translation import gettext as _

from xiangqiao.clinic.models import Deed
from xiangqiao.clinic.router import DATABASE
from xiangqiao.clinic.rules import chain
from xiangqiao.kernel.errors import AlreadyDone
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act

# Any number that no other use of the database has: writers of the log wait for one another.
_LOCK = 7_304_127


@contextmanager
def deed(kind: str, act: Act, *, patient: UUID | None = None, subject: UUID | None = None) -> Iterator[None]:
    """Do an act: what is written inside stands together with its entry in the log, or nothing does.

    The entry says who, when, what kind, about which opaque ids; never a word about health. Raises AlreadyDone when the
    act's key was used before; then nothing is written.
    """
    with transaction.atomic(using=DATABASE):
        _wait_for_others()
        done = Deed.objects.filter(public_id=act.key).first() if act.key else None
        if done is not None:
            raise AlreadyDone("clinic.already_done", _("这一步已经办过了。"), event=done)
        yield
        _write(kind, act, patient, subject)


def viewed(act: Act, *, patient: UUID, subject: UUID | None = None) -> None:
    """Write that somebody opened a case file, once a person, file and day."""
    start = act.at.replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Deed.objects.filter(kind="viewed", actor=act.by.public_id, subject=subject, at__gte=start)
    if not seen.exists():
        with deed("viewed", act, patient=patient, subject=subject):
            pass


def _wait_for_others() -> None:
    # SQLite's transactions begin immediate: one writer at a time anyway.
    if connections[DATABASE].vendor == "postgresql":
        with connections[DATABASE].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _write(kind: str, act: Act, patient: UUID | None, subject: UUID | None) -> None:
    last = Deed.objects.order_by("-id").values_list("link", flat=True).first() or ""
    public_id = act.key or new_id()
    link = chain(last, public_id, act.at.isoformat(), act.by.public_id, act.by.label, kind, patient, subject)
    Deed.objects.create(
        public_id=public_id, at=act.at, actor=act.by.public_id, actor_label=act.by.label, kind=kind,
        patient=patient, subject=subject, previous=last, link=link,
    )  # fmt: skip


def broken_links() -> list[int]:
    """Return the entries of the log that do not follow from the one before; none where nobody tampered."""
    previous, broken = "", []
    for row in Deed.objects.order_by("id").iterator():
        parts = (
            row.public_id,
            row.at.isoformat(),
            row.actor,
            row.actor_label,
            row.kind,
            row.patient,
            row.subject,
        )
        if row.previous != previous or row.link != chain(previous, *parts):
            broken.append(row.pk)
        previous = row.link
    return broken
