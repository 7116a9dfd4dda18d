"""Buttons of the household page: applied, receiving, does not want it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act
from xiangqiao.policy.actions import note_claim
from xiangqiao.policy.queries import library

STATES = ("APPLIED", "RECEIVING", "DECLINED")


@page(Can.REQUEST_CHANGE)
@require_POST
def note(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Note what became of an entitlement, and go back to the household."""
    policy, state = request.POST.get("policy", ""), request.POST.get("state", "")
    if state not in STATES or policy not in {one.id for one in library()}:
        raise ActionError("claim.unknown", _("没有这项政策或这种状态。请回到农户页面再选一次。"))
    try:
        with transaction.atomic():
            for person in request.POST.getlist("person") or [""]:
                note_claim(
                    act=Act(request.viewer, request.now),
                    viewer=request.viewer,
                    household=public_id,
                    policy_id=policy,
                    state=state,
                    person=_person(person),
                )
    except ObjectDoesNotExist:
        raise Http404(_("没有这一户，或者不在您的辖区。")) from None
    messages.success(request, _("记下了。"))
    return HttpResponseRedirect(f"{reverse('desk:household', args=[public_id])}#policies")


def _person(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise ActionError("claim.person", _("没有这个人。请回到农户页面再选一次。")) from None
