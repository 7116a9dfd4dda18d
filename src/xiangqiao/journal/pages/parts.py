"""What the pages of the journal share."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import act_of as act_of
from xiangqiao.accounts.access import key_of as key_of
from xiangqiao.journal import queries
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.places.queries import path_of
from xq_engine.divisions import prefix

if TYPE_CHECKING:
    from xiangqiao.accounts.viewer import Viewer

_DISPUTE_TONES: dict[str, Tone] = {"NOTED": "green", "OPEN": "orange", "ANSWERED": "gold", "SETTLED": "grey"}
_PROMISE_TONES: dict[str, Tone] = {"OPEN": "gold", "KEPT": "green", "DROPPED": "grey"}


def household_address(household: UUID) -> str:
    """Return the address of a household's page, which is the desk's, or nothing where it is not mounted."""
    with suppress(NoReverseMatch):
        return reverse("desk:household", args=[household])
    return ""


def place_words(code: str) -> str:
    """Return a village with its township."""
    return " ".join(one.name for one in path_of(code) if len(prefix(one.code)) > 6)


def names_of(viewer: Viewer, keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return the heads' names of households that a person sees: one query."""
    rows = households(viewer, HouseholdFilter(closed="1"), extra=Q(public_id__in=list(keys)))
    return dict(rows.values_list("public_id", "head_name"))


def refused(form: Form, error: ActionError) -> None:
    """Show a refusal at its field, or over the form. What is no refusal of input goes on to the frame."""
    if error.status not in {409, 422, 429}:
        raise error
    form.add_error(error.field if error.field in form.fields else None, error.message)


def dispute_tag(state: str) -> Tag | None:
    """Return the state of what the household said."""
    words = {
        "NOTED": _("农户已确认"),
        "OPEN": _("农户有异议"),
        "ANSWERED": _("异议已答复"),
        "SETTLED": _("异议已了结"),
    }
    return Tag(words[state], _DISPUTE_TONES[state]) if state in words else None


def promise_tag(state: str, *, overdue: bool = False) -> Tag:
    """Return the state of a promise."""
    if overdue:
        return Tag(_("过期未办"), "orange")
    words = {"OPEN": _("待办"), "KEPT": _("已办到"), "DROPPED": _("不办了")}
    return Tag(words[state], _PROMISE_TONES[state])


def tabs(viewer: Viewer, active: str) -> list[Tab]:
    """Return the views of management that all read."""
    views = (
        ("standing", _("总体情况")),
        ("promises", _("待办的承诺")),
        ("unvisited", _("久未走访")),
        ("disputes", _("农户异议")),
        ("visits", _("走访记录")),
    )
    count = queries.open_disputes(viewer)
    return [
        Tab(
            title,
            reverse(f"journal:{name}"),
            active=name == active,
            count=count if name == "disputes" and count else None,
        )
        for name, title in views
    ]


def picture(data: bytes) -> HttpResponse:
    """Return a photo of the store to who was let in."""
    answer = HttpResponse(data, content_type="image/webp")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = "inline"
    return answer
