"""What a keeper may see of a household: its name and village, and that only after consent or at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.commerce.models import Consent
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.places.queries import names
from xq_engine.divisions import is_within

# The register is asked by the house itself; the keeper is handed no more than `AtCounter`.
_COUNTER = SystemViewer("电商柜台核对农户")


@dataclass(frozen=True)
class AtCounter:
    """A household as the counter knows it."""

    public_id: UUID
    name: str
    village: str
    division_code: str


def household_who_came(viewer: AnyViewer, number: str, name: str) -> AtCounter | None:
    """Return the household that somebody at the counter names by its full number and the head's name, else None.

    Both must be right, and the household must live in a township where the viewer keeps a station.
    """
    number, name = number.strip(), "".join(name.split())
    if not number or not name:
        return None
    rows = households(_COUNTER, HouseholdFilter()).filter(household_no=number, head_name=name)
    row = rows.values_list("public_id", "head_name", "division_code").first()
    if row is None or not serves(viewer, row[2]):
        return None
    return AtCounter(row[0], row[1], names([row[2]])[row[2]], row[2])


def households_that_consented(
    viewer: AnyViewer, text: str = "", *, only: UUID | None = None, most: int = 50
) -> list[AtCounter]:
    """Return households whose consent is in force at the viewer's stations, by name; `text` narrows."""
    consents = Consent.objects.visible_to(viewer, Can.KEEP_STATION).filter(ended_on__isnull=True)
    if only is not None:
        consents = consents.filter(household=only)
    ids = set(consents.values_list("household", flat=True))
    rows = households(_COUNTER, HouseholdFilter()).filter(public_id__in=ids)
    if text.strip():
        rows = rows.filter(head_name__startswith=text.strip()) | rows.filter(household_no=text.strip())
    found = rows.order_by("head_pinyin", "id").values_list("public_id", "head_name", "division_code")[:most]
    places = names(code for _id, _name, code in found)
    return [AtCounter(key, name, places[code], code) for key, name, code in found]


def household_of_id(public_id: UUID) -> AtCounter | None:
    """Return an open household by its id: for actions of this app, which have checked how the id was come by."""
    rows = households(_COUNTER, HouseholdFilter()).filter(public_id=public_id)
    row = rows.values_list("public_id", "head_name", "division_code").first()
    return row and AtCounter(row[0], row[1], names([row[2]])[row[2]], row[2])


def serves(viewer: AnyViewer, division_code: str) -> bool:
    """Return whether a viewer keeps a station in the township of a household."""
    if isinstance(viewer, SystemViewer):
        return True
    return any(
        is_within(division_code, f"{code[:9]}000") for code in viewer.divisions(Can.KEEP_STATION)
    ) or viewer.can(Can.MANAGE_COMMERCE, division_code)
