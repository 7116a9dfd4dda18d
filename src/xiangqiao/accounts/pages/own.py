"""A person's own account: last sign-in, sessions, password, second factor."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiangqiao.accounts import queries, second_factor
from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions import sign_in
from xiangqiao.accounts.devices import device_words
from xiangqiao.accounts.forms import CodeForm, PasswordForm
from xiangqiao.accounts.rules import IDLE_SECONDS, NEEDS_TOTP
from xiangqiao.accounts.words import in_words
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act

_NONCE = "second_factor_nonce"


@page(unfinished=True)
@never_cache
def own(request: DeskRequest) -> HttpResponse:
    """Show a person's posts, last sign-in and open sessions."""
    user, digest = request.viewer.user, sign_in.digest_of(_key(request))
    context = {
        "posts": in_words(queries.posts_in_force(user, request.viewer.today)),
        "sessions": _sessions(queries.open_sessions(user, request.now), digest),
        "before": queries.sign_in_before(user, digest),
        "owner": user,
        "hours": IDLE_SECONDS // 3600,
    }
    return render(request, "accounts/own.html", context)


@page(unfinished=True)
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: DeskRequest) -> HttpResponse:
    """Change one's own password; other sessions end."""
    user = request.viewer.user
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            sign_in.change_own_password(
                act=Act(by=request.viewer, at=request.now),
                user=user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                keep=_key(request),
            )
        except ActionError as error:
            form.add_error(error.field, error.message)
        else:
            # Not update_session_auth_hash: that would change the session's key, which is the one listed.
            request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            messages.success(request, _("密码已改好。别的设备上的登录都已结束。"))
            return redirect("own")
    context = {"form": form, "must": user.must_change_password}
    return render(request, "accounts/own_password.html", context, status=422 if form.errors else 200)


@page(unfinished=True)
@never_cache
@require_http_methods(["GET", "POST"])
def own_second_factor(request: DeskRequest) -> HttpResponse:
    """Set up the second factor: show the secret as a square to scan, take the first code."""
    user = request.viewer.user
    if user.must_change_password:
        return redirect("own_password")
    if user.has_totp:
        return render(request, "accounts/own_second_factor.html", {"done": True})
    secret = _offered_secret(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.step_of(secret, form.cleaned_data["code"], request.now) is None:
            form.add_error("code", _("验证码不对。请核对手机的时间，再输一遍。"))
        else:
            act = Act(by=request.viewer, at=request.now)
            sign_in.enrol_second_factor(act=act, user=user, secret=secret)
            del request.session[_NONCE]
            messages.success(request, _("第二道验证已开通。下次登录要输验证码。"))
            return redirect("own")
    context = {
        "form": form,
        # Our own drawing, with no input of anybody in its markup.
        "picture": mark_safe(second_factor.picture(secret, user.username)),  # noqa: S308
        "needed": any(post.role in NEEDS_TOTP for post in request.viewer.posts),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
    return render(request, "accounts/own_second_factor.html", context, status=422 if form.errors else 200)


@page(unfinished=True)
@require_POST
def end_session(request: DeskRequest, sign_in_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    act = Act(by=request.viewer, at=request.now)
    if sign_in.end_session(act=act, user=request.viewer.user, sign_in=sign_in_id):
        messages.success(request, _("那台设备上的登录已结束。"))
    return redirect("own")


@page(unfinished=True)
@require_POST
def end_other_sessions(request: DeskRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    act = Act(by=request.viewer, at=request.now)
    ended = sign_in.end_other_sessions(act=act, user=request.viewer.user, keep=_key(request))
    messages.success(request, _("已结束另外 %(count)d 处登录。") % {"count": ended})
    return redirect("own")


def _sessions(found: Iterable[Any], digest: str) -> list[dict[str, Any]]:
    """Return open sessions as shown: the device in words, and whether it is the one in use."""
    return [
        {"row": row, "device": device_words(row.device), "is_here": row.session_digest == digest}
        for row in found
    ]


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _offered_secret(request: DeskRequest) -> str:
    """Return the secret on offer: derived from a nonce of the session, so that it lies nowhere in the clear."""
    nonce = request.session.setdefault(_NONCE, secrets.token_hex(16))
    mac = salted_hmac("xiangqiao.second_factor", f"{request.viewer.public_id}|{nonce}", algorithm="sha256")
    return second_factor.secret_from(mac.digest())
