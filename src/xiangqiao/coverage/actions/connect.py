"""A household takes a line: uptake, and a line on its timeline."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.coverage.models import Connection, Operator
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.queries import household as household_named

SENTENCES = {
    "FIBRE": gettext_noop("宽带接通（%(operator)s）"),
    "MOBILE": gettext_noop("用上了 4G 手机网络（%(operator)s）"),
}


def connect_household(
    *,
    act: Act,
    viewer: AnyViewer,
    household: UUID,
    service: str,
    operator: str,
    on: date,
    discounted: bool = False,
) -> Connection:
    """Record that a household uses a service from a day on, and tell it on the household's timeline.

    Idempotent while the connection stands. Raises ActionError on an unknown service or operator.
    """
    if service not in SENTENCES or operator not in ("CMCC", "CTCC", "CUCC"):
        raise ActionError("coverage.connection", _("请选择业务和运营商。"), field="operator")
    # The office sees no register: it names a household by number and learns nothing of it but where it lies.
    home = household_named(SystemViewer("登记联网"), household, today=day_of(act.at))
    viewer.demand(Can.MANAGE_COVERAGE, home.division_code)
    before = Connection.objects.filter(household=household, service=service, ended_on__isnull=True).first()
    if before:
        return before
    row = Connection(
        household=household, division_code=home.division_code, service=service, operator=operator, connected_on=on,
        discounted=discounted,
    )  # fmt: skip
    with recording("coverage.connected", act, division_code=home.division_code) as record:
        record.create(row)
        add_line(
            act=act, household=household, division_code=home.division_code, programme="COVERAGE",
            sentence=SENTENCES[service], source_id=row.public_id, operator=str(Operator(operator).label),
        )  # fmt: skip
    return row
