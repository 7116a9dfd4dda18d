"""Figures of the mission on a day, each computed from records or, where a county can only state it, declared.

Source: docs of the mission's model, the internet-based poverty-alleviation work of Ningdu county as of 2016-11-29.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.clinic import queries as clinic
from xiangqiao.commerce.queries import figures as commerce
from xiangqiao.coverage import queries as coverage
from xiangqiao.giving import queries as giving
from xiangqiao.journal import queries as journal
from xiangqiao.learning import queries as learning
from xiangqiao.pairing.queries import pairs_in
from xiangqiao.policy.queries import library
from xiangqiao.services import queries as services

REPORTED_ON = date(2016, 11, 29)
# Totals only ever leave this module.
VIEWER = SystemViewer("做到了什么")


@dataclass(frozen=True)
class Told:
    """A figure: what it counts, then (2016-11-29) and now; None where it was not counted. `declared` names the source."""

    label: Promise | str
    then: int | None
    now: int | None
    unit: Promise | str
    of: Promise | str = ""
    declared: str = ""


def help_figures(_today: date) -> list[Told]:
    """Return what the app did: pairs, visits, policies and techniques to read."""
    visits = journal.visits(VIEWER)
    return [
        Told(
            _("结对帮扶的户"),
            None,
            pairs_in(VIEWER).filter(valid_to__isnull=True).count(),
            pgettext_lazy("unit", "户"),
        ),
        Told(_("帮扶日志"), None, visits.count(), pgettext_lazy("unit", "篇")),
        Told(_("可以查的政策"), None, len(library().policies), pgettext_lazy("unit", "项")),
        Told(_("可以查的技术"), None, journal.techniques(VIEWER).count(), pgettext_lazy("techniques", "篇")),
    ]


def commerce_figures(today: date) -> list[Told]:
    """Return what the report counts of e-commerce, by the records of both days."""
    then, now = (commerce.figures(VIEWER, day) for day in (REPORTED_ON, today))
    return [
        Told(_("孵化园的商户"), then.tenants, now.tenants, pgettext_lazy("unit", "家")),
        Told(_("服务站点"), then.points, now.points, ""),
        Told(_("有站点的乡镇"), then.townships, now.townships, ""),
        Told(_("平台"), then.operators, now.operators, pgettext_lazy("unit", "家")),
        Told(_("网上宁都馆"), then.pavilions, now.pavilions, ""),
        Told(_("村邮乐购站"), then.post_stations, now.post_stations, ""),
        Told(
            _("有村邮乐购的贫困村"), then.poor_villages_with_post, now.poor_villages_with_post, "",
            of=_("共 %(n)d 个贫困村") % {"n": now.poor_villages},
        ),
    ]  # fmt: skip


def coverage_figures(_today: date) -> list[Told]:
    """Return stations of the register, and beside them what is only declared, with its source."""
    rows = coverage.declared(VIEWER)
    declared = [
        Told(
            str(row.get_code_display()),
            *_dated(row.value, row.as_of),
            "",
            declared=f"{row.source}，{row.as_of:%Y-%m-%d}",
        )
        for row in rows
    ]
    count = coverage.station_counts(VIEWER).total
    return [Told(_("登记在册的基站"), count, count, ""), *declared]


def _dated(value: int, as_of: date) -> tuple[int | None, int | None]:
    """Return a declared figure under the day that it was declared for: a figure of then says nothing of now."""
    return (value, None) if as_of <= REPORTED_ON else (None, value)


def learning_figures(today: date) -> list[Told]:
    """Return rooms of the shared classroom, and the lessons of this term by what became of them."""
    now = datetime.combine(today, time(12), tzinfo=UTC)
    rooms = learning.rooms(VIEWER).filter(kind="RECEIVE", is_active=True).count()
    told = [Told(_("接通在线课堂的教室"), None, rooms, pgettext_lazy("unit", "间"))]
    term = learning.term_on(today)
    if term is not None:
        found = learning.outcomes(VIEWER, first=term.first_day, last=min(today, term.last_day), now=now)
        total = learning.rates(found)
        told.append(
            Told(
                _("本学期按课表上的课"), None, total.held, pgettext_lazy("unit", "节"),
                of=_("应上 %(n)d 节") % {"n": total.planned},
            )
        )  # fmt: skip
    shelf = learning.resources(now=now).count()
    return [*told, Told(_("可用的学习资源"), None, shelf, pgettext_lazy("unit", "个"))]


def service_figures(today: date) -> list[Told]:
    """Return questions, applications, work and training."""
    asked = services.question_totals(VIEWER, today)
    transfer = services.transfer_totals()
    pieces = pgettext_lazy("unit", "件")
    return [
        Told(_("群众提问"), None, asked.asked, pieces),
        Told(_("已答复"), None, asked.answered, pieces, of=_("共 %(n)d 件提问") % {"n": asked.asked}),
        Told(_("网上申请"), None, services.applications(VIEWER).count(), pieces),
        *[Told(label, None, n, pgettext_lazy("unit", "人")) for label, n in _work(transfer)],
        Told(_("站点代办"), None, services.orders(VIEWER).count(), pieces),
    ]


def _work(transfer: dict[str, int]) -> list[tuple[Promise | str, int]]:
    named = {"arrived": _("有组织送出去务工"), "still": _("三个月后还在岗")}
    return [(named[key], transfer[key]) for key in named if key in transfer]


def clinic_figures(today: date) -> list[Told]:
    """Return patients consulted and persons examined, with the residents stated."""
    then, now = (clinic.totals(VIEWER, on=day) for day in (REPORTED_ON, today))
    people = pgettext_lazy("unit", "人")
    campaign = clinic.campaigns(VIEWER).filter(begins_on__lte=REPORTED_ON).first()
    of: str = ""
    if campaign is not None:
        told = clinic.coverage(campaign, on=REPORTED_ON)
        parts = {"n": told.residents, "rate": f"{told.examined / told.residents * 100:.1f}%"}
        of = _("全村 %(n)d 人的 %(rate)s") % parts
    return [
        Told(_("远程会诊的病人"), then.patients_consulted, now.patients_consulted, people),
        Told(_("参加体检"), then.examined, now.examined, people, of=of),
    ]


def giving_figures(today: date) -> list[Told]:
    """Return public appeals, what is open, and sums that a designated platform reports."""
    shown = giving.board(datetime.combine(today, time(12), tzinfo=UTC))
    mirrored = [row for one in shown for row in one.mirrored]
    sums = [
        Told(
            _("指定平台为一户募到（元）"),
            None,
            row.amount_fen // 100,
            "",
            declared=f"{row.platform}，{row.as_of:%Y-%m-%d}",
        )
        for row in mirrored[:2]
    ]
    return [
        Told(_("公开的求助"), None, len(shown), pgettext_lazy("unit", "件")),
        Told(
            _("还缺的东西"),
            None,
            sum(need.taken < need.quantity for one in shown for need in one.needs),
            pgettext_lazy("unit", "项"),
        ),
        *sums,
    ]
