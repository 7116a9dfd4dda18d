"""The elder view: a setting kept in a cookie, the same pages with larger type and targets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "xq_elder"
YEAR_SECONDS = 365 * 24 * 3600


def elder_setting(request: HttpRequest) -> dict[str, object]:
    """Tell templates whether the elder view is on (a context processor)."""
    return {"elder": request.COOKIES.get(COOKIE) == "1"}


@require_POST
def switch_elder(request: HttpRequest) -> HttpResponse:
    """Turn the elder view on or off and go back to the page (`next`) it was asked from."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.COOKIES.get(COOKIE) == "1":
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE, "1", max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response
