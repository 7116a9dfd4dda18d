"""The practice household: real pages and real actions on a household that is never kept.

Each page of practice is one transaction that makes the household anew, does again what its person did before, draws the
page, and is rolled back. Nothing can leak from it, for nothing of it is ever in the database: docs/decisions/0016.
"""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib.messages.storage.base import BaseStorage
from django.db import transaction
from django.http import HttpResponseBase, QueryDict
from django.urls import get_script_prefix, resolve, set_script_prefix
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import Can, Role
from xiangqiao.accounts.viewer import HeldPost, Viewer
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.crypto import SealBroken
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import rehearsed_ids
from xiangqiao.kernel.keyring import vault
from xiangqiao.people.actions.approvals import approve_change
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.people.queries import changes as changes
from xiangqiao.places.queries import villages_below
from xq_engine.divisions import ancestors

KEPT, PURPOSE = "practice", "desk.practice"
MOST_STEPS = 30
PREFIX = "practice/"
# Whom the approvals of practice are by; there is nobody else in it.
APPROVER = "练习审批人"
# What a practice household is made of, as the forms would send it. All invented.
REGISTER = {"name": "练小户", "sex": "MALE", "birth_on": "1968-05-20", "on": "1990-01-01"}
MEMBERS = (
    ("marriage_in", {"name": "练小梅", "sex": "FEMALE", "birth_on": "1970-02-11", "relation": "SPOUSE", "on": "1992-10-01"}),
    ("birth", {"name": "练小宝", "sex": "MALE", "birth_on": "1995-08-09", "relation": "SON"}),
)  # fmt: skip


@dataclass
class Practice:
    """What a person has done in practice: forms sent, each to an address at a time."""

    nonce: str = field(default_factory=lambda: uuid4().hex)
    steps: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, request: DeskRequest) -> Practice:
        """Read it from the session, where it is kept sealed: people type numbers into forms."""
        kept = request.session.get(KEPT, "")
        try:
            told = json.loads(vault().open_bytes(base64.b64decode(kept), PURPOSE)) if kept else {}
        except (SealBroken, ValueError):
            told = {}
        return cls(**told) if told else cls()

    def keep(self, request: DeskRequest) -> None:
        """Write it into the session."""
        told = json.dumps({"nonce": self.nonce, "steps": self.steps}).encode()
        request.session[KEPT] = base64.b64encode(vault().seal_bytes(told, PURPOSE)).decode()


class _Unheard(BaseStorage):
    """Messages of what is done again, which nobody has to read twice."""

    def _get(self, *_args: Any, **_kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        return []


@dataclass
class Stage:
    """A rehearsal under way: the household it is about, and how a page is played on it."""

    request: DeskRequest
    home: UUID

    def play(self, path: str, *, data: str | None = None, at: datetime | None = None) -> HttpResponseBase:
        """Run the view of an address as this person: with `data` a form sent, else as the request itself asks."""
        found = resolve(path)
        asked: Any = copy.copy(self.request)
        if data is not None:
            asked.method, asked.POST, asked._messages = "POST", QueryDict(data), _Unheard(self.request)
            asked.now = at or self.request.now
        view = cast("Callable[..., HttpResponseBase]", vars(found.func)["__wrapped__"])
        answer = view(asked, *found.args, **found.kwargs)
        if asked.method == "POST":
            _approve_all(self.home, asked.now, asked.viewer)
        return answer


@contextmanager
def rehearsal(request: DeskRequest, practice: Practice) -> Iterator[Stage]:
    """Set the stage for one page: the household as this person left it. What happens in the block is rolled back."""
    prefix = get_script_prefix()
    with transaction.atomic():
        try:
            set_script_prefix(prefix + PREFIX)
            with rehearsed_ids(practice.nonce):
                stage = Stage(request, _made(request, practice))
                for step in practice.steps:
                    stage.play(step["path"], data=step["data"], at=datetime.fromisoformat(step["at"]))
                yield stage
        finally:
            set_script_prefix(prefix)
            transaction.set_rollback(True)


def may_practise(viewer: Viewer) -> bool:
    """Return whether a person has villages in which to ask for changes: who practises, practises there."""
    return bool(viewer.divisions(Can.REQUEST_CHANGE))


def _made(request: DeskRequest, practice: Practice) -> UUID:
    """Register the household and its members by the very forms, and return its id."""
    codes = request.viewer.divisions(Can.REQUEST_CHANGE)
    village = next((one for code in codes for one in villages_below(code)), None)
    if village is None:
        raise ActionError("practice.nowhere", _("还没有导入行政区划，没有村可以练习。请先导入区划，再来练。"))
    number = f"LX{practice.nonce[:10].upper()}"
    stage = Stage(request, UUID(int=0))
    form = {**REGISTER, "household_no": number, "division_code": village.code}
    stage.play("/households/register/", data=_sent(form))
    rows = households(request.viewer, HouseholdFilter(q=number))
    stage.home = rows.values_list("public_id", flat=True).get()
    for kind, member in MEMBERS:
        stage.play(f"/households/{stage.home}/change/{kind}/", data=_sent(member))
    return stage.home


def _sent(form: Mapping[str, str]) -> str:
    sent = QueryDict(mutable=True)
    sent.update(form)
    # Somebody of that name and day may live in the county: it is another.
    sent["confirmed"] = "practice"
    return sent.urlencode()


def _approve_all(home: UUID, now: datetime, asker: Viewer) -> None:
    """Let the officers that practice has not approve at once what was asked for this household."""
    codes = {above for code in asker.divisions(Can.REQUEST_CHANGE) for above in (code, *ancestors(code))}
    posts = tuple(
        HeldPost(role, code) for code in sorted(codes) for role in (Role.TOWNSHIP_LEADER, Role.COUNTY_OFFICE)
    )
    while True:
        officer = Viewer(User(username=APPROVER, name=APPROVER), posts, asker.today)
        row = changes.changes(officer, changes.WAITING).filter(household__public_id=home).first()
        if row is None:
            return
        approve_change(act=Act(by=officer, at=now), request=row.public_id)
