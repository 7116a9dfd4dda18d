"""Grants: one person may see one subject for a time."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.models import Grant, User
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording


def grant(
    *,
    act: Act,
    user: UUID,
    subject: UUID,
    capability: Can,
    valid_from: date,
    basis: str,
    valid_to: date | None = None,
) -> Grant:
    """Let a person see a subject from a day (to a day, half-open). `basis` says why: `pairing:<id>`, `consent:<id>`.

    The act that it follows from (a pairing accepted, a consent given) has checked the permission. Idempotent: the same
    person, subject, capability and basis in force is returned as it is. Raises ActionError where nobody has the id.
    """
    person = User.objects.filter(public_id=user).first()
    if person is None:
        raise ActionError("grant.user", _("没有这个用户。"))
    present = Grant.objects.filter(
        user=person, subject=subject, capability=capability, basis=basis, valid_to=valid_to
    ).first()
    if present is not None:
        return present
    row = Grant(
        user=person,
        subject=subject,
        capability=capability,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
    )
    with recording("accounts.granted", act, subject=row) as record:
        record.create(row, valid_from=valid_from)
    return row


def end_grant(*, act: Act, grant: Grant, on: date) -> bool:
    """End a grant on a day. Return whether it was in force beyond that day."""
    if grant.valid_to is not None and grant.valid_to <= on:
        return False
    with recording("accounts.grant_ended", act, subject=grant) as record:
        # A grant ends at the earliest the day it began; half-open, it then was never in force.
        return record.change(grant, valid_to=max(on, grant.valid_from), valid_from=on)


def end_grants(*, act: Act, basis: str, on: date) -> int:
    """End every grant that rests on a basis (the pairing was closed, the consent withdrawn). Return how many."""
    rows = Grant.objects.filter(basis=basis).order_by("id")
    return sum(end_grant(act=act, grant=row, on=on) for row in rows)
