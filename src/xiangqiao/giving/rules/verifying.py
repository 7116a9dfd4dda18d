"""Who may verify an appeal: two persons of two bodies, neither of them anywhere near the asking."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

NEEDED = 2


def refusal(
    *,
    verifier: UUID | None,
    body: str,
    raised_by: UUID | None,
    cadre: UUID | None,
    before: Iterable[tuple[UUID | None, str]],
) -> str:
    """Return why a person may not verify an appeal ("" where they may): `raiser`, `cadre`, `twice`, `body`.

    `before` are (person, body) of those who verified already; `cadre` is the household's own.
    """
    if verifier is None or verifier == raised_by:
        return "raiser"
    if cadre is not None and verifier == cadre:
        return "cadre"
    known = list(before)
    if any(person == verifier for person, _body in known):
        return "twice"
    return "body" if any(other == body for _person, other in known) else ""
