"""Writes: one person submits a list, another approves it. The calling app has checked that their posts carry it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.models import Publication, PublicationFile
from xiangqiao.kernel.publication.examine import Rows, examine
from xiangqiao.kernel.publication.files import Attachment
from xiangqiao.kernel.publication.findings import Finding, LeakFound
from xiangqiao.kernel.publication.kinds import Column, Kind, NameRule, Of
from xiangqiao.kernel.publication.words import masked
from xiangqiao.kernel.record import recording
from xiangqiao.kernel.values import digest, plain

State = Publication.State


def submit(
    *,
    act: Act,
    kind: Kind,
    title: str,
    rows: Rows,
    withdraw_on: date,
    attachments: Iterable[Attachment] = (),
    private: Iterable[str] = (),
    subject: UUID | None = None,
    division_code: str = "",
) -> Publication:
    """Examine a list and keep it for a second person. Names are stored as they will be shown, never in full.

    Raises LeakFound (with findings) where it may not be published, ActionError where the day of withdrawal does not fit.
    """
    _demand_end(kind, day_of(act.at), withdraw_on)
    files = list(attachments)
    found = examine(kind, title=title, rows=rows, attachments=files, private=private)
    _demand_clean(found)
    row = Publication(
        kind=kind.code, title=title, division_code=division_code, subject=subject,
        columns=[{"key": c.key, "title": c.title, "of": c.of.value} for c in kind.columns],
        rows=[_shown(kind, each) for each in rows], doubts=[one.as_json() for one in found],
        submitted_by=act.by.public_id, submitted_at=act.at, withdraw_on=withdraw_on,
    )  # fmt: skip
    kept = [_file(row, file) for file in files]
    row.content_hash = content_hash(row, kept)
    with recording("publication.submitted", act, subject=row, division_code=division_code) as record:
        record.create(row)
        PublicationFile.objects.bulk_create(kept)
    return row


def approve(*, act: Act, kind: Kind, publication: Publication, private: Iterable[str] = ()) -> None:
    """Make a submitted list public; it is examined once more, as it lies there. By another person than submitted it.

    Doubtful findings need a reason in `act`. Raises LeakFound, Conflict where it is not waiting any more, ActionError.
    """
    files = list(publication.files.order_by("pk"))
    _demand_waiting(publication, kind)
    if act.by.public_id == publication.submitted_by:
        raise ActionError("publication.same_person", _("提交和复核要由两个人办，请另一位同事复核。"))
    if content_hash(publication, files) != publication.content_hash:
        raise Conflict("publication.altered", _("内容与提交时不一样，请退回重新提交。"))
    opened = [Attachment(file.name, bytes(file.data)) for file in files]
    found = examine(kind, title=publication.title, rows=publication.rows, attachments=opened, private=private)
    _demand_clean(found)
    if (found or publication.doubts) and not act.reason.strip():
        raise ActionError(
            "publication.doubts", _("有拿不准的地方，请看过以后写明为什么可以公布。"), field="reason"
        )
    with recording(
        "publication.approved", act, subject=publication, division_code=publication.division_code
    ) as record:
        record.change(
            publication,
            state=State.APPROVED,
            approved_by=act.by.public_id,
            approved_at=act.at,
            reason=act.reason,
        )


def send_back(*, act: Act, publication: Publication) -> None:
    """Refuse a submitted list, with the reason in `act`. Raises ActionError without one."""
    _demand_waiting(publication)
    _end(act, publication, State.SENT_BACK, "publication.sent_back")


def withdraw(*, act: Act, publication: Publication) -> None:
    """Take a public list down, with the reason in `act`; it stays in the log. Raises ActionError without a reason."""
    if publication.state != State.APPROVED:
        raise Conflict("publication.not_shown", _("它现在没有公布，不用撤下。"))
    _end(act, publication, State.WITHDRAWN, "publication.withdrawn")


def take_off(*, act: Act, public_id: UUID | None) -> None:
    """End a list whose matter is over, with the reason in `act`: withdrawn where it is out, sent back where it waits.

    One that ended already, or none at all, stays as it is. Raises ActionError without a reason.
    """
    row = Publication.objects.filter(public_id=public_id).first() if public_id else None
    if row is not None and row.state == State.APPROVED:
        withdraw(act=act, publication=row)
    elif row is not None and row.state == State.SUBMITTED:
        send_back(act=act, publication=row)


def content_hash(row: Publication, files: Iterable[PublicationFile]) -> str:
    """Return the digest of what readers will see: title, columns, rows, files with their names."""
    seen = [[file.name, hashlib.sha256(bytes(file.data)).hexdigest()] for file in files]
    return digest({"title": row.title, "columns": row.columns, "rows": row.rows, "files": seen})


def _end(act: Act, publication: Publication, state: Publication.State, event: str) -> None:
    if not act.reason.strip():
        raise ActionError("publication.reason", _("请写明原因。"), field="reason")
    with recording(event, act, subject=publication, division_code=publication.division_code) as record:
        record.change(publication, state=state, withdrawn_at=act.at, reason=act.reason)


def _demand_end(kind: Kind, today: date, withdraw_on: date) -> None:
    last = today + timedelta(days=kind.keep_days)
    if not today < withdraw_on <= last:
        raise ActionError(
            "publication.withdraw_on",
            _("撤下日期要在今天之后，最晚 %(last)s。") % {"last": last.isoformat()},
            field="withdraw_on",
        )


def _demand_clean(found: list[Finding]) -> None:
    certain = [one for one in found if one.certain]
    if certain:
        raise LeakFound(certain)


def _demand_waiting(publication: Publication, kind: Kind | None = None) -> None:
    if publication.state != State.SUBMITTED:
        raise Conflict("publication.not_waiting", _("已经有人复核过了，请刷新页面看看。"))
    if kind is not None and kind.code != publication.kind:
        raise ValueError(f"{publication.kind} is not {kind.code}")


def _shown(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with its allowed columns only, names by the rule."""
    return {column.key: _value(kind, column, row.get(column.key)) for column in kind.columns}


def _value(kind: Kind, column: Column, value: Any) -> Any:
    if column.of == Of.NAME and value and kind.name_rule == NameRule.SURNAME:
        return masked(str(value))
    return plain(value)


def _file(row: Publication, file: Attachment) -> PublicationFile:
    stem, dot, suffix = file.name.rpartition(".")
    # The column holds 120 characters; the suffix says what the file is and stays whole.
    name = f"{stem[: 110 - len(suffix)]}{dot}{suffix}"
    return PublicationFile(
        publication=row, name=name, data=file.data, digest=hashlib.sha256(file.data).hexdigest()
    )
