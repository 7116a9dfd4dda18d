"""Units and cadres of a batch that is taken back: what nobody uses goes, changed values go back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F, QuerySet

from xiangqiao.kernel import bulk
from xiangqiao.kernel.models import Change, Recorded
from xiangqiao.kernel.record import REMOVED, Act, recording
from xiangqiao.pairing.models import Cadre, Pairing, Unit, UnitOrder

READ = "pairing.units_and_cadres_read"


def remove_batch(*, act: Act, batch: UUID) -> int:
    """Take back what a batch brought: values that nobody changed since, orders, cadres and units that nobody uses.

    A cadre is used who has or had a household, was proposed for one, or signs in. Returns how many rows went; each is
    told in the log with its origin digest. A second call does nothing.
    """
    with recording("pairing.batch_undone", replace(act, key=None), batch=batch) as record:
        changes = _put_back(batch)
        cadres = Cadre.objects.filter(batch=batch, pairings=None, proposals=None, user=None, kin=None)
        gone = _remove(cadres)
        orders = UnitOrder.objects.filter(batch=batch)
        needed = Pairing.objects.filter(valid_to=None).values("cadre__unit")
        gone += _remove(orders.exclude(unit__in=needed))
        gone += _remove(Unit.objects.filter(batch=batch, cadres=None, orders=None))
        record.note(removed=len(gone), put_back=len(changes))
    bulk.insert_changes(record.event, [*changes, *gone])
    return len(gone)


def _remove(rows: QuerySet[Any]) -> list[tuple[str, str, str, Any, Any]]:
    kind = rows.model.subject_kind()
    found = list(rows.values_list("pk", "public_id", "origin_digest"))
    for part in bulk.chunks([pk for pk, *_ in found]):
        rows.model._default_manager.filter(pk__in=part).delete()
    return [(kind, own.hex, REMOVED, digest, None) for _, own, digest in found]


def _put_back(batch: UUID) -> list[tuple[str, str, str, Any, Any]]:
    """Set values that the batch changed to what they were, where they still are what the batch made them.

    Personal numbers stay as they are: their former ciphertext is not kept.
    """
    rows = Change.objects.filter(event__kind=READ, event__data__batch=str(batch)).order_by("id")
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for row in rows:
        if row.attribute != REMOVED and not row.attribute.endswith(("_hash", "_mask")):
            by_kind[row.subject_kind].append(row)
    done: list[tuple[str, str, str, Any, Any]] = []
    for kind, found in by_kind.items():
        model: Any = apps.get_model(kind)
        present: dict[UUID, Recorded] = {}
        for part in bulk.chunks(sorted({one.subject for one in found})):
            present |= {row.public_id: row for row in model._default_manager.filter(public_id__in=part)}
        for one in found:
            subject = present.get(one.subject)
            if subject is None or subject.recorded_state()[one.attribute] != one.new:
                continue
            model._default_manager.filter(pk=subject.pk).update(
                **{one.attribute: one.old}, version=F("version") + 1
            )
            done.append((kind, one.subject.hex, one.attribute, one.new, one.old))
    return done
