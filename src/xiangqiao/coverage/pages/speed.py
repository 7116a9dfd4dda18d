"""A phone's speed test: random bytes down, bytes up that nobody keeps, and the result as a report."""

from __future__ import annotations

import os
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage.actions.report import SpeedResult, tell
from xiangqiao.coverage.actions.speed import spend, start_test
from xiangqiao.coverage.forms import SpeedForm
from xiangqiao.coverage.pages.parts import act_of
from xiangqiao.coverage.pages.tell import site_or_404
from xiangqiao.coverage.rules import CHUNK_BYTES
from xiangqiao.coverage.words import place_name

# Made once a process: random, so that nothing on the way can squeeze it.
_NOISE = os.urandom(CHUNK_BYTES)


@page(Can.REPORT_SIGNAL)
@require_http_methods(["GET", "POST"])
def result(request: DeskRequest, site_id: UUID) -> HttpResponse:
    """Run a test at a place (GET gives leave), and take its result (POST)."""
    found = site_or_404(site_id)
    if request.method == "POST":
        form = SpeedForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            tested = SpeedResult(given["ticket"], given["down_kbps"], given["up_kbps"], given["latency_ms"])
            tell(
                act=act_of(request),
                viewer=request.viewer,
                site=site_id,
                service=given["service"],
                tested=tested,
            )
            messages.success(request, _("测速结果收到了，谢谢。"))
            return redirect("coverage:tell")
    else:
        ticket = start_test(viewer=request.viewer, now=request.now)
        form = SpeedForm(initial={"ticket": ticket.public_id})
    context = {
        "site": found, "where": place_name(found.division_code), "form": form,
        "ticket": form["ticket"].value(), "chunk": CHUNK_BYTES,
    }  # fmt: skip
    return render(request, "coverage/speed.html", context, status=422 if form.errors else 200)


@page(Can.REPORT_SIGNAL)
@require_GET
def down(request: DeskRequest, ticket: UUID) -> HttpResponse:
    """Answer random bytes, as many as a ticket of one's own still holds."""
    if not spend(viewer=request.viewer, ticket=ticket, now=request.now, down=CHUNK_BYTES):
        return _refused(request, ticket)
    answer = HttpResponse(_NOISE, content_type="application/octet-stream")
    answer["Cache-Control"] = "no-store"
    return answer


@page(Can.REPORT_SIGNAL)
@require_POST
def up(request: DeskRequest, ticket: UUID) -> HttpResponse:
    """Read bytes and forget them."""
    size = int(request.headers.get("Content-Length") or 0)
    if size > CHUNK_BYTES or not spend(viewer=request.viewer, ticket=ticket, now=request.now, up=size):
        return _refused(request, ticket)
    while request.read(65_536):
        pass
    return HttpResponse(status=204)


def _refused(request: DeskRequest, ticket: UUID) -> HttpResponse:
    """Answer that one's own ticket is used up; somebody else's does not exist."""
    if not spend(viewer=request.viewer, ticket=ticket, now=request.now):
        raise Http404
    return HttpResponse(status=429)
