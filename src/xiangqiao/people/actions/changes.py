"""Asking for a change on any day: what is of daily life applies at once, the rest waits for approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Recording, recording
from xiangqiao.people.drafting.build import build
from xiangqiao.people.drafting.doubles import Double, Doubles, doubles
from xiangqiao.people.drafting.draft import Draft
from xiangqiao.people.drafting.homes import opened_by
from xiangqiao.people.drafting.scene import Scene, scene_of
from xiangqiao.people.drafting.sealing import stored
from xiangqiao.people.models import ChangeRequest, Household
from xiangqiao.people.rules.checks import check
from xiangqiao.people.rules.kinds import Kind, approvals, event_kind
from xiangqiao.people.rules.payloads import Merge, Move, Payload, Register, dump
from xiangqiao.people.rules.situation import Fault, Home
from xiangqiao.people.words import sentence

State = ChangeRequest.State


class ChangeRefused(ActionError):
    """A rule refuses a change; `faults` are at their fields."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        super().__init__(f"change.{first.code}", sentence(first), field=first.field or None)
        self.faults = tuple(faults)


class MayBeDouble(ActionError):
    """Somebody like this is in the register; the change needs a reason why it is right all the same."""

    def __init__(self, found: Sequence[Double]) -> None:
        super().__init__(
            "change.double",
            _("本县已有可能是同一个人的登记。核实后请写明理由再提交。"),
            field="confirmed",
        )
        self.found = tuple(found)


def submit_change(
    *,
    act: Act,
    kind: Kind,
    payload: Payload,
    household: UUID | None = None,
    seen: Mapping[str, int] | None = None,
    confirmed: str = "",
) -> ChangeRequest:
    """Ask for a change. Return the request: APPLIED where the kind needs no approval, else SUBMITTED.

    `household` is None only for a registration. `seen` are the versions that the person saw, by public id of the row;
    `confirmed` is why a possible double is right. Raises ChangeRefused, MayBeDouble, Conflict (with what differs in
    `params["differences"]`), NotAllowed. Idempotent by the key of the act.
    """
    viewer = permit(act, Can.REQUEST_CHANGE)
    if not isinstance(viewer, Viewer):
        raise NotAllowed("change.person", _("变更要由登录的人提出。"))
    with transaction.atomic():
        if act.key and (
            done := ChangeRequest.objects.filter(public_id=act.key, asked_by=viewer.user.public_id).first()
        ):
            return done
        scene = open_scene(act, viewer, payload, household)
        _demand_none_waits(kind, payload, scene.home)
        found = examined(kind, payload, scene)
        if found.warnings and not confirmed.strip():
            raise MayBeDouble(found.warnings)
        draft = build(kind, payload, scene, found.known)
        differences = [one.as_json() for one in draft.differences()]
        if not differences:
            raise ActionError("change.nothing", _("没有改动：填的和现在的一样。"))
        _compare(draft, seen, differences)
        request = _request(viewer, act, kind, scene.home)
        request.payload = stored(payload, request.public_id) | {
            "differences": differences,
            "versions": draft.versions(),
            "confirmed": confirmed.strip(),
            "reason": act.reason,
        }
        return _submit(request, act, draft, scene, kind)


def _demand_none_waits(kind: Kind, payload: Payload, home: Household) -> None:
    """Refuse a change of the same kind, and of the same person, as one that waits: only one of the two could apply."""
    said = dump(payload).get("person")
    # By the public id: a household that is being registered is not stored yet.
    rows = ChangeRequest.objects.filter(household__public_id=home.public_id, kind=kind, state=State.SUBMITTED)
    for row in rows:
        if row.payload["data"].get("person") == said:
            raise ActionError(
                "change.waits",
                _(
                    "%(day)s %(who)s 已经提过同样的变更，正在等审批。请等它办完再提；内容不对的，请审批人退回。"
                )
                % {"day": date_format(localtime(row.asked_at), "SHORT_DATE_FORMAT"), "who": row.asked_label},
                waits=str(row.public_id),
            )


def _submit(request: ChangeRequest, act: Act, draft: Draft, scene: Scene, kind: Kind) -> ChangeRequest:
    steps = approvals(kind)
    if steps:
        request.step = steps[0]
        data = {"change": request.public_id, "what": kind}
        with recording(
            "people.change_requested", act, subject=scene.home, division_code=request.division_code, **data
        ) as record:
            record.create(request)
        return request
    with applying(kind, act, scene.home, request) as record:
        write(draft, record, request)
        request.state, request.decided_at = State.APPLIED, act.at
        record.create(request)
    return request


def applying(kind: Kind, act: Act, home: Household, request: ChangeRequest) -> Any:
    """Open the event under which a change is applied."""
    return recording(
        event_kind(kind),
        act,
        subject=home,
        division_code=request.division_code,
        change=request.public_id,
        what=kind,
    )


def write(draft: Draft, record: Recording, request: ChangeRequest) -> None:
    """Write a draft, tell the floors above, and keep with the request what an undo will need."""
    request.payload["replaced"] = draft.replaced()
    try:
        with transaction.atomic():
            draft.write(record)
    except IntegrityError as error:
        raise Conflict(
            "change.clash", _("刚刚有人登记了同一个人、同一个证件号码或同一个户编号。请看看现在的内容再办。")
        ) from error
    request.event = record.event.public_id
    for event in draft.events:
        publish(event)


def open_scene(act: Act, viewer: Viewer, payload: Payload, household: UUID | None) -> Scene:
    """Hold the household of a change, or make the one that is registered. Raises NotAllowed out of range."""
    today = day_of(act.at)
    if isinstance(payload, Register):
        viewer.demand(Can.REQUEST_CHANGE, payload.division_code)
        return Scene(act, today, opened_by(payload))
    rows = Household.objects.visible_to(viewer, Can.REQUEST_CHANGE)
    home = (
        Household.objects.select_for_update()
        .filter(pk__in=rows.filter(public_id__in=[household]).values("pk"))
        .first()
    )
    if home is None:
        raise NotAllowed("change.household", _("没有这一户，或者不在您能办变更的范围内。"))
    return scene_of(act, today, home, payload.into if isinstance(payload, Merge) else "")


def examined(kind: Kind, payload: Payload, scene: Scene) -> Doubles:
    """Hold a change against the rules and the register. Raises ChangeRefused."""
    village = payload.division_code if isinstance(payload, Move | Register) else ""
    home = scene.as_seen()
    if isinstance(payload, Register):
        home = Home("", village, closed=False, members=())
    faults = check(kind, payload, home, scene.around(village))
    if any(fault.field == "id_number" for fault in faults):
        raise ChangeRefused(faults)
    found = doubles(payload)
    if faults or found.faults:
        raise ChangeRefused([*faults, *found.faults])
    return found


def _compare(draft: Draft, seen: Mapping[str, int] | None, differences: list[dict[str, Any]]) -> None:
    """Refuse where a row that would change is no longer as the person saw it."""
    if seen is None:
        return
    moved = [
        subject for subject, version in draft.versions().items() if seen.get(subject, version) != version
    ]
    if moved:
        raise Conflict(
            "change.conflict",
            _("您打开这一页之后，别人改过这里。下面是现在的内容和您填的内容，请选择再提交。"),
            differences=[one for one in differences if one["subject"] in moved],
        )


def _request(viewer: Viewer, act: Act, kind: Kind, home: Household) -> ChangeRequest:
    return ChangeRequest(
        public_id=act.key or new_id(),
        household=home,
        division_code=home.division_code,
        kind=kind,
        asked_by=viewer.user.public_id,
        asked_label=viewer.label,
        asked_at=act.at,
    )
