"""扶贫政策 and 扶贫技术: two shelves with one search."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import draft_technique, publish_technique
from xiangqiao.journal.actions.techniques import Text
from xiangqiao.journal.forms import TRADES, TechniqueForm
from xiangqiao.journal.pages.parts import act_of, refused
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.policy.queries import in_language, library

if TYPE_CHECKING:
    from xiangqiao.journal.models import Technique

_DRAFT = "DRAFT"


@page()
@require_GET
def techniques(request: DeskRequest) -> HttpResponse:
    """Show the technique shelf: what fits the month, what a search finds, or all of a trade."""
    text, trade = request.GET.get("q", "").strip()[:80], request.GET.get("trade", "")
    rows = list(queries.techniques(request.viewer))
    found = queries.find_techniques(request.viewer, text) if text else rows
    if trade in dict(TRADES):
        found = [row for row in found if row.trade == trade]
    context = {
        "tabs": _tabs("techniques", text),
        "q": text,
        "trade": trade,
        "trades": [(code, label, sum(row.trade == code for row in rows)) for code, label in TRADES],
        "season": [] if text or trade else _cards(queries.in_season(rows, request.viewer.today.month)),
        "found": _cards(found),
        "may_write": request.viewer.can(Can.ANSWER),
        "policies": len(queries.find_policies(text)) if text else 0,
    }
    return render(request, "journal/techniques.html", context)


@page()
@require_GET
def policies(request: DeskRequest) -> HttpResponse:
    """Show the policy shelf: all that are in force, or what a search finds."""
    text = request.GET.get("q", "").strip()[:80]
    found = queries.find_policies(text) if text else list(library())
    today = request.viewer.today
    context = {
        "tabs": _tabs("policies", text),
        "q": text,
        "found": [
            (
                in_language(one.name),
                in_language(one.summary),
                in_language(one.where),
                _address(request, one.id),
            )
            for one in found
            if one.is_in_force(today)
        ],
        "techniques": len(queries.find_techniques(request.viewer, text)) if text else 0,
    }
    return render(request, "journal/policies.html", context)


@page()
@require_GET
def technique(request: DeskRequest, slug: str) -> HttpResponse:
    """Show one technique text with its source and licence."""
    row = queries.technique_named(request.viewer, slug)
    if row is None:
        raise Http404
    own = row.drafted_by == request.viewer.public_id
    may = row.state == _DRAFT and request.viewer.can(Can.APPROVE_PUBLICATION)
    context = {
        "row": row,
        "title": _title(row),
        "summary": _summary(row),
        "paragraphs": [part.split("\n") for part in row.body.strip().split("\n\n")],
        "may_publish": may and not own,
        "waits_for_another": row.state == _DRAFT and own,
        "key": uuid4(),
    }
    return render(request, "journal/technique.html", context)


@page(Can.ANSWER)
@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Draft a technique text; another person publishes it."""
    form = TechniqueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = draft_technique(act=act_of(request), text=Text(**form.cleaned_data))
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("已交给另一个人看，看过发布后大家才看得到。"))
            return redirect("journal:technique", row.slug)
    context = {"form": form, "key": request.POST.get("key") or uuid4()}
    return render(request, "journal/technique_new.html", context, status=422 if form.errors else 200)


@page(Can.APPROVE_PUBLICATION)
@require_POST
def publish(request: DeskRequest, slug: str) -> HttpResponse:
    """Publish a draft that another person wrote."""
    if queries.technique_named(request.viewer, slug) is None:
        raise Http404
    publish_technique(act=act_of(request), slug=slug)
    messages.success(request, _("已发布，大家都看得到了。"))
    return redirect("journal:technique", slug)


def _tabs(active: str, text: str) -> list[Tab]:
    query = f"?q={text}" if text else ""
    views = (("policies", _("扶贫政策")), ("techniques", _("扶贫技术")))
    return [Tab(title, reverse(f"journal:{name}") + query, active=name == active) for name, title in views]


def _address(request: DeskRequest, policy_id: str) -> str:
    return reverse("policy:policy", args=[policy_id]) if request.viewer.can(Can.READ_POLICY) else ""


def _cards(rows: list[Technique]) -> list[tuple[str, str, str, str, bool]]:
    return [
        (
            _title(row),
            _summary(row),
            str(row.get_trade_display()),
            reverse("journal:technique", args=[row.slug]),
            row.state == _DRAFT,
        )
        for row in rows
    ]


def _title(row: Technique) -> str:
    return row.title_en if _english() and row.title_en else row.title


def _summary(row: Technique) -> str:
    return row.summary_en if _english() and row.summary_en else row.summary


def _english() -> bool:
    return (get_language() or "").startswith("en")
