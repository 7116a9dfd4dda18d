"""A thin client of the official-account API: a token, free words within 48 hours, a template message after.

Source: developers.weixin.qq.com, "stable access token", "customer service messages", "template messages".
"""

from __future__ import annotations

import time
from typing import Any

import httpx
from django.conf import settings

from xiangqiao.wechat.actions.send import Busy
from xiangqiao.wechat.models import OfficialAccount

BASE = "https://api.weixin.qq.com"
_TOKEN_FAULTS = frozenset({40001, 40014, 42001})
_WINDOW_OVER = frozenset({45015, 45047})
_LATER = frozenset({-1, 45009, 45011})
_SECONDS = 4.0
_EARLY = 300
_MEANING = {
    43004: "收信人没有关注公众号",
    43101: "收信人没有订阅通知",
    45009: "接口今天的次数用完了",
    45015: "超过 48 小时，不能再发客服消息",
    40003: "收信人编号不对",
}

_tokens: dict[str, tuple[str, float]] = {}


class Client:
    """Speaks for one account. Tokens are held in memory only."""

    def __init__(self, account: OfficialAccount, base: str = "") -> None:
        """`base` is the platform's address; a test names its own."""
        self._account = account
        self._base = base or str(getattr(settings, "WECHAT_API_BASE", BASE))

    def send(self, open_id: str, text: str) -> str:
        """Send words to a follower; return the empty string, or why it failed. Raises Busy where trying again may help."""
        answer = self._call(
            "message/custom/send", {"touser": open_id, "msgtype": "text", "text": {"content": text}}
        )
        if answer in _WINDOW_OVER and self._account.template_id:
            data = {"content": {"value": text[:200]}}
            template = {"touser": open_id, "template_id": self._account.template_id, "data": data}
            answer = self._call("message/template/send", template)
        if answer in _LATER:
            raise Busy(f"{answer} {_MEANING.get(answer, '')}")
        return "" if answer == 0 else f"{answer} {_MEANING.get(answer, '')}".strip()

    def _call(self, path: str, body: dict[str, Any]) -> int:
        """Post to the API and return its error code; a token that ran out is fetched anew, once."""
        for last in (False, True):
            found = self._post(f"{path}?access_token={self._token(force=last)}", body)
            code = int(found.get("errcode", 0))
            if code not in _TOKEN_FAULTS or last:
                return code
        raise AssertionError("unreachable")

    def _token(self, *, force: bool) -> str:
        held = _tokens.get(self._account.app_id)
        if held is not None and not force and held[1] > time.monotonic():
            return held[0]
        body = {
            "grant_type": "client_credential", "appid": self._account.app_id, "secret": self._account.opened("secret"),
            "force_refresh": force and held is not None,
        }  # fmt: skip
        found = self._post("stable_token", body)
        if "access_token" not in found:
            raise Busy(f"{found.get('errcode', '')} AppID 或 AppSecret 不对".strip())
        _tokens[self._account.app_id] = (
            str(found["access_token"]), time.monotonic() + max(0, int(found.get("expires_in", 7200)) - _EARLY),
        )  # fmt: skip
        return str(found["access_token"])

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = httpx.post(f"{self._base}/cgi-bin/{path}", json=body, timeout=_SECONDS)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            # Not the error itself: its words hold the address, and that holds the token.
            raise Busy(type(error).__name__) from None
        return found if isinstance(found, dict) else {}


def forget_tokens() -> None:
    """Drop the tokens held in memory."""
    _tokens.clear()
