"""Refusals that a person can understand and mend."""

from __future__ import annotations

from typing import Any


class ActionError(Exception):
    """An action was refused.

    `code` is stable and for programs; `message` is a translated sentence that says what is wrong and how to mend it;
    `field` names the input it belongs to, where there is one; `status` is the HTTP answer.
    """

    status = 422

    def __init__(self, code: str, message: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.params = params


class NotAllowed(ActionError):
    """The post of the person does not carry this act, here."""

    status = 403


class Conflict(ActionError):
    """Somebody else changed the record meanwhile. `params["theirs"]` holds the present values."""

    status = 409


class AlreadyDone(ActionError):
    """The same act, by its idempotency key, was done before. `params["event"]` is its event."""

    status = 200
