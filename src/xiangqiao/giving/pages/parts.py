"""What the pages of giving share: who acts, panels with a form, words for states, lines of needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import key_of
from xiangqiao.giving.visitors import person_of
from xiangqiao.giving.words import amount_in_words
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict, NotAllowed
from xiangqiao.kernel.publication import LeakFound
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.kernel.ui.shell import Tab

if TYPE_CHECKING:
    from xiangqiao.giving.models import Need

TONES: dict[str, Tone] = {
    "RAISED": "orange", "VERIFIED": "gold", "OPEN": "green", "FROZEN": "orange", "CLOSED": "blue", "REJECTED": "grey",
    "WITHDRAWN": "grey", "OFFERED": "orange", "MATCHED": "gold", "DELIVERED": "blue", "CONFIRMED": "green",
    "CANCELLED": "grey", "DECLINED": "grey",
}  # fmt: skip
UNITS_OF_KIND = {"GOODS": "PIECE", "JOB": "PIECE", "HOURS": "MINUTE", "DIRECT": "FEN", "MONEY": "FEN"}


@dataclass(frozen=True)
class Panel:
    """A card with a form or a button; `step` says what is done."""

    step: str
    title: str
    button: str
    form: Form | None = None
    text: str = ""
    kind: str = "primary"


def act_of(request: HttpRequest, reason: str = "") -> Act:
    """Return the act of this request; the form's key makes pressing twice the same as once."""
    return Act(by=person_of(request, clock.today()), at=clock.now(), key=key_of(request), reason=reason)


def tried(form: Form, do: Callable[[], object]) -> bool:
    """Do an action for a form that was sent; a refusal stands at its field. Return whether it was done."""
    if not form.is_valid():
        return False
    try:
        do()
    except LeakFound as refusal:
        for one in refusal.findings:
            form.add_error(None, f"{one.where} · {one.what} {one.mend}")
        return False
    except AlreadyDone:
        return True
    except (NotAllowed, Conflict):
        raise
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def state_tag(row: Any) -> Tag:
    """Return the state of a row as a tag."""
    return Tag(str(row.get_state_display()), TONES.get(row.state, "grey"))


def day(value: date | datetime | None) -> str | None:
    """Return a day as the reader writes it."""
    if value is None:
        return None
    return formats.date_format(clock.day_of(value) if isinstance(value, datetime) else value, "DATE_FORMAT")


def money(fen: int) -> str:
    """Return fen in yuan with the word."""
    return _("%(yuan)s 元") % {"yuan": yuan(fen)}


def need_amount(need: Need, amount: int) -> str:
    """Return an amount of a need in its unit."""
    return amount_in_words(UNITS_OF_KIND[need.kind], amount)


def need_choice(need: Need) -> tuple[str, str]:
    """Return a need as a choice: what, and how much is open."""
    open_amount = need_amount(need, need.open)
    return str(need.public_id), _("%(what)s，还差 %(open)s") % {"what": need.what, "open": open_amount}


def desk_tabs(active: str) -> list[Tab]:
    """Return the views of giving at the desk."""
    views = (
        ("appeals", _("求助")), ("gifts", _("捐助")), ("initiatives", _("联合行动")), ("books", _("账目核对")),
    )  # fmt: skip
    return [Tab(title, reverse(f"giving:{name}"), active=name == active) for name, title in views]


def public_tabs(active: str) -> list[Tab]:
    """Return the public views of giving."""
    views = (
        ("board", _("需求榜")), ("offer", _("我有东西要捐")), ("follow", _("查我的捐助")), ("public_books", _("公开账")),
    )  # fmt: skip
    return [Tab(title, reverse(f"giving:{name}"), active=name == active) for name, title in views]
