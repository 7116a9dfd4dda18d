"""Who looks at a public page: a person signed in, or a guest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import Viewer


@dataclass(frozen=True)
class Guest:
    """Somebody who did not sign in."""

    public_id: UUID | None = None
    label: str = "网站来访者"


def person_of(request: HttpRequest, today: date) -> Viewer | Guest:
    """Return who looks at a public page."""
    user = request.user
    return Viewer.of(user, today) if isinstance(user, User) and user.is_active else Guest()
