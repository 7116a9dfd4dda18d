"""The register as the engine's typed relations: what leaves the web process for batch questions.

Names of people, ID numbers, phones and bank cards do not leave: no rule may ask for them. Of a disability certificate
only the two digits that say kind and grade go along, in a number that is otherwise zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.ledger.queries import newest_projection
from xiangqiao.people.models import Household, HouseholdYear, Membership, PersonYear
from xq_engine.facts import FactSpec, catalogue

_ROWS = 10_000
_ARROW = {"bool": pa.bool_(), "date": pa.date32(), "fen": pa.int64(), "centimu": pa.int64()}
_NUMBERS = frozenset({"metre", "m2", "months", "count"})


@dataclass(frozen=True)
class Relations:
    """`household(key, division_code, facts…)` and `person(key, household_key, facts…)`; key is the public id."""

    household: pa.Table
    person: pa.Table
    year: int


def relations(viewer: AnyViewer, *, as_of: date, households: Iterable[UUID] | None = None) -> Relations:
    """Return the open households a viewer sees, with their members, as of a day.

    Yearly facts are those of the newest year on record that is not after `as_of`: of each household, of each person and
    of each household's income by itself, so that nobody is unknown because others were asked earlier or later. `year` is
    the newest of the county. `households` narrows to a few. Null stands for what is not known.
    """
    rows = Household.objects.visible_to(viewer).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=as_of))
    if households is not None:
        rows = rows.filter(public_id__in=list(households))
    year = _newest_year(as_of)
    return Relations(_households(rows, as_of.year), _people(rows, as_of), year)


def _newest_year(as_of: date) -> int:
    newest = (
        HouseholdYear.objects.filter(year__lte=as_of.year)
        .order_by("-year")
        .values_list("year", flat=True)
        .first()
    )
    return newest or as_of.year


def _with_newest(
    rows: QuerySet[Any],
    years: str,
    table: type[HouseholdYear] | type[PersonYear],
    owner: str,
    path: str,
    until: int,
) -> QuerySet[Any]:
    """Join the newest yearly row of each owner that is not after a year as `of_year`; who has none stays, with nulls.

    `years` leads from a row to its yearly rows, `owner` from a yearly row to whose it is, `path` from a row to the same.
    """
    newest = table._default_manager.filter(**{owner: OuterRef(path), "year__lte": until})
    joined: QuerySet[Any] = rows.annotate(
        of_year=FilteredRelation(years, condition=Q(**{f"{years}__year__lte": until}))
    )
    of_newest = Q(of_year__year=Subquery(newest.order_by("-year").values("year")[:1]))
    return joined.filter(Q(of_year__isnull=True) | of_newest)


def _households(rows: QuerySet[Household], until: int) -> pa.Table:
    facts = catalogue()["household"].base
    own = {name for name in facts if hasattr(Household, name)} - {"head_name"}
    yearly = {name for name in facts if hasattr(HouseholdYear, name)}
    paths = {name: name for name in own} | {name: f"of_year__{name}" for name in yearly}
    records = _with_newest(rows, "years", HouseholdYear, "household", "pk", until).order_by("id")
    table = _table(records, {"key": "public_id", "division_code": "division_code", **paths}, facts)
    lines = newest_projection(until, owners=rows.values("public_id"))
    for name in sorted(set(facts) - own - yearly):
        column = lines.get(name, {})
        values = [column.get(key) for key in table["key"].to_pylist()] if column else pa.nulls(table.num_rows)
        table = table.append_column(name, pa.array(values, _type(facts[name])))
    return table


def _people(rows: QuerySet[Household], as_of: date) -> pa.Table:
    facts = catalogue()["person"].base
    current = (Q(valid_from__isnull=True) | Q(valid_from__lte=as_of)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=as_of)
    )
    members = _with_newest(
        Membership.objects.filter(current, household__in=rows),
        "person__years", PersonYear, "person", "person_id", as_of.year,
    ).order_by("household_id", "id")  # fmt: skip
    static = (
        "sex",
        "birth_on",
        "ethnicity",
        "political",
        "soldier",
        "id_type",
        "disability_type",
        "disability_level",
    )
    yearly = (
        "education", "schooling", "health", "labour", "work_place", "work_months", "medical_insured",
        "serious_insured", "pension_insured", "dibao",
    )  # fmt: skip
    paths = {"key": "person__public_id", "household_key": "household__public_id", "relation": "relation"}
    paths |= {name: f"person__{name}" for name in static} | {name: f"of_year__{name}" for name in yearly}
    table = _table(members, paths, facts)
    kinds, grades = table["disability_type"].to_pylist(), table["disability_level"].to_pylist()
    numbers = [
        f"{'0' * 18}{kind}{grade}" if kind and grade else None
        for kind, grade in zip(kinds, grades, strict=True)
    ]
    table = table.drop_columns(["disability_type", "disability_level"])
    table = table.append_column("disability_no", pa.array(numbers, pa.string()))
    for name in sorted(set(facts) - set(table.column_names)):
        table = table.append_column(name, pa.nulls(table.num_rows, _type(facts[name])))
    return table


def _table(rows: QuerySet[Any], paths: dict[str, str], facts: Mapping[str, FactSpec]) -> pa.Table:
    """Return the columns of a query as Arrow, read in slices so that memory stays bounded by the result."""
    schema = pa.schema([(name, _type(facts[name]) if name in facts else _plain(name)) for name in paths])
    batches = [
        pa.record_batch(
            [
                pa.array([_value(v) for v in column], field.type)
                for column, field in zip(zip(*part, strict=True), schema, strict=True)
            ],
            schema=schema,
        )
        for part in _slices(rows.values_list(*paths.values()).iterator(chunk_size=_ROWS))
    ]
    return pa.Table.from_batches(batches, schema)


def _slices(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while part := list(islice(rows, _ROWS)):
        yield part


def _value(value: Any) -> Any:
    """An empty code or text is a fact that is not known; ids travel as text."""
    if value == "":
        return None
    return str(value) if isinstance(value, UUID) else value


def _type(fact: FactSpec) -> pa.DataType:
    return pa.int64() if fact.type in _NUMBERS else _ARROW.get(fact.type, pa.string())


def _plain(name: str) -> pa.DataType:
    return pa.int64() if name.startswith("disability_") else pa.string()
