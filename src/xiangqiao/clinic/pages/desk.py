"""Where a village doctor, a hospital doctor begin their day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.clinic import queries
from xiangqiao.clinic.pages.parts import moment, state_tag
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty, Line
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Pager, Row

if TYPE_CHECKING:
    from xiangqiao.clinic.models import Consultation, Patient

_AHEAD_DAYS = 30


@page(Can.TREAT)
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """Show the village doctor what waits, and the patients."""
    wanted = request.GET.get("q", "").strip()[:60]
    rows = queries.patients(request.viewer)
    if wanted:
        # Names are sealed: they are looked through here, a village's at a time.
        rows = rows.filter(pk__in=[row.pk for row in rows if wanted in row.name])
    part = page_of(
        rows, "id", descending=True, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    table = DataTable(
        id="patients",
        caption=_("病人"),
        columns=(
            Column("name", _("姓名")),
            Column("sex", _("性别")),
            Column("born", _("出生年份"), numeric=True),
        ),
        rows=[_patient_row(row) for row in part.rows],
        query=request.GET,
        total=rows.count(),
        noun=pgettext("patients", "人"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有找到病人"), _("换个名字找；第一次来的，点“登记病人”。")),
    )
    context = {
        "practice": queries.practice_of(request.viewer),
        "table": table,
        "wanted": wanted,
        "consultations": [consultation_line(row) for row in queries.consultations(request.viewer)[:8]],
        "due": due_lines(request),
    }
    return render(request, "clinic/desk.html", context)


def _patient_row(row: Patient) -> Row:
    name = row.name
    return Row(
        [name, str(row.get_sex_display()), str(row.born_year)],
        href=reverse("clinic:patient", args=[row.public_id]),
        key=str(row.public_id),
        label=name,
    )


def consultation_line(row: Consultation) -> Line:
    """Return a consultation as a line: who, which hospital, when, how it stands."""
    when = moment(row.appointment_at) if row.appointment_at else moment(row.asked_at)
    return Line(
        f"{row.case.patient.name} · {row.hospital.name}",
        href=reverse("clinic:consultation", args=[row.public_id]),
        tag=state_tag(row),
        end=when,
    )


def due_lines(request: DeskRequest) -> list[Line]:
    """Return what is to be looked at again soon; what is overdue says so."""
    today = request.viewer.today
    rows = queries.due_followups(request.viewer, until=today + timedelta(days=_AHEAD_DAYS))[:12]
    return [
        Line(
            row.patient.name,
            href=reverse("clinic:patient", args=[row.patient.public_id]),
            tag=Tag(_("已过期"), "orange") if row.due_on < today else Tag(_("要复查"), "gold"),
            end=date_format(row.due_on, "SHORT_DATE_FORMAT"),
        )
        for row in rows
    ]


@page(Can.CONSULT)
@require_GET
def queue(request: DeskRequest) -> HttpResponse:
    """Show the hospital doctor what was asked."""
    rows = queries.consultations(request.viewer)
    part = page_of(
        rows, "id", descending=True, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    table = DataTable(
        id="consultations",
        caption=_("会诊"),
        columns=(
            Column("patient", _("病人")),
            Column("clinic", _("村卫生室")),
            Column("asked", _("提出时间")),
            Column("appointment", _("视频预约")),
            Column("state", _("状态")),
        ),
        rows=[_asked_row(row) for row in part.rows],
        query=request.GET,
        total=rows.count(),
        noun=_("个会诊"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("现在没有会诊"), _("村卫生室提出会诊后，会出现在这里。")),
    )
    return render(
        request, "clinic/queue.html", {"table": table, "practice": queries.practice_of(request.viewer)}
    )


def _asked_row(row: Consultation) -> Row:
    patient = row.case.patient
    name = patient.name
    who = _("%(sex)s，%(year)s 年生") % {"sex": patient.get_sex_display(), "year": patient.born_year}
    return Row(
        [
            Cell(name, who),
            patient.clinic.name,
            moment(row.asked_at),
            moment(row.appointment_at) or None,
            state_tag(row),
        ],
        href=reverse("clinic:consultation", args=[row.public_id]),
        key=str(row.public_id),
        label=name,
    )
