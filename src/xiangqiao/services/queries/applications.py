"""The catalogue, and applications."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.keyring import vault
from xiangqiao.services.models import Application, Matter
from xiangqiao.services.rules.applying import OPEN


def matters(on: date, *, text: str = "", topic: str = "") -> QuerySet[Matter]:
    """Return the catalogue of a day."""
    rows = Matter.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if topic:
        rows = rows.filter(topic=topic)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(who__icontains=text) | Q(name_en__icontains=text))
    return rows.select_related("office").order_by("topic", "name")


def matter(code: str, on: date) -> Matter:
    """Return a service of the catalogue on a day. Raises Matter.DoesNotExist."""
    return matters(on).get(code=code)


def applications(viewer: AnyViewer, *, state: str = "") -> QuerySet[Application]:
    """Return the applications that a viewer may read whole; `state` may be `open`."""
    rows = Application.objects.visible_to(viewer).select_related("matter__office")
    if state == "open":
        return rows.filter(state__in=OPEN)
    return rows.filter(state=state) if state else rows


def application(viewer: AnyViewer, public_id: UUID) -> Application:
    """Return one application. Raises Application.DoesNotExist where unseen."""
    return applications(viewer).get(public_id=public_id)


def entries_of(row: Application, *, whole: bool) -> list[tuple[str, str]]:
    """Return (label, value) of what the form says; numbers of persons show their last two characters unless `whole`."""
    if not row.entries_sealed:
        return []
    place = Place(row._meta.db_table, "entries_sealed", row.public_id)
    values = json.loads(vault().open(row.entries_sealed, place))
    return [
        (_label(field), _shown(field["kind"], values[field["name"]], whole=whole))
        for field in row.matter.fields
        if field["name"] in values
    ]


def _label(field: dict[str, str]) -> str:
    """Return a field's label in the reader's language."""
    english = (get_language() or "").startswith("en")
    return (field.get("label_en") if english else "") or field["label"]


def _shown(kind: str, value: str, *, whole: bool) -> str:
    if kind in {"id_number", "bank_card", "phone"} and not whole:
        return f"••••{value[-2:]}"
    return {"yes": gettext("是"), "no": gettext("否")}.get(value, value) if kind == "yes_no" else value
