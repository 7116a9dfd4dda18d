"""Finding again by phone and code what was asked for without an account."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.services.following import code_hash, phone_hash
from xiangqiao.services.models import Applicant, Application, Enrolment, Listing, Question
from xiangqiao.services.models.followed import Followed

F = TypeVar("F", bound=Followed)

# What is followed, by the word that its address bears.
FOLLOWED: dict[str, type[Followed]] = {
    "question": Question, "application": Application, "goods": Listing, "worker": Applicant, "seat": Enrolment,
}  # fmt: skip


def followed(model: type[F], *, phone: str, code: str) -> F | None:
    """Return the row of a table that a phone and its code open together, None where they do not."""
    if not phone.strip() or not code.strip():
        return None
    found: F | None = model._base_manager.filter(
        code_hash=code_hash(code), phone_hash=phone_hash(phone)
    ).first()
    return found


def found_by_code(phone: str, code: str) -> tuple[str, Followed] | None:
    """Return (kind, row) of whatever a phone and a code open together, None where they open nothing."""
    for kind, model in FOLLOWED.items():
        row = followed(model, phone=phone, code=code)
        if row is not None:
            return kind, row
    return None


def own_row(kind: str, public_id: UUID) -> Any:
    """Return a row of a kind for a page that checks whose it is, None where there is none."""
    return FOLLOWED[kind]._base_manager.filter(public_id=public_id).first()


def asked_by(viewer: Viewer, *, most: int = 50) -> list[tuple[str, Any]]:
    """Return (kind, row) of what a person asked for or asked for others, newest first."""
    own = viewer.user.public_id
    found = [
        (kind, row)
        for kind, model in FOLLOWED.items()
        for row in model._base_manager.filter(Q(asker=own) | Q(by=own)).order_by("-id")[:most]
    ]
    return sorted(found, key=lambda pair: pair[1].public_id, reverse=True)[:most]
