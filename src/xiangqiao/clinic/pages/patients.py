"""One patient: consent, case files, what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.deeds import viewed
from xiangqiao.clinic.forms import ConsentForm, FollowUpForm, PatientForm, WordsForm
from xiangqiao.clinic.pages.parts import act_of, done, moment, or_404
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Line
from xiangqiao.kernel.ui.marks import Link, Tag

if TYPE_CHECKING:
    from xiangqiao.clinic.models import Patient


@page(Can.TREAT)
def new_patient(request: DeskRequest) -> HttpResponse:
    """Register somebody who comes for the first time."""
    form = PatientForm(request.POST or None)
    made: list[Any] = []
    if request.method == "POST" and done(
        form, lambda data: made.append(actions.register_patient(act=act_of(request), **data))
    ):
        messages.success(request, _("已建档。请接着登记知情同意。"))
        return redirect("clinic:patient", made[0].public_id) if made else redirect("clinic:desk")
    crumbs = [Link(_("远程会诊"), reverse("clinic:desk")), Link(_("登记病人"), "")]
    context = {"form": form, "key": new_id(), "crumbs": crumbs}
    return render(request, "clinic/new_patient.html", context, status=422 if form.errors else 200)


def _found(request: DeskRequest, patient_id: UUID) -> Patient:
    return or_404(lambda: queries.patient_named(request.viewer, patient_id))  # type: ignore[no-any-return]


@page(Can.TREAT)
@require_GET
def patient(request: DeskRequest, patient_id: UUID) -> HttpResponse:
    """Show one patient."""
    found = _found(request, patient_id)
    viewed(act_of(request), patient=found.public_id, subject=found.public_id)
    return _page(request, found)


def _page(
    request: DeskRequest,
    found: Patient,
    *,
    consent: ConsentForm | None = None,
    case: WordsForm | None = None,
    followup: FollowUpForm | None = None,
) -> HttpResponse:
    today = request.viewer.today
    name = found.name
    context = {
        "patient": found,
        "name": name,
        "facts": _facts(found),
        "consents": _consents(found, request),
        "cases": _cases(found),
        "followups": list(found.followups.order_by("-due_on")[:20]),
        "consent_form": consent
        or ConsentForm(initial={"given_on": today, "valid_to": today + timedelta(days=365)}),
        "case_form": case or WordsForm(label=_("主诉和现病史"), rows=4),
        "followup_form": followup or FollowUpForm(),
        "key": new_id(),
        "crumbs": [Link(_("远程会诊"), reverse("clinic:desk")), Link(name, "")],
    }
    refused = any(form is not None and form.errors for form in (consent, case, followup))
    return render(request, "clinic/patient.html", context, status=422 if refused else 200)


def _facts(found: Patient) -> list[tuple[str, str]]:
    facts = [
        (_("性别"), str(found.get_sex_display())),
        (_("出生年份"), str(found.born_year)),
        (_("建档时间"), moment(found.registered_at)),
    ]
    if phone := found.opened("phone"):
        facts.append((_("联系电话"), phone))
    return facts


def _consents(found: Patient, request: DeskRequest) -> list[dict[str, Any]]:
    today, rows = request.viewer.today, []
    for row in found.consents.order_by("-given_on", "-id"):
        stands = row.withdrawn_at is None and row.valid_to > today
        word = _("有效") if stands else _("已撤回") if row.withdrawn_at else _("已过期")
        rows.append(
            {
                "id": row.public_id,
                "what": row.get_scope_display(),
                "how": " · ".join(filter(None, [str(row.get_how_display()), row.witness])),
                "until": date_format(row.valid_to, "SHORT_DATE_FORMAT"),
                "tag": Tag(word, "green" if stands else "grey"),
                "stands": stands,
            }
        )
    return rows


def _cases(found: Patient) -> list[Line]:
    return [
        Line(
            row.opened("complaint")[:40],
            href=reverse("clinic:case", args=[row.public_id]),
            tag=Tag(_("已结束"), "grey") if row.closed_at else Tag(_("治疗中"), "blue"),
            end=moment(row.opened_at),
        )
        for row in found.cases.order_by("-id")
    ]


@page(Can.TREAT)
@require_POST
def consent(request: DeskRequest, patient_id: UUID) -> HttpResponse:
    """Note that the patient agrees."""
    found, form = _found(request, patient_id), ConsentForm(request.POST)
    if done(form, lambda data: actions.give_consent(act=act_of(request), patient=found.public_id, **data)):
        messages.success(request, _("已登记同意。病人可以随时撤回。"))
        return redirect("clinic:patient", patient_id)
    return _page(request, found, consent=form)


@page(Can.TREAT)
@require_POST
def withdraw_consent(request: DeskRequest, patient_id: UUID, consent_id: UUID) -> HttpResponse:
    """Take a consent back."""
    _found(request, patient_id)
    or_404(lambda: actions.withdraw_consent(act=act_of(request), consent=consent_id))
    messages.success(request, _("已撤回同意，医院不再看得到这份病历。"))
    return redirect("clinic:patient", patient_id)


@page(Can.TREAT)
@require_POST
def open_case(request: DeskRequest, patient_id: UUID) -> HttpResponse:
    """Open a case file."""
    found, form = _found(request, patient_id), WordsForm(request.POST, label=_("主诉和现病史"))
    made: list[Any] = []
    if done(
        form,
        lambda data: made.append(
            actions.open_case(act=act_of(request), patient=found.public_id, complaint=data["text"])
        ),
    ):
        return redirect("clinic:case", made[0].public_id) if made else redirect("clinic:patient", patient_id)
    return _page(request, found, case=form)


@page(Can.TREAT)
@require_POST
def plan_followup(request: DeskRequest, patient_id: UUID) -> HttpResponse:
    """Plan to look again."""
    found, form = _found(request, patient_id), FollowUpForm(request.POST)
    if done(form, lambda data: actions.plan_followup(act=act_of(request), patient=found.public_id, **data)):
        messages.success(request, _("已安排复查。到期前会出现在首页。"))
        return redirect("clinic:patient", patient_id)
    return _page(request, found, followup=form)


@page(Can.TREAT)
@require_POST
def finish_followup(request: DeskRequest, patient_id: UUID, followup_id: UUID) -> HttpResponse:
    """Note what came of looking again."""
    found, form = _found(request, patient_id), WordsForm(request.POST)
    if done(
        form,
        lambda data: or_404(
            lambda: actions.finish_followup(act=act_of(request), followup=followup_id, result=data["text"])
        ),
    ):
        messages.success(request, _("已记下复查结果。"))
    else:
        messages.error(request, _("请写几句复查结果。"))
    return redirect("clinic:patient", found.public_id)
