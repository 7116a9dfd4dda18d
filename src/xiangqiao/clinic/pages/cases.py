"""A case file, as the clinic writes it and the hospital reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.deeds import viewed
from xiangqiao.clinic.forms import AskForm, FileForm, WordsForm, choose
from xiangqiao.clinic.pages.desk import consultation_line
from xiangqiao.clinic.pages.parts import act_of, done, moment, or_404
from xiangqiao.clinic.vaulted import fetch
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.flow import TimelineEntry
from xiangqiao.kernel.ui.marks import Link

if TYPE_CHECKING:
    from django.forms import Form

    from xiangqiao.clinic.models import Case


def _found(request: DeskRequest, case_id: UUID) -> Case:
    return or_404(lambda: queries.case_named(request.viewer, case_id))  # type: ignore[no-any-return]


@page()
@require_GET
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Show a case file to the treating clinic, and to the hospital that was asked."""
    found = _found(request, case_id)
    viewed(act_of(request), patient=found.patient.public_id, subject=found.public_id)
    return _page(request, found)


def _page(request: DeskRequest, found: Case, refused: Form | None = None, name: str = "") -> HttpResponse:
    treats = request.viewer.can(Can.TREAT)
    context = contents(found) | {
        "case": found,
        "open": treats and found.closed_at is None,
        "consultations": [
            consultation_line(row) for row in queries.consultations(request.viewer).filter(case=found)
        ],
        "note_form": WordsForm(label=_("新记录"), rows=3),
        "file_form": FileForm(),
        "ask_form": _ask_form(request) if treats else None,
        "key": new_id(),
        "crumbs": _crumbs(found, treats=treats),
    }
    if refused is not None:
        context[name] = refused
    return render(request, "clinic/case.html", context, status=422 if refused is not None else 200)


def _crumbs(found: Case, *, treats: bool) -> list[Link]:
    if not treats:
        return [Link(_("会诊"), reverse("clinic:queue")), Link(found.patient.name, "")]
    patient = reverse("clinic:patient", args=[found.patient.public_id])
    return [
        Link(_("远程会诊"), reverse("clinic:desk")),
        Link(found.patient.name, patient),
        Link(_("病历"), ""),
    ]


def _ask_form(request: DeskRequest, data: Any = None) -> AskForm:
    form, practice = AskForm(data), queries.practice_of(request.viewer)
    rows = queries.agreements_of(practice.institution, on=request.viewer.today) if practice else []
    options = [
        (str(row.hospital.public_id), f"{row.hospital.name} {row.hospital.get_grade_display()}".strip())
        for row in rows
    ]
    choose(form, "hospital", [("", _("请选")), *options])
    return form


def contents(found: Case) -> dict[str, Any]:
    """Return what a case file holds, opened: who, why, entries, files."""
    notes = [
        TimelineEntry(moment(row.at), row.opened("text"), row.at.isoformat(), row.by_name)
        for row in found.notes.order_by("-id")
    ]
    files = [
        {
            "shown": reverse("clinic:file", args=[row.public_id, "shown"]),
            "whole": reverse("clinic:file", args=[row.public_id, "whole"]),
            "kind": row.get_kind_display(),
            "is_dicom": row.kind == "DICOM",
            "facts": row.facts,
            "at": moment(row.at),
        }
        for row in found.attachments.order_by("id")
    ]
    patient = found.patient
    who = _("%(sex)s，%(year)s 年生") % {"sex": patient.get_sex_display(), "year": patient.born_year}
    return {
        "patient": patient, "patient_name": patient.name, "who": who, "complaint": found.opened("complaint"),
        "notes": notes, "files": files,
    }  # fmt: skip


@page(Can.TREAT)
@require_POST
def add_note(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Add an entry."""
    found, form = _found(request, case_id), WordsForm(request.POST, label=_("新记录"))
    if done(
        form, lambda data: actions.add_note(act=act_of(request), case=found.public_id, text=data["text"])
    ):
        return redirect("clinic:case", case_id)
    return _page(request, found, form, "note_form")


@page(Can.TREAT)
@require_POST
def attach(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Put a file into the case."""
    found, form = _found(request, case_id), FileForm(request.POST, request.FILES)

    def keep(data: dict[str, Any]) -> None:
        actions.attach(act=act_of(request), case=found.public_id, kind=data["kind"], data=data["file"].read())

    if done(form, keep):
        messages.success(request, _("已存入病历，文件里的姓名等信息已去掉。"))
        return redirect("clinic:case", case_id)
    return _page(request, found, form, "file_form")


@page(Can.TREAT)
@require_POST
def ask(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Ask a hospital."""
    found, form = _found(request, case_id), _ask_form(request, request.POST)

    def send(data: dict[str, Any]) -> None:
        actions.ask(
            act=act_of(request),
            case=found.public_id,
            hospital=UUID(data["hospital"]),
            question=data["question"],
        )

    if done(form, send):
        messages.success(request, _("已提出会诊，等医院接收。"))
        return redirect("clinic:case", case_id)
    return _page(request, found, form, "ask_form")


@page(Can.TREAT)
@require_POST
def close(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Close the file."""
    found = _found(request, case_id)
    try:
        actions.close_case(act=act_of(request), case=found.public_id)
        messages.success(request, _("病历已结束。"))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect("clinic:case", case_id)


@page()
@require_GET
def file(request: DeskRequest, attachment_id: UUID, form: str) -> HttpResponse:
    """Hand out a file of a case, as a picture or whole, to who sees the case."""
    found = or_404(lambda: queries.attachment_named(request.viewer, attachment_id))
    case_ = found.case
    viewed(act_of(request), patient=case_.patient.public_id, subject=case_.public_id)
    if form not in {"shown", "whole"}:
        raise Http404
    shown = form == "shown" or found.kind == "PHOTO"
    data = fetch(found.preview_digest if shown else found.digest)
    answer = HttpResponse(data, content_type="image/webp" if shown else "application/dicom")
    ending = "webp" if shown else "dcm"
    answer["Content-Disposition"] = (
        f'{"inline" if shown else "attachment"}; filename="{found.digest[:12]}.{ending}"'
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
