"""How far an import reaches: the division it was uploaded for, and nothing beyond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from xiangqiao.kernel import bulk
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.merge import Present
from xiangqiao.people.models import Batch, Person
from xq_engine.divisions import is_within, prefix

_NAMED = 3  # households named in a refusal


def demand_homes(
    batch: Batch, numbers: Sequence[str], codes: Sequence[str], known: Mapping[str, Present]
) -> None:
    """Refuse a batch that holds households of another place, by their village or because the register has them there.

    `codes` are the villages of `numbers`. Raises ActionError naming the first of them.
    """
    beyond = {code for code in set(codes) if not is_within(code, batch.division_code)}
    found = [number for number, code in zip(numbers, codes, strict=True) if code in beyond]
    found += [
        number
        for number, row in known.items()
        if not is_within(row.state["division_code"], batch.division_code)
    ]
    if found:
        named = list(dict.fromkeys(found))
        raise ActionError(
            "intake.beyond",
            _("表里有 %(n)d 户不在这批表格的所属地区，例如 %(numbers)s。请删去这些户再上传，或请县里导入。")
            % {"n": len(named), "numbers": "、".join(named[:_NAMED])},
        )


def demand_whole_county(batch: Batch) -> None:
    """Refuse units and cadres from below the county: they serve other places, too. Raises ActionError."""
    if not is_county(batch):
        raise ActionError(
            "intake.units_beyond",
            _("帮扶单位和干部管着几个乡镇，只能由县里导入。请去掉这两张表再上传。"),
        )


def people_beyond(batch: Batch, people: Mapping[object, Present]) -> frozenset[int]:
    """Return the primary keys of people whom the register has in another place: they are asked about, not changed."""
    if is_county(batch):
        return frozenset()
    found: set[int] = set()
    for part in bulk.chunks([row.pk for row in people.values()]):
        rows = Person.objects.filter(pk__in=part).values_list("pk", "division_code")
        found.update(pk for pk, code in rows if not is_within(code, batch.division_code))
    return frozenset(found)


def is_county(batch: Batch) -> bool:
    """Tell whether a batch was uploaded for the whole county, or more."""
    return len(prefix(batch.division_code)) <= 6
