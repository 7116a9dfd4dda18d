"""The duty list: offices, and who is in charge of what, where, from when."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.models import Duty, Office
from xiangqiao.services.words import Topic


def put_office(
    *,
    act: Act,
    name: str,
    role: str,
    division_code: str,
    unit_name: str = "",
    name_en: str = "",
    phone: str = "",
) -> Office:
    """Add an office, or change the one of this name. Raises NotAllowed where the post does not reach."""
    permit(act, Can.MANAGE_SERVICES, division_code)
    values: dict[str, Any] = {
        "role": role, "division_code": division_code, "unit_name": unit_name, "name_en": name_en, "phone": phone,
    }  # fmt: skip
    with recording("services.office_put", act, division_code=division_code) as record:
        office = Office.objects.select_for_update().filter(name=name).first()
        if office is None:
            office = Office(name=name, **values)
            record.create(office)
        else:
            record.change(office, **values)
    return office


def put_duty(
    *, act: Act, topic: Topic | str, division_code: str, office: Office, working_days: int, on: date
) -> Duty:
    """Say who is in charge of a topic at a place from a day on; who was before ends on that day.

    Raises NotAllowed where the post does not reach.
    """
    permit(act, Can.MANAGE_SERVICES, division_code)
    with recording("services.duty_put", act, division_code=division_code) as record:
        before = (
            Duty.objects.select_for_update()
            .filter(topic=topic, division_code=division_code, valid_to__isnull=True)
            .first()
        )
        if before is not None:
            if before.office_id == office.pk and before.working_days == working_days:
                return before
            record.change(before, valid_to=max(on, before.valid_from))
        duty = Duty(
            topic=topic, division_code=division_code, office=office, working_days=working_days, valid_from=on
        )
        record.create(duty, valid_from=on)
    return duty
