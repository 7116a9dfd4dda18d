"""Sealed values opened for who must read them: a keeper who sends a parcel, a buyer with code and phone."""

from __future__ import annotations

from xiangqiao.commerce.models import Order, Purchase
from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.keyring import vault


def opened(row: Order | Purchase, column: str) -> str:
    """Return a sealed value of a row; the empty string where there is none."""
    sealed = getattr(row, column)
    return vault().open(sealed, Place(row._meta.db_table, column, row.public_id)) if sealed else ""
