"""One consultation: the question, the file, the opinions, the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.deeds import viewed
from xiangqiao.clinic.forms import AppointForm, WordsForm
from xiangqiao.clinic.pages.cases import contents
from xiangqiao.clinic.pages.parts import act_of, done, moment, or_404, state_tag
from xiangqiao.clinic.rules import FILE_OPEN, verbs, verbs_of
from xiangqiao.clinic.signing import is_genuine
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.marks import Link

if TYPE_CHECKING:
    from django.forms import Form

    from xiangqiao.clinic.models import Consultation

# Steps that need words or a time, and their forms.
_FORMS: dict[str, Callable[[Any], Form]] = {
    "decline": lambda data: WordsForm(data, label=_("为什么不接收")),
    "answer": lambda data: WordsForm(data, label=_("会诊意见"), rows=6),
    "appoint": AppointForm,
}


def _found(request: DeskRequest, consultation_id: UUID) -> Consultation:
    return or_404(lambda: queries.consultation_named(request.viewer, consultation_id))  # type: ignore[no-any-return]


@page()
@require_GET
def consultation(request: DeskRequest, consultation_id: UUID) -> HttpResponse:
    """Show a consultation to both sides."""
    found = _found(request, consultation_id)
    viewed(act_of(request), patient=found.case.patient.public_id, subject=found.public_id)
    return _page(request, found)


def _page(
    request: DeskRequest, found: Consultation, refused: Form | None = None, verb: str = ""
) -> HttpResponse:
    side = queries.side_in(request.viewer, found)
    readable = side == "clinic" or (found.state in FILE_OPEN and found.consent.withdrawn_at is None)
    may = verbs(found.state, side)
    forms = {name: make(None) for name, make in _FORMS.items() if name in may}
    if refused is not None:
        forms[verb] = refused
    context = (contents(found.case) if readable else {}) | {
        "consultation": found,
        "side": side,
        "readable": readable,
        "state": state_tag(found),
        "question": found.opened("question") if readable else "",
        "reason": found.opened("reason"),
        "opinions": _opinions(found),
        "may": may,
        "forms": forms,
        "can_call": found.state in {"ACCEPTED", "ANSWERED"} and readable,
        "appointment": moment(found.appointment_at),
        "asked": moment(found.asked_at),
        "key": new_id(),
        "crumbs": _crumbs(found, side),
    }
    return render(request, "clinic/consultation.html", context, status=422 if refused is not None else 200)


def _crumbs(found: Consultation, side: str) -> list[Link]:
    if side == "hospital":
        return [Link(_("会诊"), reverse("clinic:queue")), Link(_("会诊单"), "")]
    case = reverse("clinic:case", args=[found.case.public_id])
    return [Link(_("远程会诊"), reverse("clinic:desk")), Link(_("病历"), case), Link(_("会诊单"), "")]


def _opinions(found: Consultation) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number, "text": row.opened("text"), "by": row.by_name, "at": moment(row.at),
            "genuine": is_genuine(row), "signature": row.signature[:16],
        }
        for row in found.opinions.order_by("number")
    ]  # fmt: skip


@page()
@require_POST
def step(request: DeskRequest, consultation_id: UUID, verb: str) -> HttpResponse:
    """Take the next step of one's side."""
    found = _found(request, consultation_id)
    steps: dict[str, Callable[[dict[str, Any]], object]] = {
        "accept": lambda _data: actions.accept(**common),
        "withdraw": lambda _data: actions.withdraw(**common),
        "close": lambda _data: actions.close_consultation(**common),
        "decline": lambda data: actions.decline(**common, reason=data["text"]),
        "answer": lambda data: actions.answer(**common, text=data["text"]),
        "appoint": lambda data: actions.appoint(**common, at=data["at"]),
    }
    if verb not in verbs_of(queries.side_in(request.viewer, found)):
        raise Http404
    version = request.POST.get("version", "")
    common: dict[str, Any] = {
        "act": act_of(request),
        "consultation": found.public_id,
        "version": int(version) if version.isdecimal() else None,
    }
    if verb not in _FORMS:
        steps[verb]({})
    else:
        form = _FORMS[verb](request.POST)
        if not done(form, steps[verb]):
            return _page(request, found, form, verb)
    messages.success(request, _("办好了。"))
    return redirect("clinic:consultation", consultation_id)
