"""What may be done on a gift next, by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.rules import Can
from xiangqiao.giving import actions, queries
from xiangqiao.giving.forms.fields import ReasonForm
from xiangqiao.giving.forms.gifts import ConfirmForm, DeliverForm, MatchForm
from xiangqiao.giving.pages.parts import UNITS_OF_KIND, Panel, act_of, need_choice
from xiangqiao.journal.queries.doors import linked_households

if TYPE_CHECKING:
    from xiangqiao.giving.models import Gift


@dataclass(frozen=True)
class Step:
    """One thing that can be done: in which states, by whom, and how."""

    title: Promise
    button: Promise
    states: tuple[str, ...]
    may: Callable[[DeskRequest, Gift], bool]
    form: Callable[..., Form]
    run: Callable[[DeskRequest, Gift, dict[str, Any]], None]
    kind: str = "primary"


def _office(request: DeskRequest, row: Gift) -> bool:
    return request.viewer.can(Can.MANAGE_GIVING, row.division_code)


def _own(request: DeskRequest, row: Gift) -> bool:
    return row.donor is not None and row.donor == request.viewer.user.public_id


def _village(request: DeskRequest, row: Gift) -> bool:
    return any(request.viewer.can(can, row.division_code) for can in (Can.KEEP_STATION, Can.VERIFY_APPEAL))


def _household(request: DeskRequest, row: Gift) -> bool:
    """Return whether the person may bring the household's word; who gives never may."""
    home = row.appeal.household if row.appeal else None
    return not _own(request, row) and (_village(request, row) or home in linked_households(request.viewer))


def _match_form(row: Gift, data: Any = None) -> Form:
    fitting = [
        need
        for need in queries.open_needs()
        if UNITS_OF_KIND[need.kind] == row.unit and need.open >= row.amount
    ]
    # The need that the giver chose stands first.
    fitting.sort(key=lambda need: need.pk != row.need_id)
    choices = [
        (key, f"{need.appeal.case_no} {text}") for need in fitting for key, text in [need_choice(need)]
    ]
    return MatchForm(
        data, needs=choices, initial={"need": choices[0][0]} if row.need_id and choices else None
    )


def _match(request: DeskRequest, row: Gift, data: dict[str, Any]) -> None:
    need = queries.open_needs().get(public_id=data["need"])
    actions.match_gift(act=act_of(request), viewer=request.viewer, gift=row, need=need)


def _deliver(request: DeskRequest, row: Gift, data: dict[str, Any]) -> None:
    actions.deliver_gift(act=act_of(request), viewer=request.viewer, gift=row, voucher=data["voucher"])


def _confirm(request: DeskRequest, row: Gift, data: dict[str, Any]) -> None:
    actions.confirm_gift(act=act_of(request), viewer=request.viewer, gift=row, witness=data["witness"])


class DeclineForm(ConfirmForm, ReasonForm):
    """Why the household does not take it, and the witness."""

    field_order = ("reason", "witness")


def _decline(request: DeskRequest, row: Gift, data: dict[str, Any]) -> None:
    act = act_of(request, data["reason"])
    actions.decline_gift(act=act, viewer=request.viewer, gift=row, witness=data["witness"])


def _cancel(request: DeskRequest, row: Gift, data: dict[str, Any]) -> None:
    actions.cancel_gift(act=act_of(request, data["reason"]), viewer=request.viewer, gift=row)


STEPS: dict[str, Step] = {
    "match": Step(
        gettext_lazy("对接给一家"), gettext_lazy("对接"), ("OFFERED",), _office, _match_form, _match
    ),
    "deliver": Step(
        gettext_lazy("已经送到"), gettext_lazy("登记送达"), ("MATCHED",),
        lambda request, row: _office(request, row) or _village(request, row),
        lambda _row, data=None: DeliverForm(data), _deliver,
    ),
    "confirm": Step(
        gettext_lazy("农户确认收到"), gettext_lazy("确认收到"), ("DELIVERED",), _household,
        lambda _row, data=None: ConfirmForm(data), _confirm,
    ),
    "decline": Step(
        gettext_lazy("农户没收到或不要"), gettext_lazy("谢绝"), ("MATCHED", "DELIVERED"), _household,
        lambda _row, data=None: DeclineForm(data, label=_("原因")), _decline, "danger",
    ),
    "cancel": Step(
        gettext_lazy("取消这份捐助"), gettext_lazy("取消"), ("OFFERED", "MATCHED"),
        lambda request, row: _own(request, row) or _office(request, row),
        lambda _row, data=None: ReasonForm(data, label=_("原因")), _cancel, "danger",
    ),
}  # fmt: skip


def panels(request: DeskRequest, row: Gift, sent: tuple[str, Form] | None) -> list[Panel]:
    """Return what this person may do on a gift now; a refused form stands as it was sent."""
    return [
        Panel(
            name, str(step.title), str(step.button), sent[1] if sent and sent[0] == name else step.form(row), kind=step.kind
        )
        for name, step in STEPS.items()
        if row.state in step.states and step.may(request, row)
    ]  # fmt: skip
