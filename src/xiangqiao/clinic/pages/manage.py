"""The health commission: institutions, agreements, doctors, and totals without persons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.queries import people_in
from xiangqiao.accounts.rules import Can, Role
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.forms import AgreementForm, DoctorForm, InstitutionForm, choose
from xiangqiao.clinic.pages.campaigns import campaign_table
from xiangqiao.clinic.pages.parts import act_of, done
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Figure, Line
from xiangqiao.places.queries import children, county

_MADE = {"institution": InstitutionForm, "agreement": AgreementForm, "doctor": DoctorForm}


@page(Can.MANAGE_CLINIC)
@require_GET
def manage(request: DeskRequest) -> HttpResponse:
    """Show institutions and totals."""
    return _page(request)


def _page(request: DeskRequest, refused: forms.Form | None = None, name: str = "") -> HttpResponse:
    told = queries.totals(request.viewer, on=request.viewer.today)
    made = {key: _filled(request, make()) for key, make in _MADE.items()}
    if refused is not None:
        made[name] = refused
    context = {
        "figures": [
            Figure(_("提出的会诊"), told.asked, _("次")),
            Figure(_("得到意见的病人"), told.patients_consulted, pgettext("patients", "人")),
            Figure(_("体检"), told.examined, _("人次")),
            Figure(_("村卫生室 / 医院"), f"{told.clinics} / {told.hospitals}", _("家")),
        ],
        "institutions": [
            Line(
                row.name,
                end=" ".join(
                    filter(
                        None, [str(row.get_kind_display()), str(row.get_grade_display()) if row.grade else ""]
                    )
                ),
            )
            for row in queries.institutions(request.viewer)
        ],
        "campaigns": campaign_table(queries.campaigns(request.viewer)[:50], opens=False),
        "forms": made,
        "key": new_id(),
    }
    return render(request, "clinic/manage.html", context, status=422 if refused is not None else 200)


def _filled(request: DeskRequest, form: forms.Form) -> forms.Form:
    every = list(queries.institutions(request.viewer))
    kinds = {"clinic": "CLINIC", "hospital": "HOSPITAL", "institution": ""}
    for name, kind in kinds.items():
        if name in form.fields:
            options = [(str(row.public_id), row.name) for row in every if kind in ("", row.kind)]
            choose(form, name, [("", _("请选")), *options])
    if "division_code" in form.fields:
        choose(form, "division_code", [("", _("不在村里")), *_villages()])
    if "user" in form.fields:
        doctors = people_in({Role.VILLAGE_DOCTOR, Role.HOSPITAL_DOCTOR}, on=request.viewer.today)
        choose(form, "user", [("", _("请选")), *((str(user.public_id), user.name) for user in doctors)])
    return form


def _villages() -> list[tuple[str, str]]:
    here = county()
    townships = children(here.code) if here else ()
    return [
        (village.code, f"{township.name} {village.name}")
        for township in townships
        for village in children(township.code)
    ]


@page(Can.MANAGE_CLINIC)
@require_POST
def add(request: DeskRequest, what: str) -> HttpResponse:
    """Add an institution, an agreement or a doctor."""
    if what not in _MADE:
        raise Http404
    form = _filled(request, _MADE[what](request.POST))
    by_id = {str(row.public_id): row for row in queries.institutions(request.viewer)}
    act = act_of(request)

    def doctor(data: dict[str, Any]) -> object:
        names = dict(form.fields["user"].choices)  # type: ignore[attr-defined]
        return actions.employ(
            act=act, institution=by_id[data["institution"]], user=UUID(data["user"]), name=str(names[data["user"]]),
            title=data["title"], valid_from=data["valid_from"],
        )  # fmt: skip

    steps: dict[str, Callable[[dict[str, Any]], object]] = {
        "institution": lambda data: actions.add_institution(act=act, **data),
        "agreement": lambda data: actions.add_agreement(
            act=act, **{**data, "clinic": by_id[data["clinic"]], "hospital": by_id[data["hospital"]]}
        ),
        "doctor": doctor,
    }
    if done(form, steps[what]):
        messages.success(request, _("已登记。"))
        return redirect("clinic:manage")
    return _page(request, form, what)
