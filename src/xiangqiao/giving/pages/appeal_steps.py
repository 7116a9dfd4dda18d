"""What may be done on an appeal next, by whom: each step with its form and its action."""

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
from xiangqiao.giving import actions
from xiangqiao.giving.forms.appeals import CloseForm, MirrorForm, PublishForm, VerifyForm
from xiangqiao.giving.forms.fields import ReasonForm
from xiangqiao.giving.pages.parts import Panel, act_of
from xiangqiao.giving.rules.lanes import Charity

if TYPE_CHECKING:
    from xiangqiao.giving.models import Appeal

_WHY = gettext_lazy("原因")


@dataclass(frozen=True)
class Step:
    """One thing that can be done: in which states, with which right, and how."""

    title: Promise
    button: Promise
    states: tuple[str, ...]
    can: Can
    form: Callable[..., Form]
    run: Callable[[DeskRequest, Appeal, dict[str, Any]], object]
    kind: str = "primary"

    def form_for(self, request: DeskRequest, row: Appeal, data: Any = None) -> Form:
        """Return the form, empty or as it was sent."""
        day = request.viewer.today
        first = {"visited_on": day, "consent_on": day, "as_of": day, "title": row.title, "withdraw_on": day}
        return self.form(data, initial=first) if data is None else self.form(data)

    def do(self, request: DeskRequest, row: Appeal, form: Form) -> None:
        """Do it with what the form says."""
        self.run(request, row, form.cleaned_data)

    def done(self) -> str:
        """Say that it is done."""
        return _("已办：%(what)s") % {"what": self.title}


def _reason(*args: Any, **kwargs: Any) -> Form:
    return ReasonForm(*args, label=_WHY, **kwargs)


def _verify(request: DeskRequest, row: Appeal, data: dict[str, Any]) -> object:
    return actions.verify_appeal(
        act=act_of(request), viewer=request.viewer, appeal=row, visited_on=data["visited_on"], notes=data["notes"],
        confirms=data["confirms"] == "yes",
    )  # fmt: skip


def _publish(request: DeskRequest, row: Appeal, data: dict[str, Any]) -> object:
    charity = None
    if data["charity_name"]:
        charity = Charity(
            data["charity_name"],
            data["charity_certificate"],
            data["charity_filing"],
            data["charity_valid_to"],
        )
    return actions.propose_publication(
        act=act_of(request), viewer=request.viewer, appeal=row, title=data["title"], text=data["text"],
        withdraw_on=data["withdraw_on"], consent_by=data["consent_by"], consent_on=data["consent_on"], charity=charity,
    )  # fmt: skip


def _close(request: DeskRequest, row: Appeal, data: dict[str, Any]) -> object:
    return actions.close_appeal(
        act=act_of(request),
        viewer=request.viewer,
        appeal=row,
        report=data["report"],
        withdraw_on=data["withdraw_on"],
    )


def _mirror(request: DeskRequest, row: Appeal, data: dict[str, Any]) -> object:
    return actions.note_total(
        act=act_of(request), viewer=request.viewer, appeal=row, platform=data["platform"],
        amount_fen=round(data["amount"] * 100), as_of=data["as_of"], source=data["source"], link=data["link"],
    )  # fmt: skip


def _by_reason(action: Callable[..., None]) -> Callable[[DeskRequest, Appeal, dict[str, Any]], object]:
    return lambda request, row, data: action(
        act=act_of(request, data["reason"]), viewer=request.viewer, appeal=row
    )


STEPS: dict[str, Step] = {
    "verify": Step(
        gettext_lazy("我去核实过"), gettext_lazy("记下核实"), ("RAISED",), Can.VERIFY_APPEAL, VerifyForm, _verify
    ),
    "publish": Step(
        gettext_lazy("送去公开"), gettext_lazy("送第二个人复核"), ("VERIFIED",), Can.MANAGE_GIVING, PublishForm, _publish
    ),
    "mirror": Step(
        gettext_lazy("记外部募得数"), gettext_lazy("记下"), ("OPEN", "CLOSED"), Can.MANAGE_GIVING, MirrorForm,
        _mirror, "",
    ),
    "close": Step(
        gettext_lazy("结案"), gettext_lazy("结案，报告送复核"), ("OPEN",), Can.MANAGE_GIVING, CloseForm, _close, ""
    ),
    "freeze": Step(
        gettext_lazy("有异议，先暂停"), gettext_lazy("暂停"), ("OPEN",), Can.MANAGE_GIVING, _reason,
        _by_reason(actions.freeze_appeal), "danger",
    ),
    "resume": Step(
        gettext_lazy("恢复公开"), gettext_lazy("恢复"), ("FROZEN",), Can.MANAGE_GIVING, _reason,
        _by_reason(actions.resume_appeal),
    ),
    "reject": Step(
        gettext_lazy("不予采纳"), gettext_lazy("不予采纳"), ("RAISED", "VERIFIED", "FROZEN"), Can.MANAGE_GIVING,
        _reason, _by_reason(actions.reject_appeal), "danger",
    ),
}  # fmt: skip


def panels(request: DeskRequest, row: Appeal, sent: tuple[str, Form] | None) -> list[Panel]:
    """Return what this person may do on an appeal now; a refused form stands as it was sent."""
    found = []
    for name, step in STEPS.items():
        mirror_elsewhere = name == "mirror" and row.lane not in ("A", "B")
        if (
            row.state not in step.states
            or mirror_elsewhere
            or not request.viewer.can(step.can, row.division_code)
        ):
            continue
        form = sent[1] if sent and sent[0] == name else step.form_for(request, row)
        found.append(Panel(name, str(step.title), str(step.button), form, kind=step.kind))
    return found
