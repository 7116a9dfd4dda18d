"""The door of every page: who may open it is declared on the view, and a view without a rule is refused.

The access-matrix test walks the table of addresses and reads `rule_of`; an address whose view declares nothing fails it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import NEEDS_TOTP, Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.act import Act

P = ParamSpec("P")
V = TypeVar("V")
_MARK = "access_rule"


class DeskRequest(HttpRequest):
    """A request by a signed-in person: what a guarded page is handed."""

    viewer: Viewer
    now: datetime


@dataclass(frozen=True)
class Rule:
    """Who may open a page: everybody, any person signed in, or who holds a post that carries an act."""

    kind: Literal["public", "signed_in", "act"]
    act: Can | None = None


Page = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(act: Can | None = None, *, unfinished: bool = False) -> Callable[[Page[P]], View[P]]:
    """Guard a page: sign-in first, then (where named) a post that carries the act. Sets `request.viewer` and `.now`.

    Who must still choose a password or set up the second factor is led there first; `unfinished` pages stay open to them.
    """

    def guard(view: Page[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User) or not user.is_active:
                return redirect_to_login(request.get_full_path())
            desk: Any = request
            desk.now = clock.now()
            desk.viewer = Viewer.of(user, clock.day_of(desk.now))
            if not unfinished and (step := _unfinished_step(desk.viewer)):
                return redirect(step)
            if act is not None:
                desk.viewer.demand(act)
            return view(desk, *args, **kwargs)

        return cast("View[P]", _declare(guarded, Rule("act", act) if act else Rule("signed_in")))

    return guard


def _unfinished_step(viewer: Viewer) -> str:
    """Return the name of the page where a sign-in must be finished first, or nothing."""
    if viewer.user.must_change_password:
        return "own_password"
    if not viewer.user.has_totp and any(post.role in NEEDS_TOTP for post in viewer.posts):
        return "own_second_factor"
    return ""


def key_of(request: HttpRequest) -> UUID | None:
    """Return the idempotency key that a form carries, None where it is missing or none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def act_of(request: DeskRequest, reason: str = "") -> Act:
    """Return the act of a request; the form's key makes pressing twice the same as once."""
    return Act(by=request.viewer, at=request.now, key=key_of(request), reason=reason)


def public(view: View[P]) -> View[P]:
    """Declare a page open to everybody."""
    return _declare(view, Rule("public"))


def rule_of(view: object) -> Rule | None:
    """Return the rule that a view declares, or None."""
    return getattr(view, _MARK, None)


def _declare(view: V, rule: Rule) -> V:
    setattr(view, _MARK, rule)
    return view
