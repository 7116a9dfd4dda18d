"""Tenants of the park: jobs they gave to members of households, and their leaving."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.moving import locked
from xiangqiao.commerce.models import LedJob, Pavilion, Tenant
from xiangqiao.commerce.queries.counter import AtCounter
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording


def note_job(*, act: Act, tenant: UUID, home: AtCounter, title: str, wage_fen: int, from_on: date) -> LedJob:
    """Note that a tenant gave a job to a member of a household."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    if not title.strip() or wage_fen <= 0:
        raise ActionError("job.wage", _("请写岗位，月工资要大于零。"), field="wage")
    try:
        with recording("commerce.job_noted", act) as record:
            firm = locked(Tenant.objects.visible_to(viewer, Can.MANAGE_COMMERCE), tenant)
            if from_on < firm.came_on:
                raise ActionError("job.from", _("上岗日期早于商户入驻日期。"), field="from_on")
            row = LedJob(
                tenant=firm, household=home.public_id, division_code=home.division_code, title=title.strip(),
                wage_fen=wage_fen, from_on=from_on,
            )  # fmt: skip
            record.create(row)
            add_line(
                act=act.keyless(), household=home.public_id, division_code=home.division_code, programme="COMMERCE",
                sentence=gettext_noop("在“%(firm)s”上岗：%(job)s"), source_id=row.public_id, firm=firm.firm,
                job=row.title,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("job.once", _("这一户在这家商户的这个岗位已经登记过了。")) from error
    return row


def leave_park(*, act: Act, tenant: UUID, on: date) -> Tenant:
    """Note that a tenant left the park."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.tenant_left", act) as record:
        row = locked(Tenant.objects.visible_to(viewer, Can.MANAGE_COMMERCE), tenant)
        if on < row.came_on:
            raise ActionError("tenant.left_on", _("离开日期早于入驻日期。"), field="on")
        record.change(row, left_on=on, valid_from=on)
    return row


def open_pavilion(
    *, act: Act, slug: str, name: str, name_en: str, on: date, about: str = "", about_en: str = ""
) -> Pavilion:
    """Open an online pavilion. The same address again returns the one that is there."""
    permit(act, Can.MANAGE_COMMERCE)
    present = Pavilion.objects.filter(slug=slug).first()
    if present is not None:
        return present
    row = Pavilion(slug=slug, name=name, name_en=name_en, about=about, about_en=about_en, opened_on=on)
    with recording("commerce.pavilion_opened", act, subject=row) as record:
        record.create(row, valid_from=on)
    return row
