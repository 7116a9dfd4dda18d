"""What several pages of learning share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError, AlreadyDone
from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.learning.rules.kept import Kept

if TYPE_CHECKING:
    from xiangqiao.learning.models import Lesson, Recording

_STATE: dict[str, Tone] = {
    "PLANNED": "gold", "LIVE": "red", "ENDED": "blue", "PUBLISHED": "green", "CANCELLED": "grey", "MISSED": "orange",
}  # fmt: skip


def done(form: forms.Form, do: Callable[[dict[str, Any]], object]) -> bool:
    """Do what a valid form asks for and return whether it was done; a refusal stands at its field."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except AlreadyDone:
        return True
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def or_404(find: Callable[[], Any]) -> Any:
    """Return what is looked for; what is unseen does not exist."""
    try:
        return find()
    except ObjectDoesNotExist:
        raise Http404 from None


def moment(at: datetime | None) -> str:
    """Write a moment as the county reads it."""
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def hours(lesson: Lesson) -> str:
    """Write from when to when a lesson lasts."""
    begin, end = localtime(lesson.starts_at), localtime(lesson.ends_at)
    return f"{begin:%H:%M}–{end:%H:%M}"


def day_and_hours(lesson: Lesson) -> str:
    """Write the day of a lesson, and from when to when it lasts."""
    return f"{date_format(localtime(lesson.starts_at).date())} {hours(lesson)}"


def minutes_of(parts: Iterable[Recording]) -> int:
    """Return how long a recording is in minutes, at least one: a short one is not nothing."""
    return max(1, round(sum(one.seconds for one in parts) / 60))


def state_tag(lesson: Lesson, now: datetime) -> Tag:
    """Return the state of a lesson as mark and word; one whose hour went by without a teacher was not held."""
    if lesson.state == "PLANNED" and lesson.ends_at < now:
        return Tag(_("没有上"), _STATE["MISSED"])
    return Tag(str(lesson.get_state_display()), _STATE[lesson.state])


def kept_tag(kept: Kept) -> Tag:
    """Return what became of a lesson in a room as mark and word."""
    told: dict[Kept, tuple[str, Tone]] = {
        Kept.HELD: (_("按课表上了"), "green"), Kept.REPLAYED: (_("看了回放"), "blue"), Kept.MADE_UP: (_("停课已补"), "blue"),
        Kept.CANCELLED: (_("停课没补"), "grey"), Kept.MISSED: (_("没上"), "orange"), Kept.OPEN: (_("等看回放"), "gold"),
        Kept.AHEAD: (_("还没到"), "grey"),
    }  # fmt: skip
    return Tag(*told[kept])


def tabs(request: DeskRequest, active: str) -> list[Tab]:
    """Return the views of learning that a person may open."""
    views = [
        ("week", _("我的课表"), Can.TEACH), ("desk", pgettext("learning", "总体情况"), Can.READ_LEARNING),
        ("lessons", _("每节课"), Can.READ_LEARNING), ("rooms", _("学校和教室"), Can.READ_LEARNING),
        ("timetable", _("排课"), Can.MANAGE_LEARNING), ("resources", _("资源上架"), Can.MANAGE_LEARNING),
        ("corner", _("图书角"), Can.TEACH),
    ]  # fmt: skip
    return [
        Tab(title, reverse(f"learning:{name}"), active=name == active)
        for name, title, act in views
        if request.viewer.can(act)
    ]


def live_address(request: HttpRequest) -> str:
    """Return the address of the live rooms: as set, else the same host at the port beside the pages."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL)
    scheme = "wss" if request.is_secure() else "ws"
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.LIVE_PORT}/live"
