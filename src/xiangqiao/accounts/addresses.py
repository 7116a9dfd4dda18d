"""From which address somebody signs in, also behind a proxy of our own."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the other side: the last one that our own proxy wrote down, else that of the connection.

    The header counts only where XIANGQIAO_PROXY says that a proxy of ours writes it; anybody can send one.
    """
    direct = request.META.get("REMOTE_ADDR")
    if not settings.BEHIND_PROXY:
        return direct
    written = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(written))
    except ValueError:
        return direct
