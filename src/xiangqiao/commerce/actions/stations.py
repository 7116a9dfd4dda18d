"""Stations: who keeps one, since when; consents given to one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.moving import keep, locked
from xiangqiao.commerce.models import Consent, Station
from xiangqiao.commerce.queries.counter import AtCounter
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording


def name_keeper(*, act: Act, station: UUID, user: UUID | None, name: str) -> Station:
    """Say who keeps a station, and by which account that person signs in (None: by none)."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.keeper_named", act) as record:
        row = locked(Station.objects.visible_to(viewer, Can.MANAGE_COMMERCE), station)
        record.change(row, keeper=user, keeper_name=name.strip())
        record.event.division_code = row.division_code
    return row


def close_station(*, act: Act, station: UUID, on: date) -> Station:
    """Close a station from a day on."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.station_closed", act) as record:
        row = locked(Station.objects.visible_to(viewer, Can.MANAGE_COMMERCE), station)
        if on < row.opened_on:
            raise ActionError("station.closed_on", _("关停日期不能早于开业日期。"), field="on")
        record.change(row, closed_on=on, valid_from=on)
    return row


def give_consent(*, act: Act, station: Station, home: AtCounter, way: str, witness: str = "") -> Consent:
    """Note that a household lets a station act for it. Idempotent: a consent in force is returned.

    Raises ActionError where a spoken consent has no witness.
    """
    keep(act, station)
    if way == Consent.Way.WITNESS and not witness.strip():
        raise ActionError("consent.witness", _("口头同意要写见证人的姓名。"), field="witness")
    present = Consent.objects.filter(station=station, household=home.public_id, ended_on__isnull=True).first()
    if present is not None:
        return present
    row = Consent(
        station=station, household=home.public_id, division_code=station.division_code, way=way,
        witness=witness.strip(), given_on=day_of(act.at),
    )  # fmt: skip
    with recording("commerce.consent_given", act, subject=row, division_code=station.division_code) as record:
        record.create(row)
        add_line(
            act=act.keyless(), household=home.public_id, division_code=home.division_code, programme="COMMERCE",
            sentence=gettext_noop("同意由“%(station)s”代办网上买卖"), source_id=row.public_id, station=station.name,
        )  # fmt: skip
    return row


def end_consent(*, act: Act, consent: UUID) -> Consent:
    """End a consent: from now on the keeper sees the household only when it comes to the counter."""
    viewer = permit(act, Can.KEEP_STATION)
    with recording("commerce.consent_ended", act) as record:
        row = locked(Consent.objects.visible_to(viewer, Can.KEEP_STATION), consent)
        record.change(row, ended_on=day_of(act.at))
    return row
