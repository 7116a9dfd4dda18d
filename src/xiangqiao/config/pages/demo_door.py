"""The demo's sign-ins on the sign-in page, and the code that it awaits; nothing of this in a real county."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from xiangqiao.accounts import second_factor
from xiangqiao.accounts.actions.sign_in import totp_place
from xiangqiao.accounts.rules import NEEDS_TOTP
from xiangqiao.config.demo_users import PASSWORD, TOTP_SECRET, demo_posts, office_of
from xiangqiao.kernel import clock
from xiangqiao.kernel.keyring import vault
from xiangqiao.places import queries as places


@dataclass(frozen=True)
class DemoSignIn:
    """A published sign-in as the sign-in page of a demo county offers it."""

    username: str
    name: str
    office: str
    password: str
    needs_code: bool


# Who shows most of the product; offered first.
_FIRST = ("xian", "zhen", "cun", "anquan")


def published(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """Context processor: the demo's sign-ins and the code awaited, asked for by the sign-in pages only."""
    return {"demo_sign_ins": _sign_ins, "demo_code": lambda: _code(request)}


def _sign_ins() -> list[DemoSignIn]:
    """Return the published sign-ins, the telling ones first; none where the county is a real one."""
    county = places.county()
    if county is None or not county.is_demo:
        return []
    posts = demo_posts(county.code)
    posts.sort(key=lambda post: _FIRST.index(post[0]) if post[0] in _FIRST else len(_FIRST))
    named = places.names(division for _username, _name, _role, division in posts)
    return [
        DemoSignIn(username, name, office_of(role, named[division]), PASSWORD, role in NEEDS_TOTP)
        for username, name, role, division in posts
    ]


def _code(request: HttpRequest) -> str:
    """Return the code that is awaited, where its secret is the published one; nothing in a real county."""
    county, user = places.county(), getattr(request, "code_awaited_of", None)
    if county is None or not county.is_demo or user is None:
        return ""
    if vault().open(user.totp_sealed, totp_place(user)) != TOTP_SECRET:
        return ""
    return second_factor.next_code(TOTP_SECRET, user.totp_step, clock.now())
