"""Logging a visit and amending it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.journal.actions.promises import close
from xiangqiao.journal.models import Promise, Visit, VisitRevision
from xiangqiao.journal.photos import keep_photo
from xiangqiao.journal.queries.reach import household_for
from xiangqiao.journal.rules.deeds import TEXT_MOST, in_order, says_something
from xiangqiao.journal.rules.promises import MOST_DAYS
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, AlreadyDone, NotAllowed
from xiangqiao.kernel.record import Recording, recording
from xiangqiao.people.actions.changes import submit_change
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import Payload

# A visit may be written down afterwards, but not for a year ago.
_LATE = timedelta(days=366)


@dataclass(frozen=True)
class Promised:
    """What is promised, by what day."""

    what: str
    due_on: date


@dataclass(frozen=True)
class FactChange:
    """A fact of the register that the visit found changed; it goes the way of its kind."""

    kind: Kind
    payload: Payload


def log_visit(
    *,
    act: Act,
    household: UUID,
    done: Sequence[str],
    text: str = "",
    mode: str = Visit.Mode.VISIT,
    at: datetime | None = None,
    kept: Sequence[UUID] = (),
    promises: Sequence[Promised] = (),
    changes: Sequence[FactChange] = (),
    photo: bytes | None = None,
) -> Visit:
    """Write down a visit with everything that came of it, in one transaction.

    `done` are codes of `rules.deeds`, `kept` the promises that it kept, `at` when it was (the act's moment, where none is
    given); `act.at` is when it was received. Facts that changed go through the register: at once or as a change request,
    as their kind demands. Idempotent by the act's key. Raises ActionError at the field that is wrong, NotAllowed.
    """
    viewer = _person(act)
    if act.key and (known := Visit.objects.filter(public_id=act.key, user=viewer.user.public_id).first()):
        return known
    home = household_for(viewer, household, Can.LOG_VISIT)
    if home.closed_on is not None:
        raise ActionError("visit.closed", _("这一户已经销户，不能再记帮扶。"))
    held = at or act.at
    codes = in_order([*done, "PROMISE"] if kept else done)
    _check(codes, text, held, act.at, promises)
    visit = Visit(
        household=home.public_id, division_code=home.division_code, user=viewer.user.public_id, who=viewer.user.name,
        at=held, received_at=act.at, mode=mode,
    )  # fmt: skip
    if act.key:
        visit.public_id = act.key
    picture = keep_photo(photo) if photo else ""
    try:
        with recording(
            "journal.visit_logged", act, subject=visit, division_code=home.division_code
        ) as record:
            record.create(visit)
            asked = [_ask(act, home.public_id, one) for one in changes]
            record.create(
                VisitRevision(visit=visit, number=1, done=codes, text=text.strip(), photo=picture, changes=asked, made_at=act.at)
            )  # fmt: skip
            for promise in _open(home.public_id, kept):
                close(record, promise, Promise.State.KEPT, on=day_of(held), visit=visit)
            _promise(record, visit, promises)
    except AlreadyDone:
        return Visit.objects.get(public_id=visit.public_id)
    return visit


def amend_visit(
    *,
    act: Act,
    visit: UUID,
    revision: int,
    done: Sequence[str],
    text: str,
    reason: str,
    photo: bytes | None = None,
) -> Visit:
    """Correct what one's own visit says, as a new revision; the old one stays to be read.

    `revision` is the one that the person saw. Raises Conflict where another was made meanwhile, NotAllowed to others than
    the one who wrote it, ActionError without a reason.
    """
    viewer = _person(act)
    row = Visit.objects.visible_to(viewer, Can.LOG_VISIT).filter(public_id=visit).first()
    if row is None or row.user != viewer.user.public_id:
        raise NotAllowed("visit.other", _("日志由写的人自己更正。有不同意见，请用“不属实”提出。"))
    codes = in_order(done)
    _check(codes, text, row.at, act.at, ())
    if not reason.strip():
        raise ActionError("visit.reason", _("请写明为什么更正，例如“日期记错了”。"), field="reason")
    last = row.revisions.get(number=row.revision)
    picture = keep_photo(photo) if photo else last.photo
    with recording("journal.visit_amended", act, subject=row, division_code=row.division_code) as record:
        record.change(row, version=revision, revision=row.revision + 1)
        record.create(
            VisitRevision(
                visit=row, number=row.revision, done=codes, text=text.strip(), photo=picture, changes=last.changes,
                made_at=act.at, reason=reason.strip()[:200],
            )
        )  # fmt: skip
    return row


def _person(act: Act) -> Viewer:
    viewer = permit(act, Can.LOG_VISIT)
    if not isinstance(viewer, Viewer):
        raise NotAllowed("visit.person", _("帮扶日志要由登录的人来记。"))
    return viewer


def _check(
    codes: Sequence[str], text: str, at: datetime, received: datetime, promises: Sequence[Promised]
) -> None:
    if not says_something(codes, text):
        raise ActionError(
            "visit.empty", _("点一下做了什么，或写一句话，再保存。选“其他事”的要写一句。"), field="done"
        )
    if len(text.strip()) > TEXT_MOST:
        raise ActionError("visit.long", _("写得太长了，最多 1000 个字。"), field="text")
    if at > received + timedelta(minutes=10) or at < received - _LATE:
        raise ActionError("visit.day", _("日期不对：不能是将来，也不能早于一年前。"), field="on")
    today = day_of(received)
    for one in promises:
        if not one.what.strip() or len(one.what.strip()) > 200:
            raise ActionError("promise.what", _("承诺要写明做什么，最多 200 个字。"), field="promise")
        # One that is written down late may be due already.
        if not day_of(at) <= one.due_on <= today + timedelta(days=MOST_DAYS):
            raise ActionError("promise.day", _("承诺的日期要在这次上门之后、一年以内。"), field="due_on")


def _ask(act: Act, household: UUID, one: FactChange) -> str:
    request = submit_change(
        act=replace(act, key=None), kind=one.kind, payload=one.payload, household=household
    )
    return str(request.public_id)


def _open(household: UUID, kept: Sequence[UUID]) -> list[Promise]:
    rows = list(Promise.objects.filter(household=household, public_id__in=kept).order_by("id"))
    if len(rows) != len(set(kept)):
        raise ActionError("promise.unknown", _("这条承诺不是这一户的，请刷新页面再点。"), field="kept")
    return rows


def _promise(record: Recording, visit: Visit, promises: Sequence[Promised]) -> None:
    for one in promises:
        record.create(
            Promise(
                household=visit.household, division_code=visit.division_code, made_on_visit=visit, user=visit.user,
                who=visit.who, what=one.what.strip(), due_on=one.due_on,
            )
        )  # fmt: skip
