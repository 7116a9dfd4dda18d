"""Reports from the field, and what the office makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.actions.speed import use_ticket
from xiangqiao.coverage.models import Evidence, FieldReport
from xiangqiao.coverage.rules import NEEDED_KBPS, REPORT_STEPS, may
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.places.queries import site as site_named

MOST_OPEN = 20
_MOST_KBPS, _MOST_MS = 2_000_000, 60_000


@dataclass(frozen=True)
class SpeedResult:
    """A speed test as the browser measured it, under the ticket that it ran by."""

    ticket: UUID
    down_kbps: int
    up_kbps: int
    latency_ms: int


def tell(
    *, act: Act, viewer: AnyViewer, site: UUID, service: str, operator: str = "", words: str = "",
    tested: SpeedResult | None = None, for_somebody: bool = False,
) -> FieldReport:  # fmt: skip
    """Tell from a site: no signal here, or (with `tested`) how fast it is. It waits for the office.

    Raises ActionError on an unknown site, on figures that cannot be, or where too many of one's reports still wait.
    """
    viewer.demand(Can.REPORT_SIGNAL)
    found = site_named(site)
    if found is None or service not in NEEDED_KBPS:
        raise ActionError("coverage.site", _("请选择您在哪里。"), field="site")
    waiting = FieldReport.objects.filter(reporter=viewer.public_id, state="NEW")
    if viewer.public_id and waiting.count() >= MOST_OPEN:
        raise ActionError("coverage.many_reports", _("您反映的问题还有很多没处理完，请等一等再报。"))
    row = FieldReport(
        site=site, division_code=found.division_code, kind="SPEED_TEST" if tested else "NO_SIGNAL", service=service,
        operator=operator, words=words.strip()[:200], at=act.at, reporter=viewer.public_id, for_somebody=for_somebody,
    )  # fmt: skip
    with recording("coverage.told", act, division_code=found.division_code) as record:
        if tested:
            _check(tested)
            use_ticket(viewer, tested.ticket, act.at)
            row.down_kbps, row.up_kbps, row.latency_ms = tested.down_kbps, tested.up_kbps, tested.latency_ms
        record.create(row)
    return row


def _check(tested: SpeedResult) -> None:
    speeds = (tested.down_kbps, tested.up_kbps)
    if not all(0 < speed <= _MOST_KBPS for speed in speeds) or not 0 <= tested.latency_ms <= _MOST_MS:
        raise ActionError("coverage.speed", _("测速结果不对，请重新测一次。"))


def answer_report(*, act: Act, viewer: AnyViewer, report: FieldReport, state: str) -> FieldReport:
    """Take a report as evidence, or set it aside; `act.reason` is what the reporter reads.

    Taken, "no signal" is reported evidence of grade D, a speed test measured evidence of grade C. Raises ActionError
    where setting aside has no reason, Conflict where it was answered.
    """
    viewer.demand(Can.MANAGE_COVERAGE, report.division_code)
    if state not in ("TAKEN", "SET_ASIDE"):
        raise ActionError("coverage.answer", _("请选择采信还是不采信。"), field="state")
    if state == "SET_ASIDE" and not act.reason.strip():
        raise ActionError("coverage.reason", _("不采信要写明原因，反映的人会看到。"), field="answer")
    with recording(
        "coverage.report_answered", act, subject=report, division_code=report.division_code
    ) as record:
        held = FieldReport.objects.select_for_update().get(pk=report.pk)
        if not may(REPORT_STEPS, held.state, state):
            raise Conflict("coverage.answered", _("这条反映刚刚已经处理过了。"), theirs=held.state)
        record.change(held, state=state, answer=act.reason.strip()[:200])
        if state == "TAKEN":
            record.create(_evidence(held, act))
    return held


def _evidence(report: FieldReport, act: Act) -> Evidence:
    is_test = report.kind == FieldReport.Kind.SPEED_TEST
    fast = (report.down_kbps or 0) >= NEEDED_KBPS[report.service]
    return Evidence(
        site=report.site, division_code=report.division_code, service=report.service, operator=report.operator,
        level="MEASURED" if is_test else "REPORTED", how="BROWSER_TEST" if is_test else "STATED",
        grade="C" if is_test else "D", has_service=is_test and fast, down_kbps=report.down_kbps, up_kbps=report.up_kbps,
        latency_ms=report.latency_ms, at=report.at, who=_("群众反映，%(who)s采信") % {"who": act.by.label},
        note=report.words, source_id=report.public_id,
    )  # fmt: skip
