"""Closing promises: kept, or dropped with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.models import Promise, Visit
from xiangqiao.journal.queries.reach import household_for
from xiangqiao.journal.rules.promises import may_follow
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Recording, recording


def keep_promise(*, act: Act, promise: UUID) -> Promise:
    """Note that a promise was kept, without a visit (done at the office, by phone). Raises ActionError where it is closed."""
    row = _mine(act, promise)
    with recording("journal.promise_kept", act, subject=row, division_code=row.division_code) as record:
        close(record, row, Promise.State.KEPT, on=day_of(act.at))
    return row


def drop_promise(*, act: Act, promise: UUID, reason: str) -> Promise:
    """Note that a promise is not followed any more, and why; the household reads the reason."""
    row = _mine(act, promise)
    if not reason.strip():
        raise ActionError("promise.reason", _("不办了要写明原因，农户会看到。"), field="reason")
    with recording("journal.promise_dropped", act, subject=row, division_code=row.division_code) as record:
        close(record, row, Promise.State.DROPPED, on=day_of(act.at), reason=reason.strip()[:200])
    return row


def close(
    record: Recording, row: Promise, state: str, *, on: date, visit: Visit | None = None, reason: str = ""
) -> None:
    """Close a promise within an act. Raises ActionError where it is closed already, also by another hand just now."""
    held = Promise.objects.select_for_update().get(pk=row.pk)
    if not may_follow(held.state, state):
        raise ActionError(
            "promise.closed",
            _("“%(what)s”这条承诺已经办结，不用再点。") % {"what": held.what},
            field="kept",
        )
    record.change(
        row,
        version=held.version,
        state=state,
        closed_on=on,
        closed_by_visit_id=visit.pk if visit else None,
        reason=reason,
    )


def reopen(record: Recording, row: Promise) -> None:
    """Open a promise again that was not kept after all."""
    record.change(row, state=Promise.State.OPEN, closed_on=None, closed_by_visit_id=None)


def _mine(act: Act, promise: UUID) -> Promise:
    viewer = permit(act, Can.LOG_VISIT)
    row = Promise.objects.visible_to(viewer, Can.LOG_VISIT).filter(public_id=promise).first()
    if row is None:
        raise ActionError("promise.unknown", _("没有这条承诺，或者不在您负责的范围。"))
    household_for(viewer, row.household, Can.LOG_VISIT)
    return row
