"""Finding again by phone and code what was asked for without an account."""

from __future__ import annotations

from typing import TypeVar

from xiangqiao.services.following import code_hash, phone_hash
from xiangqiao.services.models.followed import Followed

F = TypeVar("F", bound=Followed)


def followed(model: type[F], *, phone: str, code: str) -> F | None:
    """Return the row of a table that a phone and its code open together, None where they do not."""
    if not phone.strip() or not code.strip():
        return None
    found: F | None = model._base_manager.filter(
        code_hash=code_hash(code), phone_hash=phone_hash(phone)
    ).first()
    return found
