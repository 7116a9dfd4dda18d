"""The catalogue of services: what is offered, by whom, with which papers and form, from when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.models import Matter, Office
from xiangqiao.services.rules.applying import faults_of_fields


def put_matter(
    *,
    act: Act,
    code: str,
    office: Office,
    on: date,
    fields: list[dict[str, Any]],
    papers: list[str],
    **values: Any,
) -> Matter:
    """Offer a service from a day on; the version before ends on that day, and its applications keep it.

    `values`: name, name_en, topic, who, working_days, fee_fen, where, basis. Raises NotAllowed where the post does not
    reach, ActionError where the form's definition is faulty, naming the field.
    """
    permit(act, Can.MANAGE_SERVICES, office.division_code)
    if faults := faults_of_fields(fields):
        raise ActionError(
            "services.form",
            _("表单的这些栏写得不对：%(faults)s。每栏要有英文名、名称、类型，选择项要列出选项。")
            % {"faults": "、".join(faults)},
            field="fields",
        )
    with recording("services.matter_put", act, division_code=office.division_code) as record:
        before = Matter.objects.select_for_update().filter(code=code, valid_to__isnull=True).first()
        if before is not None:
            record.change(before, valid_to=max(on, before.valid_from))
        row = Matter(code=code, office=office, valid_from=on, fields=fields, papers=papers, **values)
        record.create(row, valid_from=on)
    return row
