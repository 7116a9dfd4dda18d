"""Set-based writing of recorded rows from columns: what is new is inserted with its origin, what differs is changed.

For imports. One act by one person goes through `kernel.record`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from xiangqiao.kernel import bulk
from xiangqiao.kernel.digests import row_digests
from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.models import Change, Recorded, Source
from xiangqiao.kernel.values import plain

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Origin:
    """The batch that rows come with, as 32 hex digits."""

    batch: str


@dataclass(frozen=True)
class Inserted:
    """What was inserted: primary keys, ids (32 hex digits), origin digests; in the order of the columns."""

    pks: Sequence[int]
    ids: list[str]
    digests: list[str]


@dataclass(frozen=True, slots=True)
class Present:
    """A row that is there: primary key, id (32 hex digits) and recorded attributes as plain values."""

    pk: int
    id: str
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """An attribute whose offered value is not the present one. `place` is the offered row's position."""

    row: Present
    attribute: str
    old: Any
    new: Any
    place: int


@dataclass
class Split:
    """Offered rows beside what is there: positions of new ones, differences of the others."""

    new: list[int] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    known: dict[int, Present] = field(default_factory=dict)


def present_rows(
    model: type[Recorded],
    by: str,
    values: Iterable[Any],
    attributes: Sequence[str],
    key: Callable[[tuple[Any, ...]], Hashable] | None = None,
    **also: Any,
) -> dict[Hashable, Present]:
    """Return the rows whose column `by` has one of the values, by that value or by `key(attribute values)`.

    `also` narrows further. Reads no objects.
    """
    found: dict[Hashable, Present] = {}
    rows = model._default_manager.filter(**also)
    if not rows.exists():
        return found
    for part in bulk.chunks(list(values)):
        for pk, public_id, own, *state in rows.filter(**{f"{by}__in": part}).values_list(
            "pk", "public_id", by, *attributes
        ):
            row = Present(
                pk, public_id.hex, {name: plain(v) for name, v in zip(attributes, state, strict=True)}
            )
            found[key(tuple(state)) if key else own] = row
    return found


def split(keys: Sequence[Hashable], columns: Columns, present: Mapping[Any, Present]) -> Split:
    """Compare offered rows with those that are there. None offered says nothing; it changes nothing."""
    result = Split()
    if not present:
        result.new = list(range(len(keys)))
        return result
    for place, key in enumerate(keys):
        row = present.get(key)
        if row is None:
            result.new.append(place)
            continue
        result.known[place] = row
        for name, values in columns.items():
            new = values[place]
            if new is not None and new != "" and new != row.state[name]:
                result.differences.append(Difference(row, name, row.state[name], new, place))
    return result


def take(columns: Columns, places: Sequence[int]) -> dict[str, Sequence[Any]]:
    """Return the columns at some positions."""
    count = max((len(values) for values in columns.values()), default=0)
    if len(places) == count:
        return dict(columns)
    return {name: [values[place] for place in places] for name, values in columns.items()}


def insert_recorded(
    model: type[Recorded],
    columns: Columns,
    *,
    origin: Origin,
    batch_rows: Sequence[int],
    ids: list[str] | None = None,
    extra: Columns | None = None,
) -> Inserted:
    """Insert rows from columns of plain values by recorded attribute; attributes left out take their default.

    `extra` are columns that are not recorded (sealed values, names kept for lists). Each row keeps batch, row number and
    the digest of its recorded state.
    """
    count = len(batch_rows)
    if not count:
        return Inserted([], [], [])
    own = ids if ids is not None else new_ids(count)
    recorded = {name: _filled(model, name, columns.get(name)) for name in model.RECORDED}
    digests = row_digests(recorded, count)
    pks = bulk.reserve(model, count)
    written: dict[str, Iterable[Any]] = {
        "id": pks, "public_id": own, "batch_row": batch_rows, "origin_digest": digests,
    }  # fmt: skip
    same: dict[str, Any] = {"version": 1, "batch": origin.batch}
    for name, values in recorded.items():
        if len(values) == 1 != count:
            same[name] = values[0]
        elif isinstance(model._meta.get_field(name), models.UUIDField):
            written[name] = [v and v.replace("-", "") for v in values]
        else:
            written[name] = values
    for name, values in (extra or {}).items():
        if _says_nothing(values):
            same[name] = None
        else:
            written[name] = values
    bulk.insert(model, written, same)
    return Inserted(pks, own, digests)


def _says_nothing(values: Sequence[Any]) -> bool:
    return values[0] is None and values.count(None) == len(values)


def _filled(model: type[Recorded], name: str, values: Sequence[Any] | None) -> Sequence[Any]:
    """The values of an attribute as the database will give them back: empty text rather than nothing.

    One value where nothing is offered, or one is for all.
    """
    field_ = model._meta.get_field(name)
    if values is None:
        default = field_.get_default() if isinstance(field_, models.Field) else None
        return [plain(default)]
    if not isinstance(field_, models.CharField):
        return values[:1] if _says_nothing(values) else values
    if _says_nothing(values):
        return [""]
    return ["" if v is None else v for v in values] if None in values else values


def verified_since(subjects: Iterable[str], since: datetime) -> set[tuple[str, str]]:
    """Return (subject, attribute) whose last change came by another door than an import, at or after a moment."""
    last: dict[tuple[str, str], bool] = {}
    for part in bulk.chunks(sorted(set(subjects))):
        rows = Change.objects.filter(subject__in=part).order_by("id")
        for subject, attribute, source, at in rows.values_list(
            "subject", "attribute", "event__source", "event__at"
        ):
            last[subject.hex, attribute] = source != Source.IMPORT and at >= since
    return {key for key, is_verified in last.items() if is_verified}


def write_differences(
    model: type[Recorded], differences: Sequence[Difference]
) -> list[tuple[str, str, str, Any, Any]]:
    """Set what differs and return the rows of the log for it (see `bulk.insert_changes`)."""
    by_attribute: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for one in differences:
        by_attribute[one.attribute].append((one.new, one.row.pk))
    for attribute, pairs in by_attribute.items():
        bulk.update(model, attribute, pairs)
    for part in bulk.chunks(sorted({one.row.pk for one in differences})):
        model._default_manager.filter(pk__in=part).update(version=models.F("version") + 1)
    kind = model.subject_kind()
    return [(kind, one.row.id, one.attribute, one.old, one.new) for one in differences]
