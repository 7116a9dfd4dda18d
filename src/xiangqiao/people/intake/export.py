"""The register as a spreadsheet, in the very layout that is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db import transaction
from django.db.models import FilteredRelation, Q, QuerySet

from xiangqiao.accounts.actions.viewing import What, note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import Act, recording
from xiangqiao.ledger.queries import yearly_projection
from xiangqiao.people.intake.layout import HOUSEHOLD, HOUSEHOLD_YEAR, INCOME, PERSON, PERSON_YEAR
from xiangqiao.people.models import Household, Membership
from xiangqiao.people.secrets import TABLES
from xiangqiao.places.queries import places
from xq_engine.facts import catalogue
from xq_engine.intake.export import write_layout
from xq_engine.intake.layout import Layout

_ARROW = {"bool": pa.bool_(), "date": pa.date32(), "fen": pa.int64(), "centimu": pa.int64(), "metre": pa.int64(),
          "m2": pa.int64(), "months": pa.int64(), "count": pa.int64()}  # fmt: skip


def export_register(
    *,
    act: Act,
    viewer: AnyViewer,
    households: QuerySet[Household],
    year: int,
    path: Path,
    layout: Layout | None = None,
) -> int:
    """Write the households of a list, as far as the viewer may export them, with their members; returns rows written.

    The layout is the national one unless another is given (`Layout.imported` of a batch). Personal numbers are whole where
    the viewer may see them (Can.REVEAL in that village), else masked. Every household exported is noted as looked at,
    and the export is an event.
    """
    viewer.demand(Can.EXPORT)
    with (
        transaction.atomic(),
        recording("people.register_exported", act, year=year, file=path.name) as record,
    ):
        rows = households.visible_to(viewer, Can.EXPORT)  # type: ignore[attr-defined]  # ScopedQuerySet's own
        ids = list(rows.order_by().values_list("public_id", flat=True))
        tables = {
            "household": _household_table(rows, year, viewer),
            "person": _person_table(rows, year, viewer),
        }
        note_viewing(viewer, ids, what=What.EXPORT, reason=act.reason, now=act.at)
        record.note(households=len(ids))
        return write_layout(tables, path, layout or Layout.national().only("household", "person"))


def _household_table(rows: QuerySet[Household], year: int, viewer: AnyViewer) -> pa.Table:
    found = rows.annotate(of_year=FilteredRelation("years", condition=Q(years__year=year))).order_by(
        "division_code", "household_no"
    )
    paths = {
        "key": "public_id",
        "code": "division_code",
        "household_no": "household_no",
        "head_name": "head_name",
    }
    paths |= {name: name for name in HOUSEHOLD} | {name: f"of_year__{name}" for name in HOUSEHOLD_YEAR}
    paths |= _numbers("phone", "") | _numbers("bank_card", "")
    columns = _columns(found, paths)
    keys: list[UUID] = columns["key"]
    known = places()
    columns["village"] = [known[code].name if code in known else None for code in columns["code"]]
    above = [known[code].parent_code if code in known else "" for code in columns["code"]]
    columns["township"] = [known[code].name if code in known else None for code in above]
    projection = yearly_projection(year, owners=rows.order_by().values("public_id"))
    for line in INCOME:
        figures = projection.get(line, {})
        columns[line] = [figures.get(str(key)) for key in keys]
    for kind in ("phone", "bank_card"):
        columns[kind] = _shown(columns, kind, columns["code"], keys, viewer)
    heads = dict(_heads(rows, viewer))
    columns["head_id_number"] = [heads.get(key) for key in keys]
    return _table("household", columns)


def _person_table(rows: QuerySet[Household], year: int, viewer: AnyViewer) -> pa.Table:
    found = (
        Membership.objects.filter(valid_to=None, household__in=rows.order_by().values("pk"))
        .annotate(of_year=FilteredRelation("person__years", condition=Q(person__years__year=year)))
        .order_by("household__division_code", "household__household_no", "-is_head", "id")
    )
    paths = {"key": "person__public_id", "code": "household__division_code", "household_no": "household__household_no",
             "relation": "relation"}  # fmt: skip
    paths |= {name: f"person__{name}" for name in PERSON} | {name: f"of_year__{name}" for name in PERSON_YEAR}
    paths |= _numbers("id_number", "person__") | _numbers("disability_no", "person__")
    columns = _columns(found, paths)
    for kind in ("id_number", "disability_no"):
        columns[kind] = _shown(columns, kind, columns["code"], columns["key"], viewer)
    return _table("person", columns)


def _heads(rows: QuerySet[Household], viewer: AnyViewer) -> list[tuple[UUID, str | None]]:
    found = Membership.objects.filter(valid_to=None, is_head=True, household__in=rows.order_by().values("pk"))
    paths = {"home": "household__public_id", "key": "person__public_id", "code": "household__division_code"}
    columns = _columns(found, paths | _numbers("id_number", "person__"))
    numbers = _shown(columns, "id_number", columns["code"], columns["key"], viewer)
    return list(zip(columns["home"], numbers, strict=True))


def _numbers(kind: str, prefix: str) -> dict[str, str]:
    return {f"{kind}_{part}": f"{prefix}{kind}_{part}" for part in ("sealed", "mask")}


def _shown(
    columns: dict[str, list[Any]], kind: str, codes: list[str], keys: list[UUID], viewer: AnyViewer
) -> list[str | None]:
    """The numbers whole where the viewer may see them, else masked."""
    may = {code: viewer.can(Can.REVEAL, code) for code in set(codes)}
    table = TABLES[kind]._meta.db_table
    shown: list[str | None] = []
    for sealed, masked, code, key in zip(
        columns[f"{kind}_sealed"], columns[f"{kind}_mask"], codes, keys, strict=True
    ):
        whole = may[code] and sealed is not None
        shown.append(vault().open(sealed, Place(table, f"{kind}_sealed", key)) if whole else masked or None)
    return shown


def _columns(rows: QuerySet[Any, Any], paths: dict[str, str]) -> dict[str, list[Any]]:
    values = list(rows.values_list(*paths.values()).iterator(chunk_size=10_000))
    if not values:
        return {name: [] for name in paths}
    return {name: list(column) for name, column in zip(paths, zip(*values, strict=True), strict=True)}


def _table(entity: str, columns: dict[str, list[Any]]) -> pa.Table:
    facts = catalogue()[entity].base
    count = len(columns["key"])
    made = {}
    for name, fact in facts.items():
        values = [None if v == "" else v for v in columns.get(name, [None] * count)]
        made[name] = pa.array(values, _ARROW.get(fact.type, pa.string()))
    return pa.table(made)
