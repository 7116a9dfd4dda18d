"""The address that WeChat calls: proves itself with an echo, then hands over messages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.kernel import clock
from xiangqiao.wechat import queries
from xiangqiao.wechat.actions import receive
from xiangqiao.wechat.rules.messages import LARGEST, field_of, read
from xiangqiao.wechat.rules.sealing import NotGenuine, decrypt, fresh, genuine, key_of

# The answer that the platform takes for "taken, nothing to say now".
TAKEN = "success"
_REFUSED = 422


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def endpoint(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Answer the platform's echo, or take a message and say at once that it was taken.

    What is not signed by the platform for this account, or is old, is refused without a reason.
    """
    account = queries.account_at(account_id)
    get, now = request.GET, clock.now()
    stamp, nonce = get.get("timestamp", ""), get.get("nonce", "")
    token = account.opened("token") if account is not None else ""
    signed = bool(token) and genuine(get.get("signature", ""), token, stamp, nonce)
    if account is None or not fresh(stamp, int(now.timestamp())):
        return HttpResponse(status=_REFUSED)
    if request.method == "GET":
        echo = get.get("echostr", "")
        return HttpResponse(
            echo, content_type="text/plain; charset=utf-8", status=200 if signed else _REFUSED
        )
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=_REFUSED)
    try:
        body = request.body
        if account.encrypted:
            sealed = field_of(body, "Encrypt")
            if not genuine(get.get("msg_signature", ""), token, stamp, nonce, sealed):
                return HttpResponse(status=_REFUSED)
            body = decrypt(sealed, key_of(account.opened("aes_key")), account.app_id).encode()
        elif not signed:
            return HttpResponse(status=_REFUSED)
        receive(account=account, message=read(body), now=now)
    except (ValueError, NotGenuine):
        return HttpResponse(status=_REFUSED)
    return HttpResponse(TAKEN, content_type="text/plain; charset=utf-8")
