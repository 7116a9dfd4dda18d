"""Undoing one applied change, where nothing later stands on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.models import Change, Recorded
from xiangqiao.kernel.record import Recording, recording
from xiangqiao.people.actions.changes import State
from xiangqiao.people.drafting.draft import derive
from xiangqiao.people.events import ChangeUndone, HouseholdsToWithdraw, HouseholdsWithdrawn
from xiangqiao.people.models import ChangeRequest, Household, Membership, Person
from xiangqiao.people.rules.kinds import DECIDES, Kind, approvals

_NUMBERS = ("id_number", "phone", "bank_card", "disability_no")
_UNDONE = "people.change_undone"
_REQUEST = ChangeRequest.subject_kind()


class CannotUndo(ActionError):
    """Something later stands on the change; `params["in_the_way"]` names it."""


def needed_to_undo(kind: Kind) -> Can:
    """Return the act that undoing needs: that of the last approval, or of asking where none was needed."""
    steps = approvals(kind)
    return DECIDES[steps[-1]] if steps else Can.REQUEST_CHANGE


def undo_change(*, act: Act, request: UUID) -> ChangeRequest:
    """Take one applied change back, as an event of its own. `act.reason` says why.

    Raises CannotUndo where something later touched the same attributes or stands on rows that the change made,
    NotAllowed, ActionError without a reason.
    """
    if not act.reason.strip():
        raise ActionError("undo.reason", _("请写明为什么撤销。"), field="reason")
    with transaction.atomic():
        row = ChangeRequest.objects.select_for_update().filter(public_id=request).first()
        if row is None:
            raise NotAllowed("change.request", _("没有这项变更，或者不在您的辖区。"))
        _permitted(act, row)
        if row.state != State.APPLIED or row.event is None:
            raise ActionError("undo.state", _("只有已生效的变更才能撤销。"))
        made = list(
            Change.objects.filter(event__public_id=row.event).exclude(subject_kind=_REQUEST).order_by("id")
        )
        if later := _later(made):
            raise CannotUndo("undo.later", _later_sentence(later), in_the_way=str(later.event.public_id))
        _undo(act, row, made)
    return row


def _permitted(act: Act, row: ChangeRequest) -> None:
    can = needed_to_undo(Kind(row.kind))
    viewer = permit(act, can)
    if not Household.objects.visible_to(viewer, can).filter(pk=row.household_id).exists():
        raise NotAllowed("change.household", _("没有这一户，或者不在您能办变更的范围内。"))


def _later(made: list[Change]) -> Change | None:
    """Return the first later change of the same attributes, or of any attribute of a row that the change made."""
    if not made:
        return None
    rows: dict[UUID, set[str]] = {}
    fresh = _made_rows(made)
    for one in made:
        rows.setdefault(one.subject, set()).add(one.attribute)
    later = (
        Change.objects.filter(subject__in=list(rows), id__gt=made[-1].pk)
        .select_related("event")
        .order_by("id")
    )
    standing = _without_undone(list(later))
    return next((one for one in standing if one.subject in fresh or one.attribute in rows[one.subject]), None)


def _without_undone(later: list[Change]) -> list[Change]:
    """Leave out what was undone since, with its undoing: together they changed nothing."""
    undoings = [one.event for one in later if one.event.kind == _UNDONE]
    there = {str(one.event.public_id) for one in later}
    gone = {event.data["undone"] for event in undoings} & there
    return [
        one
        for one in later
        if str(one.event.public_id) not in gone
        and not (one.event.kind == _UNDONE and one.event.data["undone"] in gone)
    ]


def _made_rows(made: list[Change]) -> set[UUID]:
    """Return the rows that a change made: their first entry in the log is one of its own, and they came with no import."""
    found = set()
    for kind, subject in {(one.subject_kind, one.subject) for one in made}:
        first = Change.objects.filter(subject=subject).order_by("id").values_list("id", flat=True).first()
        row = _model(kind)._default_manager.filter(public_id=subject, batch__isnull=True).exists()
        if row and first in {one.pk for one in made}:
            found.add(subject)
    return found


def _model(kind: str) -> type[Recorded]:
    model: type[Recorded] = apps.get_model(kind)
    return model


def _later_sentence(later: Change) -> str:
    event = later.event
    return _("不能撤销：%(day)s %(who)s 又改过同一处。请先撤销那一项，或者再办一次变更。") % {
        "day": date_format(localtime(event.at), "SHORT_DATETIME_FORMAT"),
        "who": event.actor_label,
    }


def _undo(act: Act, row: ChangeRequest, made: list[Change]) -> None:
    home = Household.objects.select_for_update().get(pk=row.household_id)
    data = {"change": row.public_id, "what": row.kind, "undone": row.event}
    fresh = _made_rows(made)
    event = recording(_UNDONE, act, subject=home, division_code=row.division_code, **data)
    try:
        with event as record:
            # The request hangs on the household: of a registration it stays, and so does an empty, closed household.
            touched = _put_back(act, record, row, made, fresh)
            record.change(row, state=State.UNDONE, decided_note=act.reason)
            _still_sound(touched)
    except (IntegrityError, ProtectedError) as error:
        raise CannotUndo(
            "undo.stands", _("不能撤销：后来的登记要用到它。请先处理后来的那一项，或者再办一次变更。")
        ) from error
    publish(ChangeUndone(act, home.public_id, row.kind))


def _put_back(
    act: Act, record: Recording, row: ChangeRequest, made: list[Change], fresh: set[UUID]
) -> list[Household]:
    """Set attributes back and remove rows. What was made last goes first; a head steps down before another rises."""
    homes: dict[int, Household] = {}
    before: dict[tuple[str, UUID], dict[str, Any]] = {}
    for one in made:
        before.setdefault((one.subject_kind, one.subject), {})[one.attribute] = one.old
    ordered = sorted(before.items(), key=lambda item: _rank(item[0][1] in fresh, item[1]))
    removed = [key for key, _old in reversed(list(before.items())) if key[1] in fresh]
    for kind, subject in removed:
        found = _model(kind)._default_manager.get(public_id=subject)
        _note_home(homes, found)
        if isinstance(found, Household) and found.pk == row.household_id:
            record.change(found, closed_on=found.opened_on, close_reason="MISTAKE")
            continue
        if isinstance(found, Household):
            _withdraw(found)
            publish(HouseholdsWithdrawn(act, frozenset({found.public_id})))
            homes.pop(found.pk, None)
        record.remove(found)
    for (kind, subject), old in ordered:
        if subject not in fresh:
            found = _model(kind)._default_manager.get(public_id=subject)
            _note_home(homes, found)
            record.change(found, **_values(found, old), **_numbers(found, old, row))
    touched = list(homes.values())
    derive([Household.objects.get(pk=one.pk) for one in touched], _people(before))
    return touched


def _withdraw(home: Household) -> None:
    """Refuse to remove a household that a programme needs."""
    asked = HouseholdsToWithdraw(frozenset({home.public_id}))
    publish(asked)
    if asked.needed:
        raise CannotUndo(
            "undo.needed",
            _("不能撤销：%(no)s 户已有帮扶或政策记录。请先处理那些记录。") % {"no": home.household_no},
        )


def _rank(is_fresh: bool, old: dict[str, Any]) -> int:  # noqa: FBT001 - a sort key
    """Order: who must stop being the head first, who becomes the head again last."""
    return 0 if is_fresh else 3 if old.get("is_head") is True else 1 if old.get("is_head") is False else 2


def _people(before: dict[tuple[str, UUID], Any]) -> list[Person]:
    ids = [subject for kind, subject in before if kind == Person.subject_kind()]
    return list(Person.objects.filter(public_id__in=ids))


def _note_home(homes: dict[int, Household], found: Recorded) -> None:
    if isinstance(found, Membership):
        homes[found.household_id] = found.household
    elif isinstance(found, Household):
        homes[found.pk] = found


def _values(found: Recorded, old: dict[str, Any]) -> dict[str, Any]:
    """Return logged values as attributes: the log writes dates as text, and what was empty as nothing."""
    values = {}
    for name, value in old.items():
        column = found._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        empty = "" if value is None and not getattr(column, "null", False) else value
        values[name] = getattr(column, "to_python", lambda same: same)(empty)
    return values


def _numbers(found: Recorded, old: dict[str, Any], row: ChangeRequest) -> dict[str, Any]:
    """Return the sealed numbers that belong to hashes put back."""
    replaced: dict[str, str] = row.payload.get("replaced", {})
    columns = [f"{name}_sealed" for name in _NUMBERS if f"{name}_hash" in old]
    kept = {column: replaced.get(f"{found.public_id}|{column}") for column in columns}
    return {column: bytes.fromhex(sealed) if sealed else None for column, sealed in kept.items()}


def _still_sound(homes: list[Household]) -> None:
    """Refuse an undo after which a household with members would have no head."""
    for home in homes:
        present = Membership.objects.filter(household=home, valid_to__isnull=True)
        if present.exists() and not present.filter(is_head=True).exists():
            raise CannotUndo(
                "undo.head",
                _("不能撤销：这样一来 %(no)s 户就没有户主了。请先更换户主。") % {"no": home.household_no},
            )
