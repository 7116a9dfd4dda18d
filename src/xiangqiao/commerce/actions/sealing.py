"""Personal data of commerce: sealed in its row, found by keyed hash, shown masked."""

from __future__ import annotations

from typing import Any

from xiangqiao.commerce.rules.codes import TAIL_LENGTH, digits
from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.models import Recorded


def seal(row: Recorded, column: str, value: str) -> bytes | None:
    """Return a value sealed for a column of a row; None for nothing."""
    if not value:
        return None
    return vault().seal(value, Place(row._meta.db_table, column, row.public_id))


def seal_phone(row: Any, phone: str) -> None:
    """Put a phone into a row: sealed, its hash, and its mask where the row has one."""
    number = digits(phone)
    row.phone_sealed = seal(row, "phone_sealed", number)
    row.phone_hash = vault().blind("phone", number) if number else ""
    if hasattr(row, "phone_mask"):
        row.phone_mask = mask(number)


def tail_hash(row: Recorded, tail: str) -> str:
    """Return the keyed hash of the last digits of a phone, bound to the row so that no two rows compare."""
    return vault().blind("order_tail", f"{row.public_id}|{digits(tail)[-TAIL_LENGTH:]}")


def collect_hash(division_code: str, code: str) -> str:
    """Return the keyed hash under which a collection code is found at a counter."""
    return vault().blind("collect_code", f"{division_code}|{digits(code)}")
