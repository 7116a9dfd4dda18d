"""A list understood: each row read, placed, and held against the rows before it and what the county has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiangqiao.commerce.lists.reading import letter
from xiangqiao.commerce.models import ListedRow, ListKind, PoorVillage, Station, Tenant
from xiangqiao.commerce.rules.listed import STATION_KINDS, ReadRow, heads_at, read
from xiangqiao.commerce.rules.places import Known, locate
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import vault
from xiangqiao.places.queries import children, villages_below

Outcome = ListedRow.Outcome


@dataclass
class Judged:
    """A row with what is to become of it."""

    row: ReadRow
    outcome: Outcome
    twin: str = ""
    why: str = ""


def understand(kind: str, cells: Sequence[Sequence[str]], county: str) -> tuple[dict[str, str], list[Judged]]:
    """Return the columns by field, and the rows judged. Raises ActionError where the heads are not to be found."""
    head = heads_at(cells, kind)
    if head is None:
        raise ActionError(
            "list.heads",
            _("认不出表头。“%(kind)s”要有这些列：编号、开业或入驻日期、所在乡镇和村。")
            % {"kind": ListKind(kind).label},
            field="file",
        )
    at, columns = head
    known = Known.of(
        [(one.code, one.name) for one in children(county)],
        [(one.code, one.name) for one in villages_below(county)],
    )
    rows, township = [], ""
    for number, line in enumerate(cells[at + 1 :], start=at + 2):
        texts = {name: line[place] if place < len(line) else "" for name, place in columns.items()}
        if not any(texts.values()) or _is_total(line):
            continue
        # Merged cells: a township stands once, at the first of its rows.
        township = texts["township"] = texts.get("township", "").strip() or township
        row = read(number, texts, kind)
        _place(row, texts, known, kind, county)
        rows.append(row)
    return {name: letter(place) for name, place in columns.items()}, judge(kind, rows)


def judge(kind: str, rows: list[ReadRow]) -> list[Judged]:
    """Say of each row whether it is new, the same as something there, changed, a repetition, or refused."""
    judge_one = {ListKind.TENANTS: _tenant, ListKind.POOR_VILLAGES: _village}.get(ListKind(kind), _station)
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for row in rows:
        if row.refused:
            found.append(Judged(row, Outcome.REFUSED))
            continue
        twin = next(((key, seen[key]) for key in _keys(kind, row) if key in seen), None)
        if twin is not None:
            row.problems.append(("code", "REPEATED", str(twin[1])))
            found.append(Judged(row, Outcome.DUPLICATE, _("第 %(n)s 行") % {"n": twin[1]}, twin[0][0]))
            continue
        for key in _keys(kind, row):
            seen[key] = row.number
        found.append(judge_one(kind, row))
    return found


def _keys(kind: str, row: ReadRow) -> list[tuple[str, ...]]:
    """By what a row is recognised again: the operator's number, or the same keeper at the same place and phone."""
    values = {name: value or "" for name, value in row.values.items()}
    if kind == ListKind.POOR_VILLAGES:
        return [("PLACE", values["division_code"])]
    keys: list[tuple[str, ...]] = [("CODE", values["code"])]
    if kind in STATION_KINDS and values["keeper"] and row.phone:
        keys.append(("SHOP", values["division_code"], values["keeper"], row.phone))
    if kind == ListKind.TENANTS:
        keys.append(("FIRM", values["firm"], values["space"]))
    return keys


def _station(kind: str, row: ReadRow) -> Judged:
    present = Station.objects.filter(
        operator=kind, code=row.values["code"], withdrawn_at__isnull=True
    ).first()
    if row.phone and row.values["keeper"]:
        shared = (
            Station.objects.exclude(operator=kind)
            .filter(
                division_code=row.values["division_code"], keeper_name=row.values["keeper"],
                phone_hash=vault().blind("phone", row.phone), withdrawn_at__isnull=True,
            )
            .first()
        )  # fmt: skip
        if shared is not None:
            row.problems.append(("keeper", "SHARED_SHOP", shared.get_operator_display()))
    if present is None:
        return Judged(row, Outcome.NEW)
    now = (present.division_code, present.keeper_name, _iso(present.closed_on), present.opened_on.isoformat())
    said = tuple(row.values[name] or "" for name in ("division_code", "keeper", "closed", "opened"))
    same = (now[0], now[1], now[2] or "", now[3]) == said
    return Judged(row, Outcome.SAME if same else Outcome.CHANGED, str(present.public_id), "CODE")


def _tenant(_kind: str, row: ReadRow) -> Judged:
    present = Tenant.objects.filter(code=row.values["code"], withdrawn_at__isnull=True).first()
    if present is None:
        return Judged(row, Outcome.NEW)
    same = (present.firm, present.space, _iso(present.left_on)) == tuple(
        row.values[name] for name in ("firm", "space", "closed")
    )
    return Judged(row, Outcome.SAME if same else Outcome.CHANGED, str(present.public_id), "CODE")


def _village(_kind: str, row: ReadRow) -> Judged:
    present = PoorVillage.objects.filter(
        division_code=row.values["division_code"], valid_to__isnull=True
    ).first()
    return Judged(row, Outcome.NEW) if present is None else Judged(row, Outcome.SAME, str(present.public_id))


def _place(row: ReadRow, texts: dict[str, str], known: Known, kind: str, county: str) -> None:
    if kind == ListKind.TENANTS:
        row.values["division_code"] = county
        return
    if "县" in (row.values.get("level") or "") and kind != ListKind.POOR_VILLAGES:
        row.values |= {"division_code": county, "level": "COUNTY", "place": texts.get("address") or None}
        return
    names = {name: texts.get(name, "") for name in ("township", "village", "address")}
    found = locate(known, **names)
    if found is None or (kind == ListKind.POOR_VILLAGES and found.seat):
        field = next((name for name in ("village", "address", "township") if names[name]), "township")
        row.problems.append((field, "PLACE", names[field] or names["township"]))
        return
    row.values["division_code"] = found.division_code
    row.values["level"] = "TOWNSHIP" if found.seat else "VILLAGE"
    row.values["place"] = names["address"] or names["village"] or None


def _is_total(line: Sequence[str]) -> bool:
    return any(
        "".join(cell.split()).startswith(("合计", "总计", "小计", "制表", "填表")) for cell in line[:3]
    )


def _iso(day: object) -> str | None:
    return day.isoformat() if hasattr(day, "isoformat") else None
