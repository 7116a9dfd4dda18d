"""Check-up campaigns of the own village."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.forms import CampaignForm, ExamineForm, choose
from xiangqiao.clinic.pages.parts import act_of, done, or_404
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Meter
from xiangqiao.kernel.ui.numbers import share, whole
from xiangqiao.kernel.ui.tables import Column, Content, DataTable, Row


def covered(examined: int, residents: int) -> Meter:
    """Return how many of the residents were examined, with the denominator."""
    parts = {"share": share(examined, residents), "n": whole(examined), "of": whole(residents)}
    words = _("%(share)s（%(n)s / %(of)s）") % parts
    return Meter(min(1.0, examined / residents), words, "green")


def campaign_table(rows: Any, *, opens: bool) -> DataTable:
    """Return campaigns as a table; each rate names its denominator, its source and its day."""
    listed = [
        Row(
            [
                row.name,
                row.clinic.name,
                f"{date_format(row.begins_on, 'SHORT_DATE_FORMAT')} – {date_format(row.ends_on, 'SHORT_DATE_FORMAT')}",
                covered(row.examined, row.residents),
                _("%(source)s，截至 %(day)s")
                % {"source": row.residents_source, "day": date_format(row.residents_on, "SHORT_DATE_FORMAT")},
            ],
            href=reverse("clinic:campaign", args=[row.public_id]) if opens else "",
            key=str(row.public_id),
            label=row.name,
        )
        for row in rows
    ]
    return DataTable(
        id="campaigns",
        caption=_("体检活动"),
        columns=(
            Column("name", _("活动")),
            Column("clinic", _("村卫生室")),
            Column("days", _("时间")),
            Column("covered", _("已体检"), meaning=_("已体检人数 / 常住人口。")),
            Column("source", _("人口数出处")),
        ),
        rows=listed,
        empty=Empty(_("还没有体检活动"), _("填好下面的表，就可以开始一次体检。")),
    )


@page(Can.TREAT)
def campaign_list(request: DeskRequest) -> HttpResponse:
    """List the own clinic's campaigns and begin one."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda data: actions.open_campaign(act=act_of(request), **data)
    ):
        messages.success(request, _("体检活动开始了。"))
        return redirect("clinic:campaigns")
    table = campaign_table(queries.campaigns(request.viewer)[:50], opens=True)
    crumbs = [Link(_("远程会诊"), reverse("clinic:desk")), Link(_("体检活动"), "")]
    context = {"table": table, "form": form, "key": new_id(), "crumbs": crumbs}
    return render(request, "clinic/campaigns.html", context, status=422 if form.errors else 200)


@page(Can.TREAT)
def campaign(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Show one campaign and note check-ups."""
    found = or_404(lambda: queries.campaigns(request.viewer).get(public_id=campaign_id))
    form = ExamineForm(request.POST or None, initial={"on": request.viewer.today})
    waiting = queries.patients(request.viewer).exclude(checkups__campaign=found)
    choose(
        form,
        "patient",
        [("", _("请选")), *((str(row.public_id), f"{row.name} {row.born_year}") for row in waiting)],
    )

    def keep(data: dict[str, Any]) -> None:
        actions.examine(
            act=act_of(request), campaign=found.public_id, patient=UUID(data["patient"]), on=data["on"],
            answers=form.answers(),
        )  # fmt: skip

    if request.method == "POST" and done(form, keep):
        messages.success(request, _("已记下这次体检。"))
        return redirect("clinic:campaign", campaign_id)
    context = {
        "campaign": found,
        "covered": covered(found.examined, found.residents),
        "examined": _examined(found),
        "form": form,
        "key": new_id(),
        "crumbs": [
            Link(_("远程会诊"), reverse("clinic:desk")),
            Link(_("体检活动"), reverse("clinic:campaigns")),
            Link(found.name, ""),
        ],
    }
    return render(request, "clinic/campaign.html", context, status=422 if form.errors else 200)


def _examined(found: Any) -> DataTable:
    rows: list[Row] = []
    for row in found.checkups.select_related("patient").order_by("-on", "-id")[:50]:
        cells: list[Content] = [
            row.patient.name,
            str(row.patient.get_sex_display()),
            date_format(row.on, "SHORT_DATE_FORMAT"),
        ]
        rows.append(
            Row(cells, href=reverse("clinic:patient", args=[row.patient.public_id]), label=row.patient.name)
        )
    return DataTable(
        id="examined",
        caption=_("最近体检的人"),
        columns=(Column("name", _("姓名")), Column("sex", _("性别")), Column("on", _("日期"))),
        rows=rows,
        empty=Empty(_("还没有人体检"), _("在右边记下第一个。")),
    )
