"""A complete number is shown once, to who says why."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import reveal as permit_and_record
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.pages.parts import act_of, household_address
from xiangqiao.people.queries.changes import Household, Person, household_and_member
from xiangqiao.people.secrets import opened

_OF_HOME, _OF_PERSON = ("phone", "bank_card"), ("id_number", "disability_no")


@page(Can.REVEAL)
@never_cache
@require_POST
def reveal(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Show one complete number. `number` names it; for a member's `person` says whose; `reason` is recorded."""
    kind = request.POST.get("number", "")
    home, person = _subjects(request, household_id)
    row = home if kind in _OF_HOME else person
    if kind not in {*_OF_HOME, *_OF_PERSON} or row is None:
        raise ActionError("reveal.number", _("请选择要看哪一个号码。"), field="number")
    act = act_of(request, request.POST.get("reason", ""))
    left = permit_and_record(act=act, subject=home, attribute=kind, division_code=home.division_code)
    titles = {
        "phone": _("联系电话"),
        "bank_card": _("银行卡号"),
        "id_number": _("证件号码"),
        "disability_no": _("残疾证号"),
    }
    context = {
        "home": home,
        "whose": person.name if person and kind in _OF_PERSON else home.head_name,
        "title": titles[kind],
        "number": opened(kind, row),
        "left": left,
        "back": household_address(home.public_id),
    }
    return render(request, "people/changes/revealed.html", context)


def _subjects(request: DeskRequest, household_id: UUID) -> tuple[Household, Person | None]:
    try:
        member = UUID(request.POST.get("person", ""))
    except ValueError:
        member = None
    try:
        return household_and_member(request.viewer, household_id, member)
    except (Household.DoesNotExist, Person.DoesNotExist):
        raise Http404 from None
