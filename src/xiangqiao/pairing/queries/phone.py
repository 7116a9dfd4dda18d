"""The phone of a cadre in office: it is given to the households the cadre helps."""

from __future__ import annotations

from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.keyring import vault
from xiangqiao.pairing.models import Cadre


def cadre_phone(cadre: Cadre) -> str:
    """Return the phone at which a cadre is reached; the empty string where none is registered.

    It is printed on the card of a household the cadre helps, and shown nowhere else.
    """
    if not cadre.phone_sealed:
        return ""
    return vault().open(cadre.phone_sealed, Place(Cadre._meta.db_table, "phone_sealed", cadre.public_id))
