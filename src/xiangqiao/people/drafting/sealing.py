"""Payloads as a request keeps them: personal numbers sealed to the request, everything else in plain JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.keyring import vault
from xiangqiao.people.models import ChangeRequest
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import PAYLOADS, Payload, dump, load


def _place(name: str, request: UUID) -> Place:
    return Place(ChangeRequest._meta.db_table, f"payload.{name}", request)


def stored(payload: Payload, request: UUID) -> dict[str, Any]:
    """Return what a request keeps of a payload: `data`, `sealed` (hex) and `masks`."""
    secrets = {name: getattr(payload, name) for name in payload.SECRETS}
    return {
        "data": dump(payload),
        "sealed": {
            name: vault().seal(value, _place(name, request)).hex() for name, value in secrets.items() if value
        },
        "masks": {name: mask(value) for name, value in secrets.items() if value},
    }


def restored(request: ChangeRequest) -> Payload:
    """Return the payload that a request keeps, with its numbers opened."""
    kind = Kind(request.kind)
    data = dict(request.payload["data"])
    for name, sealed in request.payload["sealed"].items():
        data[name] = vault().open(bytes.fromhex(sealed), _place(name, request.public_id))
    known = {one.name for one in fields(PAYLOADS[kind])}
    data |= {name: "" for name in PAYLOADS[kind].SECRETS if name in known and name not in data}
    return load(kind, data)
