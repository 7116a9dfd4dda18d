"""The household's own page by QR and one-time code: no account, a short session for this household only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import public
from xiangqiao.accounts.addresses import client_address
from xiangqiao.journal import queries
from xiangqiao.journal.actions import enter_by_code, leave
from xiangqiao.journal.actions.doors import OwnSelf
from xiangqiao.journal.forms import CodeForm
from xiangqiao.journal.pages import doorway
from xiangqiao.journal.pages.doorway import Doorway
from xiangqiao.journal.pages.parts import refused
from xiangqiao.journal.rules.codes import SESSION_FOR
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError

if TYPE_CHECKING:
    from xiangqiao.journal.models import OwnSession

COOKIE = "xq_own_page"
NO_VISIT = UUID(int=0)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code; behind it show the household's page. A token that names nothing asks for a code, too."""
    if request.method == "GET" and (session := _session(request, token)):
        return doorway.shown(request, _doorway(session))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session, key = enter_by_code(
                token=token, code=form.cleaned_data["code"], address=client_address(request), now=clock.now()
            )
        except ActionError as error:
            refused(form, error)
        else:
            return _entered(token, key)
    context = {"form": form, "token": token, "over": request.GET.get("over") == "1"}
    answer = render(request, "journal/door.html", context, status=422 if form.errors else 200)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@public
@never_cache
@require_POST
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Take what the household says to a line."""
    session = _session(request, token)
    return doorway.replied(request, _doorway(session)) if session else _over(token)


@public
@never_cache
@require_POST
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Give or take back the consent that the keeper acts for the household."""
    session = _session(request, token)
    return doorway.consented(request, _doorway(session)) if session else _over(token)


@public
@never_cache
@require_GET
def photo(request: HttpRequest, token: str, visit_id: UUID) -> HttpResponse:
    """Hand out the photo of a visit to this household."""
    session = _session(request, token)
    return doorway.photo(_doorway(session), visit_id) if session else _over(token)


@public
@never_cache
@require_POST
def close(request: HttpRequest, token: str) -> HttpResponse:
    """Close the page: what was open on this phone is open no more."""
    if session := _session(request, token):
        leave(session=session, now=clock.now())
    answer = HttpResponseRedirect(reverse("journal:door", args=[token]))
    answer.delete_cookie(COOKIE, path=reverse("journal:door", args=[token]))
    return answer


def _session(request: HttpRequest, token: str) -> OwnSession | None:
    key = request.get_signed_cookie(COOKIE, default="", salt=token) or ""
    found = queries.door_named(token) if key else None
    return queries.open_session(found, key, clock.now()) if found else None


def _entered(token: str, key: str) -> HttpResponse:
    address = reverse("journal:door", args=[token])
    answer = HttpResponseRedirect(address)
    answer.set_signed_cookie(
        COOKIE, key, salt=token, max_age=int(SESSION_FOR.total_seconds()), path=address, httponly=True,
        samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    return answer


def _over(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("journal:door", args=[token]) + "?over=1")


def _doorway(session: OwnSession) -> Doorway:
    token = session.door.token
    return Doorway(
        household=session.door.household,
        by=OwnSelf(),
        via="CODE",
        now=clock.now(),
        home_url=reverse("journal:door", args=[token]),
        reply_url=reverse("journal:door_reply", args=[token]),
        photo_url=reverse("journal:door_photo", args=[token, NO_VISIT]),
        consent_url=reverse("journal:door_consent", args=[token]),
        leave_url=reverse("journal:door_close", args=[token]),
        leave_word=_("看完了，退出"),
        note=_("这一页 30 分钟后自动关上。"),
    )
