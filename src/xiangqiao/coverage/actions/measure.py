"""Evidence by the office: a measurement at a site, and the word that it is verified."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import Evidence
from xiangqiao.coverage.queries.standing import standing_of
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.places.queries import site as site_named
from xq_engine.coverage.evidence import GRADES_THAT_VERIFY

GRADES = {"THIRD_PARTY": "A", "TEST_SET": "B"}


@dataclass(frozen=True)
class Reading:
    """What was measured: kbit/s each way, milliseconds, and for a signal its level in dBm."""

    has_service: bool
    down_kbps: int | None = None
    up_kbps: int | None = None
    latency_ms: int | None = None
    level_dbm: int | None = None


def measure(
    *,
    act: Act,
    viewer: AnyViewer,
    site: UUID,
    service: str,
    how: str,
    reading: Reading,
    operator: str = "",
    note: str = "",
) -> Evidence:
    """Record a measurement by test set or third party at a site. Raises ActionError on an unknown site or way."""
    found = site_named(site)
    if found is None or how not in GRADES or service not in ("MOBILE", "FIBRE"):
        raise ActionError("coverage.measure", _("没有这个点位，或者测量方式不认识。"), field="how")
    viewer.demand(Can.MANAGE_COVERAGE, found.division_code)
    row = Evidence(
        site=site, division_code=found.division_code, service=service, operator=operator, level="MEASURED", how=how,
        grade=GRADES[how], at=act.at, who=act.by.label, note=note, **vars(reading),
    )  # fmt: skip
    with recording("coverage.measured", act, division_code=found.division_code) as record:
        record.create(row)
    return row


def verify_site(
    *, act: Act, viewer: AnyViewer, site: UUID, service: str, source_id: UUID | None = None, note: str = ""
) -> Evidence:
    """Put on record that service at a site is verified. Raises ActionError unless a measurement of grade A or B stands.

    With `source_id` (a project) it is idempotent.
    """
    found = site_named(site)
    if found is None:
        raise ActionError("coverage.site", _("没有这个点位。"), field="site")
    viewer.demand(Can.MANAGE_COVERAGE, found.division_code)
    before = Evidence.objects.filter(
        source_id=source_id, site=site, service=service, level="VERIFIED"
    ).first()
    if source_id and before:
        return before
    with recording("coverage.verified", act, division_code=found.division_code) as record:
        now = standing_of(site, service, on=day_of(act.at))
        if not (now.item and now.level >= 3 and now.has_service and now.item.grade in GRADES_THAT_VERIFY):
            raise ActionError(
                "coverage.not_measured",
                _("“%(name)s”还没有仪表或第三方实测为“有”，不能核实。请先去实测。") % {"name": found.name},
            )
        row = Evidence(
            site=site, division_code=found.division_code, service=service, level="VERIFIED", how="ACCEPTANCE",
            grade=now.item.grade, has_service=True, at=act.at, who=act.by.label, note=note, source_id=source_id,
        )  # fmt: skip
        record.create(row)
    return row
