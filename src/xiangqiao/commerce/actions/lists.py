"""Lists in two steps: checked without effect, then applied in one transaction; taken back while nobody touched it."""

from __future__ import annotations

import hashlib
from collections import Counter
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, permit
from xiangqiao.commerce.actions.list_rows import write_row
from xiangqiao.commerce.actions.moving import locked
from xiangqiao.commerce.lists.reading import read_cells
from xiangqiao.commerce.lists.understanding import understand
from xiangqiao.commerce.models import ImportedList, ListedRow, ListKind, PoorVillage, Station, Tenant
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import Act, recording

State = ImportedList.State
PURPOSE = "commerce.listed_phone"


def check_list(*, act: Act, county: str, kind: str, name: str, data: bytes) -> ImportedList:
    """Check a list: what each row would become, and what is wrong at which cell. Nothing else is written.

    Raises ActionError where the file cannot be read or its heads are not understood.
    """
    permit(act, Can.MANAGE_COMMERCE, county)
    if kind not in ListKind:
        raise ActionError("list.kind", _("请选名单的种类。"), field="kind")
    columns, judged = understand(kind, read_cells(name, data), county)
    counts = Counter(one.outcome for one in judged)
    row = ImportedList(
        division_code=county, kind=kind, file_name=name[:200], sha256=hashlib.sha256(data).hexdigest(),
        columns=columns, started_label=act.by.label, started_at=act.at,
        counts={**counts, "rows": len(judged), "problems": sum(len(one.row.problems) for one in judged)},
    )  # fmt: skip
    with recording("commerce.list_checked", act, subject=row, division_code=county) as record:
        record.create(row)
        ListedRow.objects.bulk_create(
            ListedRow(
                source=row, number=one.row.number, read=one.row.values, outcome=one.outcome, twin=one.twin,
                twin_why=one.why,
                phone_sealed=vault().seal_bytes(one.row.phone.encode(), PURPOSE) if one.row.phone else None,
                problems=[
                    {"column": columns.get(field, ""), "field": field, "code": code, "value": value}
                    for field, code, value in one.row.problems
                ],
            )
            for one in judged
        )  # fmt: skip
    return row


def apply_list(*, act: Act, source: UUID) -> ImportedList:
    """Apply a checked list: new rows and changes, all or none. Raises Conflict where it was applied or given up."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.list_applied", act) as record:
        row = _waiting(viewer, source)
        for one in row.rows.filter(outcome__in=["NEW", "CHANGED"]).order_by("number"):
            phone = vault().open_bytes(bytes(one.phone_sealed), PURPOSE).decode() if one.phone_sealed else ""
            made = write_row(record, row, one, phone)
            if made is not None:
                ListedRow.objects.filter(pk=one.pk).update(made=made)
        record.change(row, state=State.APPLIED)
        record.event.subject, record.event.division_code = row.public_id, row.division_code
    return row


def discard_list(*, act: Act, source: UUID) -> ImportedList:
    """Give up a list that was not applied."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.list_discarded", act) as record:
        row = _waiting(viewer, source)
        record.change(row, state=State.DISCARDED)
    return row


def undo_list(*, act: Act, source: UUID) -> ImportedList:
    """Take back what a list added. Raises Conflict where something of it was touched since or is in use."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.list_undone", act) as record:
        row = locked(ImportedList.objects.visible_to(viewer, Can.MANAGE_COMMERCE), source)
        if row.state != State.APPLIED:
            raise Conflict("list.state", _("这份名单没有入库，不用撤销。"))
        if row.rows.filter(outcome="CHANGED").exists() or _in_use(row):
            raise Conflict("list.used", _("名单里的内容入库后已经用过或改过，不能整份撤销，请逐个更正。"))
        for table in (Station, Tenant):
            for one in table.objects.filter(public_id__in=_made(row)):
                record.change(one, withdrawn_at=act.at)
        for village in PoorVillage.objects.filter(public_id__in=_made(row)):
            record.remove(village)
        record.change(row, state=State.DISCARDED)
    return row


def _made(row: ImportedList) -> list[UUID]:
    """Return the ids of what a list added."""
    return [made for made in row.rows.values_list("made", flat=True) if made is not None]


def _in_use(row: ImportedList) -> bool:
    stations = Station.objects.filter(public_id__in=_made(row))
    tenants = Tenant.objects.filter(public_id__in=_made(row))
    met = Q(version__gt=1) | Q(lots__isnull=False)
    served = Q(consents__isnull=False) | Q(cash__isnull=False) | Q(purchases__isnull=False)
    return (
        stations.filter(met | served).exists()
        or tenants.filter(met).exists()
        or tenants.filter(jobs__isnull=False).exists()
    )


def _waiting(viewer: AnyViewer, source: UUID) -> ImportedList:
    row = locked(ImportedList.objects.visible_to(viewer, Can.MANAGE_COMMERCE), source)
    if row.state != State.CHECKED:
        raise Conflict("list.state", _("这份名单已经处理过了，请刷新页面看看。"))
    return row
