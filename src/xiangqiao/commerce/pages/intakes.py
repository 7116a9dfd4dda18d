"""Taking goods in, and the slip that the household takes along."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import TakeInForm, WhoForm
from xiangqiao.commerce.pages.counter import crumbs, no_station, who_blocks, who_came
from xiangqiao.commerce.pages.parts import Block, FormPart, act_of, attempt, home_of, or_404, show, token_of
from xiangqiao.commerce.queries import keeping


@page(Can.KEEP_STATION)
@require_http_methods(["GET", "POST"])
def take_in(request: DeskRequest) -> HttpResponse:
    """First who came, then what was brought; then the slip."""
    station = keeping.own_station(request.viewer)
    if station is None:
        return no_station(request)
    who, home = WhoForm(), home_of(request)
    if request.POST.get("step") == "who":
        who = WhoForm(request.POST)
        home = who_came(request, who)
    if home is None:
        return show(request, _("收货"), who_blocks(request, who, request.path), crumbs=crumbs(_("收货")))
    form = TakeInForm(request.POST if request.POST.get("step") == "goods" else None)
    if form.is_bound:
        made = attempt(request, form, lambda: actions.take_in(
            act=act_of(request), station=station, home=home, goods=actions.Goods(
                form.cleaned_data["product"].strip(), form.cleaned_data["grade"].strip(), form.cleaned_data["kg"],
                form.cleaned_data["price"],
            ),
        ))  # fmt: skip
        if made is not None:
            return redirect("commerce:slip", made.public_id)
    part = FormPart(form, request.path, _("收下，开单"), {"step": "goods", "home": token_of(home)})
    return show(
        request, _("收货"), [Block(f"{home.name}　{home.village}", forms=[part])], crumbs=crumbs(_("收货"))
    )


@page(Can.KEEP_STATION)
@require_GET
def slip(request: DeskRequest, intake_id: UUID) -> HttpResponse:
    """Show the slip, made for a 58 mm printer; `?pdf=1` as a file."""
    row = or_404(lambda: keeping.slip_named(request.viewer, intake_id))
    context = {"row": row, "title": _("收货单"), "kg": f"{row.grams / 1000:.3f}"}
    answer = render(request, "commerce/slip.html", context)
    return pdf_of(answer, row.slip) if "pdf" in request.GET else answer


def pdf_of(answer: HttpResponse, name: str) -> HttpResponse:
    """Return a drawn paper as PDF."""
    # Cairo and fonts: loaded when somebody prints, not when the process starts.
    from xiangqiao.commerce.paper import as_pdf

    file = HttpResponse(as_pdf(answer.content.decode()), content_type="application/pdf")
    file["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    file["Cache-Control"] = "no-store"
    return file
