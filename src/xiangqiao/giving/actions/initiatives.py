"""Starting a joint initiative of several departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.giving.models import Initiative, Part
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording


def start_initiative(
    *,
    act: Act,
    viewer: AnyViewer,
    title: str,
    purpose: str,
    division_code: str,
    starts_on: date,
    ends_on: date,
    parts: Sequence[tuple[str, str]],
) -> Initiative:
    """Note that departments give together: (department, what it promises) each. At least two of them."""
    viewer.demand(Can.MANAGE_GIVING, division_code)
    if len({department for department, _promise in parts}) < 2:
        raise ActionError(
            "giving.departments", _("联合行动至少要有两个单位，每个单位写一行。"), field="parts"
        )
    if ends_on <= starts_on:
        raise ActionError("giving.days", _("结束日期要在开始日期之后。"), field="ends_on")
    row = Initiative(
        title=title, purpose=purpose, division_code=division_code, starts_on=starts_on, ends_on=ends_on
    )
    with recording("giving.initiative_started", act, subject=row, division_code=division_code) as record:
        record.create(row)
        for department, promise in dict(parts).items():
            record.create(Part(initiative=row, department=department, promise=promise))
    return row
