"""One row of a list written as a station, a tenant or a designation."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from xiangqiao.commerce.actions.sealing import seal_phone
from xiangqiao.commerce.models import (
    ImportedList,
    ListedRow,
    ListKind,
    Operator,
    PoorVillage,
    Station,
    Tenant,
)
from xiangqiao.kernel.record import Recording

# The designation of poor villages ended when the county left poverty; a list that names no day began with the county's.
DESIGNATED = date(2015, 1, 1)


def write_row(record: Recording, source: ImportedList, row: ListedRow, phone: str) -> UUID | None:
    """Write a row that is new or changed; return the id of what was made."""
    if source.kind == ListKind.TENANTS:
        return _tenant(record, source, row)
    if source.kind == ListKind.POOR_VILLAGES:
        return _village(record, row)
    return _station(record, source, row, phone)


def _station(record: Recording, source: ImportedList, row: ListedRow, phone: str) -> UUID | None:
    said = row.read
    if row.outcome == ListedRow.Outcome.CHANGED:
        present = Station.objects.get(public_id=UUID(row.twin))
        record.change(
            present, division_code=said["division_code"], keeper_name=said["keeper"] or "",
            opened_on=date.fromisoformat(said["opened"]), closed_on=_day(said["closed"]),
        )  # fmt: skip
        return None
    operator = Operator(source.kind)
    made = Station(
        operator=operator, code=said["code"], name=said["name"] or f"{operator.label} {said['code']}",
        level=said["level"], division_code=said["division_code"], place=said.get("place") or "",
        keeper_name=said["keeper"] or "", opened_on=date.fromisoformat(said["opened"]),
        closed_on=_day(said["closed"]),
    )  # fmt: skip
    seal_phone(made, phone)
    record.create(made)
    return made.public_id


def _tenant(record: Recording, source: ImportedList, row: ListedRow) -> UUID | None:
    said = row.read
    if row.outcome == ListedRow.Outcome.CHANGED:
        present = Tenant.objects.get(public_id=UUID(row.twin))
        record.change(present, firm=said["firm"], space=said["space"], left_on=_day(said["closed"]))
        return None
    area = said["area"] or ""
    made = Tenant(
        code=said["code"], firm=said["firm"], sector=said["sector"] or "", space=said["space"],
        area_m2=int(area) if area.isdecimal() else None, rent_free=_truth(said["free"]), leader=said["keeper"] or "",
        is_returnee=_truth(said["returnee"]), division_code=source.division_code,
        came_on=date.fromisoformat(said["opened"]), left_on=_day(said["closed"]),
    )  # fmt: skip
    record.create(made)
    return made.public_id


def _village(record: Recording, row: ListedRow) -> UUID:
    made = PoorVillage(
        division_code=row.read["division_code"], valid_from=_day(row.read["opened"]) or DESIGNATED,
        valid_to=_day(row.read["closed"]),
    )  # fmt: skip
    record.create(made)
    return made.public_id


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _truth(text: str | None) -> bool | None:
    return None if text is None else text == "yes"
