"""What many pages of the services share: who asks, panels with a form, tabs, words for states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import key_of
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.places import queries as places
from xiangqiao.services import queries
from xiangqiao.services.following import Guest

_FOLLOWS = "services_follow"
_NEW = "services_code"
TONES: dict[str, Tone] = {
    "RECEIVED": "orange", "ASSIGNED": "gold", "ACCEPTED": "blue", "REFUSED": "grey", "ANSWERED": "green",
    "CLOSED": "green", "WITHDRAWN": "grey", "SUBMITTED": "gold", "SUPPLEMENT": "orange", "GRANTED": "green",
    "DENIED": "grey", "COLLECTED": "green", "OPEN": "green", "SETTLED": "blue", "APPLIED": "gold", "SEATED": "blue",
    "ARRIVED": "green", "WORKING": "green", "LEFT": "grey", "DECLINED": "grey", "TAKEN": "orange", "DONE": "green",
    "FAILED": "red", "HANDED_OVER": "green",
}  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """A card with a form or a button. `step` is sent along and says what is done."""

    title: str
    url: str
    button: str
    form: Form | None = None
    step: str = ""
    text: str = ""
    kind: str = "primary"
    confirm: str = ""


def person_of(request: HttpRequest) -> Viewer | Guest:
    """Return who looks at a public page: the person signed in, or a guest with what phone and code opened."""
    if request.user.is_authenticated and request.user.is_active:
        return Viewer.of(request.user, clock.today())
    return Guest(follows=frozenset(UUID(one) for one in request.session.get(_FOLLOWS, [])))


def opens(request: HttpRequest, row_id: UUID) -> bool:
    """Return whether phone and code opened something to this browser."""
    return str(row_id) in request.session.get(_FOLLOWS, [])


def note_opened(request: HttpRequest, row_id: UUID, code: str = "") -> None:
    """Remember in the session what phone and code opened, and the new code until it was shown once."""
    request.session[_FOLLOWS] = [*request.session.get(_FOLLOWS, []), str(row_id)][-20:]
    if code:
        request.session[_NEW] = {"row": str(row_id), "code": code}


def take_code(request: HttpRequest, row_id: UUID) -> str:
    """Return the fresh code of something, once: it is forgotten when it was shown."""
    kept = request.session.get(_NEW) or {}
    if kept.get("row") != str(row_id):
        return ""
    del request.session[_NEW]
    return str(kept["code"])


def act_of(request: HttpRequest, reason: str = "") -> Act:
    """Return the act of a request; the form's key makes pressing twice the same as once."""
    return Act(by=person_of(request), at=clock.now(), key=key_of(request), reason=reason)


def own_act(request: HttpRequest, row: Any) -> Act:
    """Return the act of who opened something: by the account, else by phone and code given in this browser."""
    act = act_of(request)
    if act.by.public_id in (row.asker, row.by) and act.by.public_id is not None:
        return act
    guest = Guest(follows=frozenset({row.public_id} if opens(request, row.public_id) else ()))
    return Act(by=guest, at=act.at, key=act.key)


def tried(form: Form, do: Callable[[], object]) -> bool:
    """Do an action for a form that is sent; a refusal stands at its field. Return whether it was done."""
    if not form.is_valid():
        return False
    try:
        do()
    except (NotAllowed, Conflict, AlreadyDone):
        raise
    except ActionError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.message)
        return False
    return True


def own_or_none(request: HttpRequest, kind: str, public_id: UUID) -> Any:
    """Return something to whom it belongs; to others, and where there is none, None: phone and code must be given first."""
    row, person = queries.own_row(kind, public_id), person_of(request)
    if row is None or opens(request, public_id):
        return row
    own = isinstance(person, Viewer) and person.user.public_id in (row.asker, row.by)
    return row if own else None


def title_of(kind: str, row: Any) -> str:
    """Return what something that was asked for is called."""
    if kind == "question":
        return str(row.title)
    if kind == "application":
        return str(row.matter.name)
    if kind == "goods":
        return f"{row.get_kind_display()} {row.get_crop_display()}"
    return str(row.vacancy.title if kind == "worker" else row.course.title)


def public_page(request: HttpRequest, template: str, active: str, context: dict[str, Any]) -> HttpResponse:
    """Draw a public page with the tabs of the services; 422 where a form was refused."""
    forms = [context.get("form"), *(panel.form for panel in context.get("panels", []))]
    refused = any(form is not None and form.is_bound and form.errors for form in forms)
    found = {
        "tabs": public_tabs(active), "key": new_id(), "sign_in_url": "" if request.user.is_authenticated else reverse("sign_in"),
        **context,
    }  # fmt: skip
    return render(request, template, found, status=422 if refused and request.method == "POST" else 200)


def public_tabs(active: str) -> list[Tab]:
    """Return the views of the public services."""
    views = (
        ("ask", _("我要提问")), ("follow", _("查进度")), ("answers", _("大家问过")), ("catalogue", _("办事")),
        ("announcements", _("公告")), ("goods", _("农产品供求")), ("jobs", _("务工岗位")), ("courses", _("培训")), ("laws", _("政策法律")),
    )  # fmt: skip
    return [Tab(title, reverse(f"services:{name}"), active=name == active) for name, title in views]


def day(value: date | None) -> str | None:
    """Return a date as the reader writes it."""
    return formats.date_format(value, "DATE_FORMAT") if value else None


def state_tag(row: Any) -> Tag:
    """Return the state of a row as a tag."""
    return Tag(str(row.get_state_display()), TONES.get(row.state, "grey"))


def place_name(code: str) -> str:
    """Return the name of a place in the reader's language."""
    found = places.place(code)
    if found is None:
        return code
    return (found.name_en or found.name) if (get_language() or "").startswith("en") else found.name


def place_choices() -> list[tuple[str, Any]]:
    """Return the villages by township, for a choice: the township itself stands first in its group."""
    here = places.county()
    groups: list[tuple[str, Any]] = []
    for town in places.children(here.code) if here else ():
        villages = [(one.code, place_name(one.code)) for one in places.children(town.code)]
        groups.append(
            (
                place_name(town.code),
                [(town.code, _("%(town)s（不分村）") % {"town": place_name(town.code)}), *villages],
            )
        )
    return groups
