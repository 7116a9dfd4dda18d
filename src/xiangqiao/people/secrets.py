"""Personal numbers of the register: sealed, found by keyed hash, shown masked. One way for one and for many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiangqiao.kernel.bulk import dashed
from xiangqiao.kernel.crypto import Place, mask
from xiangqiao.kernel.keyring import vault
from xiangqiao.people.models import Household, Person

TABLES: dict[str, type[Household] | type[Person]] = {
    "id_number": Person,
    "disability_no": Person,
    "phone": Household,
    "bank_card": Household,
}


def look_up_form(kind: str, value: str) -> str:
    """Return the form under which a number is found: the ID number in 18 characters whichever paper shows it.

    >>> look_up_form("id_number", " 11010519491231002x "), look_up_form("phone", "0797-6832211")
    ('11010519491231002X', '07976832211')
    """
    text = "".join(value.split()).upper()
    if kind == "phone":
        return text.replace("-", "")
    if kind != "id_number":
        return text
    # Loads numpy and Arrow: not at the start of the web process.
    from xq_engine.identity import IdentityFault, parse_citizen_id

    try:
        return parse_citizen_id(text[:18]).number
    except IdentityFault:
        return text


def blind(kind: str, value: str) -> str:
    """Return the keyed hash under which a number of a kind is found."""
    return vault().blind(kind, look_up_form(kind, value))


def sealed_number(kind: str, value: str, row: UUID) -> dict[str, Any]:
    """Return the three columns of a number of one row: `{kind}_sealed`, `{kind}_hash`, `{kind}_mask`."""
    if not value:
        return {f"{kind}_sealed": None, f"{kind}_hash": "", f"{kind}_mask": ""}
    place = Place(TABLES[kind]._meta.db_table, f"{kind}_sealed", row)
    return {
        f"{kind}_sealed": vault().seal(value, place),
        f"{kind}_hash": blind(kind, value),
        f"{kind}_mask": mask(value),
    }


def opened(kind: str, row: Household | Person) -> str:
    """Return the number itself; the empty string where there is none. Who asks must hold Can.REVEAL and be recorded."""
    sealed = getattr(row, f"{kind}_sealed")
    place = Place(TABLES[kind]._meta.db_table, f"{kind}_sealed", row.public_id)
    return vault().open(sealed, place) if sealed else ""


def hashes(kind: str, forms: Sequence[str | None]) -> list[str]:
    """Return `blind` of many numbers that are in their look-up form already."""
    return vault().blind_column(kind, forms)


def seal_column(kind: str, values: Sequence[str | None], ids: Sequence[str]) -> list[bytes | None]:
    """Seal a column of numbers for rows with these ids (32 hex digits)."""
    if values.count(None) == len(values):
        return [None] * len(values)
    return vault().seal_column(values, TABLES[kind]._meta.db_table, f"{kind}_sealed", dashed(ids))


def masks(values: Sequence[str | None]) -> list[str]:
    """Return the masks of a column of numbers."""
    if values.count(None) == len(values):
        return [""] * len(values)
    return ["" if value is None else mask(value) for value in values]
