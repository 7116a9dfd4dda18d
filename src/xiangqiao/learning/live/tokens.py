"""What lets a page into a room: a signed statement of who, where and as what, good for the length of a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

_SALT = "xiangqiao.learning.live"
GOOD_FOR = 4 * 3600


@dataclass(frozen=True)
class Ticket:
    """Who enters: a user (public id), a lesson, and the room (end point's public id; the lead room for the teacher)."""

    lesson: UUID
    room: UUID
    user: UUID
    teaches: bool


def issue(ticket: Ticket) -> str:
    """Return the token of a ticket. The page has checked the permission."""
    return signing.dumps(
        [str(ticket.lesson), str(ticket.room), str(ticket.user), ticket.teaches], salt=_SALT, compress=True
    )


def read(token: str) -> Ticket | None:
    """Return the ticket of a token, None where it is not ours or too old."""
    try:
        lesson, room, user, teaches = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(UUID(lesson), UUID(room), UUID(user), bool(teaches))
