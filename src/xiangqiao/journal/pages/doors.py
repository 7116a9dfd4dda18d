"""For who helps a household: its QR code, one-time codes, and the consent that a keeper acts for it."""

from __future__ import annotations

import io
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import give_consent, issue_code, withdraw_consent
from xiangqiao.journal.forms import ConsentForm
from xiangqiao.journal.pages.parts import act_of, household_address, key_of, place_words, refused
from xiangqiao.journal.rules.codes import spoken
from xiangqiao.kernel.errors import ActionError


@page(Can.LOG_VISIT)
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Show the household's QR code; a press of the button makes a one-time code, which is read out once."""
    home = queries.household_for(request.viewer, household_id, Can.LOG_VISIT)
    context = {
        "home": home,
        "place": place_words(home.division_code),
        "desk_url": household_address(home.public_id),
        "log_url": reverse("journal:log", args=[home.public_id]),
        "key": uuid4(),
    }
    if request.method == "POST":
        try:
            issued = issue_code(act=act_of(request), household=home.public_id)
        except ActionError as error:
            if error.status != 422:
                raise
            return render(request, "journal/code.html", {**context, "trouble": error.message}, status=422)
        address = request.build_absolute_uri(reverse("journal:door", args=[issued.door.token]))
        context |= {
            "code": spoken(issued.code),
            "token": issued.door.token,
            "until": issued.expires_at,
            "address": address,
            "qr": _qr(address),
        }
    return render(request, "journal/code.html", context)


def _qr(address: str) -> SafeString:
    """Return an address as a QR code in SVG."""
    import segno  # only for this page: not at the start of the web process

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2, scale=6)
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by the library from an address of ours


@page(Can.LOG_VISIT)
@require_http_methods(["GET", "POST"])
def consent(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Write down that a household lets the village's keeper act for it; show what stands."""
    home = queries.household_for(request.viewer, household_id, Can.LOG_VISIT)
    today = request.viewer.today
    keepers = [(str(user), name) for user, name in queries.keepers_of(home.division_code, today)]
    form = ConsentForm(request.POST or None, keepers=keepers)
    if request.method == "POST" and form.is_valid():
        try:
            give_consent(
                act=act_of(request), household=home.public_id, division_code=home.division_code,
                keeper=UUID(form.cleaned_data["keeper"]), scope=form.cleaned_data["scope"],
                given=form.cleaned_data["given"], witness=form.cleaned_data["witness"],
                valid_to=form.cleaned_data["valid_to"],
            )  # fmt: skip
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("已登记授权。农户随时可以收回。"))
            return redirect("journal:consent", household_id)
    context = {
        "home": home,
        "place": place_words(home.division_code),
        "form": form if keepers else None,
        "consents": queries.consents_of(home.public_id, today),
        "desk_url": household_address(home.public_id),
        "key": key_of(request) or uuid4(),
    }
    return render(request, "journal/consent.html", context, status=422 if form.errors else 200)


@page(Can.LOG_VISIT)
@require_POST
def withdraw(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Take a consent back on the household's word."""
    home = queries.household_for(request.viewer, household_id, Can.LOG_VISIT)
    for one in queries.consents_of(home.public_id, request.viewer.today):
        if str(one.public_id) == request.POST.get("consent"):
            withdraw_consent(act=act_of(request), consent=one.public_id)
            messages.success(request, _("授权已收回，马上生效。"))
    return redirect("journal:consent", household_id)
