"""The list of households as a table: columns that a person may choose, cells that open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.words import word
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.tables import Column, Row
from xiangqiao.pairing.queries import cadres_of
from xiangqiao.places.queries import places
from xiangqiao.policy.queries import unclaimed_counts

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

_NOBODY = UUID(int=0)
WATCHED = {"UNSTABLE": "orange", "MARGINAL": "gold", "SUDDEN": "red"}


@dataclass(frozen=True)
class Around:
    """What the floors above the register know of the households of a page: one query each."""

    cadres: dict[UUID, Any]
    unclaimed: dict[UUID, int]


def around(viewer: Viewer, rows: list[Household]) -> Around:
    """Read cadres and entitlements not taken up of a page of households."""
    keys = [row.public_id for row in rows]
    return Around(cadres_of(viewer, keys), unclaimed_counts(viewer, keys))


@dataclass(frozen=True)
class Spec:
    """A column: its head, its cell on the page, and its value in an export."""

    key: str
    title: Promise
    cell: Callable[[Household, Around], Any]
    sort: str = ""
    numeric: bool = False
    unit: Promise | str = ""
    usual: bool = True


def place_name(code: str) -> str:
    """Return township and village of a code, as one reads them."""
    known = places()
    here = known.get(code)
    above = known.get(here.parent_code) if here else None
    return f"{above.name if above else ''} {here.name if here else code}".strip()


def _watch(row: Household, _about: Around) -> Any:
    if not row.watch_type or row.watch_type == "NONE":
        return ""
    return Tag(word("watch_type", row.watch_type), WATCHED.get(row.watch_type, "grey"))  # type: ignore[arg-type]  # tones are literals


def _cadre(row: Household, about: Around) -> Any:
    pair = about.cadres.get(row.public_id)
    return pair.cadre.name if pair else ""


def _unclaimed(row: Household, about: Around) -> Any:
    return about.unclaimed.get(row.public_id, 0)


COLUMNS: tuple[Spec, ...] = (
    Spec("no", _("户编号"), lambda row, _about: row.household_no, sort="no"),
    Spec("name", _("户主"), lambda row, _about: row.head_name, sort="name"),
    Spec("village", _("乡镇、村"), lambda row, _about: place_name(row.division_code), sort="village"),
    Spec("size", _("人口"), lambda row, _about: row.size, sort="size", numeric=True, unit=_("人")),
    Spec("type", _("农户属性"), lambda row, _about: word("household_type", row.household_type), usual=False),
    Spec("watch", _("监测类别"), _watch),
    Spec("exit", _("脱贫标志"), lambda row, _about: word("exit_status", row.exit_status)),
    Spec("cause", _("主要致贫原因"), lambda row, _about: word("cause", row.cause_main), usual=False),
    Spec("cadre", _("帮扶干部"), _cadre),
    Spec("unclaimed", _("应享未享"), _unclaimed, numeric=True, unit=_("项")),
)


def household_address(row: Household) -> str:
    """Return the address of a household's page."""
    return _address().replace(str(_NOBODY), str(row.public_id))


@cache
def _address() -> str:
    # Asked of the table of addresses once: a list draws fifty of them.
    return reverse("desk:household", args=[_NOBODY])


def heads(specs: tuple[Spec, ...] = COLUMNS) -> list[Column]:
    """Return the heads of the table."""
    return [
        Column(spec.key, str(spec.title), unit=str(spec.unit), numeric=spec.numeric, sortable=bool(spec.sort))
        for spec in specs
    ]


def table_rows(rows: list[Household], about: Around, specs: tuple[Spec, ...] = COLUMNS) -> list[Row]:
    """Return the rows of the table."""
    return [
        Row(
            [spec.cell(row, about) for spec in specs],
            href=household_address(row),
            key=str(row.public_id),
            label=row.head_name or row.household_no,
        )
        for row in rows
    ]


def plain(content: Any) -> str | int:
    """Return what a cell says, without its look: what an export carries."""
    if content is None:
        return ""
    return content if isinstance(content, int) else str(getattr(content, "text", content))
