"""Guests: the phone under which they offered, sealed, and the code with which they follow what became of it."""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.keyring import vault

# No letters that read like digits.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 10
_TABLE, _COLUMN = "giving_gift", "phone_sealed"


def new_code() -> str:
    """Return a code that nobody guesses: 50 bits, in two groups."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def plain(text: str) -> str:
    """Return a phone or a code as it is looked up, whatever signs stand in it.

    >>> plain("ab2cd-9xyzw "), plain("138 0013 8000")
    ('AB2CD9XYZW', '13800138000')
    """
    return re.sub(r"[\s-]", "", text).upper()


def blind(kind: str, text: str) -> str:
    """Return the keyed hash under which a phone or a code is found."""
    return vault().blind(f"giving.{kind}", plain(text))


def sealed_phone(phone: str, row: UUID) -> dict[str, Any]:
    """Return the three columns of a guest's phone."""
    value = plain(phone)
    return {
        "phone_sealed": vault().seal(value, Place(_TABLE, _COLUMN, row)),
        "phone_hash": blind("phone", value),
        "phone_mask": mask(value),
    }


def opened_phone(sealed: bytes, row: UUID) -> str:
    """Return the phone of a guest, for who calls about the gift; the caller has checked the post and records it."""
    return vault().open(sealed, Place(_TABLE, _COLUMN, row))
