"""The video call of a consultation: a page, and the few messages of its set-up."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.clinic import actions, queries
from xiangqiao.clinic.pages.parts import or_404
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.marks import Link


@page()
def call(request: DeskRequest, consultation_id: UUID) -> HttpResponse:
    """Open the call. Picture and sound pass between the two browsers and are not recorded."""
    found = or_404(lambda: queries.consultation_named(request.viewer, consultation_id))
    if found.state not in {"ACCEPTED", "ANSWERED"}:
        return redirect("clinic:consultation", consultation_id)
    side = queries.side_in(request.viewer, found)
    other = found.hospital.name if side == "clinic" else found.case.patient.clinic.name
    context = {
        "consultation": found,
        "side": side,
        "other": other,
        "ice": json.dumps(settings.ICE_SERVERS),
        "signals": reverse("clinic:signals", args=[found.public_id]),
        "crumbs": [
            Link(_("会诊单"), reverse("clinic:consultation", args=[found.public_id])),
            Link(_("视频会诊"), ""),
        ],
    }
    return render(request, "clinic/call.html", context)


@page()
def signals(request: DeskRequest, consultation_id: UUID) -> HttpResponse:
    """Take a message (POST, JSON) or hand out those of the other side after a number (GET)."""
    found = or_404(lambda: queries.consultation_named(request.viewer, consultation_id))
    if request.method == "POST":
        act = Act(by=request.viewer, at=request.now)
        sent = actions.send_signal(
            act=act, consultation=found.public_id, body=request.body.decode("utf-8", "replace")
        )
        return JsonResponse({"id": sent.pk})
    after = request.GET.get("after", "0")
    rows = queries.signals(
        found, after=int(after) if after.isdecimal() else 0, not_of=request.viewer.user.public_id
    )
    return JsonResponse({"messages": [{"id": row.pk, "body": json.loads(row.body)} for row in rows]})
