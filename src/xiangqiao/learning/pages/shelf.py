"""The shelf of resources, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import public
from xiangqiao.kernel import clock
from xiangqiao.learning import queries
from xiangqiao.learning.forms import FindForm

_SHOWN = 100


@public
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Search the shelf. A link leads to where the resource lies; nothing of it is copied."""
    form = FindForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {"q": "", "subject": ""}
    found = queries.resources(now=clock.now(), text=given["q"].replace("\x00", ""), subject=given["subject"])[
        :_SHOWN
    ]
    return render(request, "learning/shelf.html", {"form": form, "found": found})
