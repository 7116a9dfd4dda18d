"""Signing in with a password and, where it is set up, a code; signing out; language and elder view."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from xiangqiao.accounts import queries
from xiangqiao.accounts.access import DeskRequest, page, public
from xiangqiao.accounts.actions.sign_in import accept_code, remember_choices
from xiangqiao.accounts.actions.sign_in import sign_out as end_session_in_use
from xiangqiao.accounts.forms import CodeForm, SignInForm
from xiangqiao.accounts.middleware import IDLE_OUT
from xiangqiao.accounts.rules import HALF_SIGNED_SECONDS, IDLE_SECONDS
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui import elder

HALF = "half_signed_in"
BACKEND = "django.contrib.auth.backends.ModelBackend"
_YEAR = 365 * 24 * 3600


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; lead on to the code where a second factor is set up."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_target(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        if not _is_allowed(request, username):
            return locked(request, None, {"username": username})
        user: Any = authenticate(request, username=username, password=form.cleaned_data["password"])
        if user is not None and user.has_totp:
            request.session[HALF] = {"user": str(user.public_id), "at": clock.now().isoformat()}
            return redirect_keeping_next(request, "sign_in_code")
        if user is not None:
            return _enter(request, user)
        form.add_error(None, _("登录名或密码不对。请核对大小写；忘了密码，请安全管理员重置。"))
    # Asked first, so that a visitor without a session is given none.
    idle_out = IDLE_OUT in request.session and request.session.pop(IDLE_OUT)
    context = {"form": form, "next": _target(request), "idle_out": idle_out, "hours": IDLE_SECONDS // 3600}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor. A wrong code counts like a wrong password."""
    now = clock.now()
    user = _half_signed(request, now)
    if user is None:
        return redirect_keeping_next(request, "sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _is_allowed(request, user.username):
            return locked(request, None, {"username": user.username})
        if accept_code(user=user, code=form.cleaned_data["code"], now=now):
            del request.session[HALF]
            return _enter(request, user)
        user_login_failed.send(
            sender=__name__, request=request, credentials={"username": user.username, "password": ""}
        )
        form.add_error("code", _("验证码不对或已经用过。等验证器换到下一个数字，再输一遍。"))
    # For the demo, which shows the code of its published secret.
    settable: Any = request
    settable.code_awaited_of = user
    context = {"form": form, "next": _target(request), "awaited": user}
    return render(request, "accounts/sign_in_code.html", context, status=422 if form.errors else 200)


@page(unfinished=True)
@require_POST
def sign_out(request: DeskRequest) -> HttpResponse:
    """End the session in use."""
    key = request.session.session_key
    if key is not None:
        end_session_in_use(user=request.viewer.user, session_key=key, at=request.now)
    logout(request)
    return redirect("sign_in")


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language, in the browser and for the person's next device."""
    response: HttpResponse = django_set_language(request)
    chosen = request.POST.get("language", "")
    user: Any = request.user
    if user.is_authenticated and chosen in dict(settings.LANGUAGES):
        remember_choices(user=user, language=chosen)
    return response


@public
@require_POST
def switch_elder(request: HttpRequest) -> HttpResponse:
    """Switch the elder view, in the browser and for the person's next device."""
    user: Any = request.user
    if user.is_authenticated:
        remember_choices(user=user, elder_view=request.COOKIES.get(elder.COOKIE) != "1")
    return elder.switch_elder(request)


def locked(
    request: HttpRequest, _response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say that too many tries failed, and how long to wait (also called by the lock-out middleware)."""
    now = clock.now()
    username = (credentials or {}).get("username", "")
    ends = queries.lock_out_ends(username, get_client_ip_address(request), now)
    minutes = max(1, -(-int((ends - now).total_seconds()) // 60)) if ends else 1
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)


def _is_allowed(request: HttpRequest, username: str) -> bool:
    allowed: bool = AxesProxyHandler.is_allowed(request, {"username": username})
    return allowed


def _half_signed(request: HttpRequest, now: datetime) -> Any:
    half = request.session.get(HALF)
    if not half or now - datetime.fromisoformat(half["at"]) > timedelta(seconds=HALF_SIGNED_SECONDS):
        return None
    return queries.user_for_code(half["user"])


def _enter(request: HttpRequest, user: Any) -> HttpResponse:
    login(request, user, backend=BACKEND)
    response = HttpResponseRedirect(_target(request))
    if user.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=_YEAR, samesite="Lax")
    if user.elder_view:
        response.set_cookie(elder.COOKIE, "1", max_age=_YEAR, samesite="Lax", httponly=True)
    return response


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith("/") else settings.LOGIN_REDIRECT_URL


def redirect_keeping_next(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to a page of the sign-in, and remember where the person wanted to go."""
    return HttpResponseRedirect(reverse(name, query={"next": _target(request)}))
