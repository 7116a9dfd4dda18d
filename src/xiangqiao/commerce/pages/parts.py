"""What several pages of commerce share: blocks of a page, forms with their buttons, the act of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import act_of as act_of
from xiangqiao.accounts.access import key_of as key_of
from xiangqiao.commerce.queries.counter import AtCounter, household_of_id
from xiangqiao.kernel.errors import ActionError, AlreadyDone
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Figure, Line
from xiangqiao.kernel.ui.charts import Chart
from xiangqiao.kernel.ui.marks import Link, Tag, Tone
from xiangqiao.kernel.ui.numbers import yuan
from xiangqiao.kernel.ui.tables import DataTable

T = TypeVar("T")
_SALT = "commerce.at_counter"
_A_DAY = 24 * 3600
TONES: dict[str, Tone] = {
    "PLACED": "orange", "SHIPPED": "blue", "READY": "gold", "DELIVERED": "gold", "SETTLED": "green",
    "CANCELLED": "grey", "REFUSED": "red", "RETURNED": "red", "QUOTED": "orange", "PAID": "orange", "BOUGHT": "blue",
    "ARRIVED": "gold", "COLLECTED": "green", "REFUNDED": "grey", "TAKING_IN": "orange", "LISTED": "green",
    "CLOSED": "grey", "OPEN": "green", "APPLIED": "orange", "APPROVED": "gold", "DECLINED": "red", "PAID_OUT": "green",
    "REPAID": "green", "WITHDRAWN": "grey", "CHECKED": "orange", "DISCARDED": "grey", "NEW": "green", "SAME": "grey",
    "CHANGED": "blue", "DUPLICATE": "gold",
}  # fmt: skip


@dataclass(frozen=True)
class FormPart:
    """A form with its address and its one button; `key` makes pressing twice the same as once."""

    form: Form
    url: str
    word: str
    hidden: Mapping[str, str] = field(default_factory=dict)
    kind: str = "primary"
    icon: str = "check"
    confirm: str = ""
    files: bool = False
    key: UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class Block:
    """One card of a page."""

    title: str
    text: str = ""
    table: DataTable | None = None
    pairs: Sequence[tuple[str, Any]] = ()
    lines: Sequence[Line] = ()
    chart: Chart | None = None
    forms: Sequence[FormPart] = ()
    note: str = ""


def show(
    request: HttpRequest,
    heading: str,
    blocks: Iterable[Block | None],
    *,
    lede: str = "",
    figures: Sequence[Figure] = (),
    links: Sequence[Link] = (),
    crumbs: Sequence[Link] = (),
    tags: Sequence[Tag] = (),
    two: bool = False,
    template: str = "commerce/page.html",
    **more: Any,
) -> HttpResponse:
    """Draw a desk page of blocks. A form with errors makes it 422."""
    shown = [block for block in blocks if block is not None]
    wrong = any(part.form.errors for block in shown for part in block.forms if part.form.is_bound)
    context = {
        "heading": heading, "lede": lede, "blocks": shown, "figures": list(figures), "links": list(links),
        "crumbs": list(crumbs), "heading_tags": list(tags), "two": two, **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if wrong else 200)


def attempt(request: HttpRequest, form: Form, do: Callable[[], T]) -> T | None:
    """Do what a valid form asks; a refusal is written at its field. A repetition says so and changes nothing."""
    if not form.is_valid():
        return None
    try:
        return do()
    except AlreadyDone as done:
        messages.info(request, done.message)
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return None


def try_step(request: HttpRequest, do: Callable[[], Any], done: str) -> bool:
    """Do a step of one button; say what became of it. Return whether it was done."""
    try:
        do()
    except AlreadyDone as again:
        messages.info(request, again.message)
    except ActionError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
        return True
    return False


def or_404(find: Callable[[], T]) -> T:
    """Return what is found, or answer 404."""
    try:
        return find()
    except ObjectDoesNotExist:
        raise Http404(_("没有这一条，或者不在您能看的范围内。")) from None


def state_tag(row: Any, name: str = "state") -> Tag:
    """Return the state of a row as a tag."""
    return Tag(getattr(row, f"get_{name}_display")(), TONES.get(getattr(row, name), "grey"))


def day(value: date | None) -> str | None:
    """Return a day as one reads it."""
    return formats.date_format(value, "Y-m-d") if value else None


def yuan_of(fen: int | None) -> str | None:
    """Return an amount with its unit."""
    return None if fen is None else _("%(yuan)s 元") % {"yuan": yuan(fen)}


def kg(grams: int) -> str:
    """Return a weight in kilograms with its unit.

    >>> kg(12345)
    '12.345 kg'
    """
    return f"{grams / 1000:,.3f}".rstrip("0").rstrip(".") + " kg"


def token_of(home: AtCounter) -> str:
    """Return the pass under which a household that came to the counter is named in the next form."""
    return signing.dumps(str(home.public_id), salt=_SALT)


def home_of(request: HttpRequest) -> AtCounter | None:
    """Return the household that a form names by its pass, made at this counter within a day."""
    token = request.POST.get("home") or request.GET.get("home", "")
    try:
        found = household_of_id(UUID(signing.loads(token, salt=_SALT, max_age=_A_DAY)))
    except (signing.BadSignature, ValueError):
        return None
    return found and replace(found)
