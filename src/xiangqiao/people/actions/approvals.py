"""Deciding on a change that somebody else asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import recording
from xiangqiao.kernel.values import plain
from xiangqiao.people.actions.changes import ChangeRefused, State, applying, examined, write
from xiangqiao.people.drafting.build import build
from xiangqiao.people.drafting.draft import Draft
from xiangqiao.people.drafting.scene import Scene, scene_of
from xiangqiao.people.drafting.sealing import restored
from xiangqiao.people.models import ChangeRequest, Household
from xiangqiao.people.rules.kinds import DECIDES, Kind, approvals
from xiangqiao.people.rules.payloads import Merge
from xiangqiao.people.rules.situation import Fault


def approve_change(*, act: Act, request: UUID) -> ChangeRequest:
    """Approve the step that a request waits for; the last one applies it.

    `act.reason` is the note. Where the household changed since the request was made, nothing is written and the
    request ends as CONFLICTED, with what it saw, what is there now and what it wanted. Raises NotAllowed, ActionError.
    """
    with transaction.atomic():
        row, viewer = _held(act, request)
        kind = Kind(row.kind)
        later = approvals(kind)[approvals(kind).index(row.step) + 1 :]
        row.payload.setdefault("approvals", []).append(
            {
                "step": row.step,
                "by": str(viewer.user.public_id),
                "label": viewer.label,
                "at": act.at.isoformat(),
            }
        )
        if later:
            return _settle(act, row, viewer, "people.change_approved", state=row.state, step=later[0])
        home = Household.objects.select_for_update().get(pk=row.household_id)
        payload = restored(row)
        scene = scene_of(act, day_of(act.at), home, payload.into if isinstance(payload, Merge) else "")
        try:
            found = examined(kind, payload, scene)
        except ChangeRefused as refusal:
            return _conflict(act, row, viewer, refusal.faults[0], [])
        draft = build(kind, payload, scene, found.known)
        if moved := _moved(row, draft):
            return _conflict(act, row, viewer, Fault("", "moved"), moved)
        return _apply(act, row, viewer, kind, draft, scene)


def _apply(
    act: Act, row: ChangeRequest, viewer: Viewer, kind: Kind, draft: Draft, scene: Scene
) -> ChangeRequest:
    with applying(kind, act, scene.home, row) as record:
        write(draft, record, row)
        _decide(act, row, viewer)
        record.change(row, state=State.APPLIED, step="", decided_note=act.reason)
    return row


def return_change(*, act: Act, request: UUID) -> ChangeRequest:
    """Give a request back to who asked, with a note what to mend."""
    return _refuse(act, request, State.RETURNED, "people.change_returned")


def reject_change(*, act: Act, request: UUID) -> ChangeRequest:
    """Refuse a request, with a note why."""
    return _refuse(act, request, State.REJECTED, "people.change_rejected")


def _refuse(act: Act, request: UUID, state: State, kind: str) -> ChangeRequest:
    if not act.reason.strip():
        raise ActionError("change.note", _("请写明原因，申请人才知道怎么办。"), field="note")
    with transaction.atomic():
        row, viewer = _held(act, request)
        return _settle(act, row, viewer, kind, state=state, step="")


def _held(act: Act, request: UUID) -> tuple[ChangeRequest, Viewer]:
    """Hold a request that waits for a decision that this person may take."""
    row = ChangeRequest.objects.select_for_update().filter(public_id=request).first()
    if row is None:
        raise NotAllowed("change.request", _("没有这项申请，或者不在您的辖区。"))
    if row.state != State.SUBMITTED:
        raise ActionError("change.decided", _("这项申请已经办结，不用再审。"))
    viewer = permit(act, DECIDES[row.step], row.division_code)
    if not isinstance(viewer, Viewer):
        raise NotAllowed("change.person", _("审批要由登录的人来办。"))
    if row.asked_by == viewer.user.public_id:
        raise NotAllowed("change.own", _("自己提出的变更，要由别人审批。"))
    if any(one["by"] == str(viewer.user.public_id) for one in row.payload.get("approvals", ())):
        raise NotAllowed("change.twice", _("上一步是您批的，这一步要由别人审批。"))
    return row, viewer


def _moved(row: ChangeRequest, draft: Draft) -> list[dict[str, Any]]:
    """Return what differs from what the asker saw: `old` as seen, `now` as it is, `new` as wanted."""
    saw: dict[str, int] = row.payload["versions"]
    now = draft.versions()
    if now == saw:
        return []
    present = {(one.subject, one.attribute): one.old for one in draft.differences()}
    moved = [
        one | {"now": present.get((one["subject"], one["attribute"]), one["new"])}
        for one in row.payload["differences"]
        if saw.get(one["subject"]) != now.get(one["subject"])
    ]
    return moved or row.payload["differences"]


def _conflict(
    act: Act, row: ChangeRequest, viewer: Viewer, why: Fault, moved: list[dict[str, Any]]
) -> ChangeRequest:
    row.payload["conflict"] = {"code": why.code, "params": plain(why.params), "differences": moved}
    return _settle(act, row, viewer, "people.change_conflicted", state=State.CONFLICTED, step="")


def _settle(
    act: Act, row: ChangeRequest, viewer: Viewer, kind: str, *, state: str, step: str
) -> ChangeRequest:
    data = {"change": row.public_id, "what": row.kind}
    home = Household.objects.get(pk=row.household_id)
    with recording(kind, act, subject=home, division_code=row.division_code, **data) as record:
        _decide(act, row, viewer)
        record.change(row, state=state, step=step, decided_note=act.reason)
    return row


def _decide(act: Act, row: ChangeRequest, viewer: Viewer) -> None:
    row.decided_by, row.decided_label, row.decided_at = viewer.user.public_id, viewer.label, act.at
    row.save(update_fields=["decided_by", "decided_label", "decided_at", "payload", "event"])
