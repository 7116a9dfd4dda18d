"""A teacher's or assistant's week: what is on, which line is ready, one press to be there."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.learning import actions, queries
from xiangqiao.learning.pages.parts import hours, or_404, state_tag, tabs
from xiangqiao.learning.rules.lines import Ready, readiness

if TYPE_CHECKING:
    from xiangqiao.learning.models import EndPoint, Lesson, Seat

PROBE_BYTES = 512 * 1024
_PAST, _AHEAD = 7, 7


@page(Can.TEACH)
@require_GET
def week(request: DeskRequest) -> HttpResponse:
    """Show the lessons from a week back to a week ahead, today's first."""
    today = request.viewer.today
    found = list(
        queries.lessons(
            request.viewer, first=today - timedelta(days=_PAST), last=today + timedelta(days=_AHEAD)
        )
    )
    seats = queries.own_seats(request.viewer, found)
    cards = [_card(request, one, seats.get(one.pk, [])) for one in found]
    mine = [one for one in cards if one["doors"] or one["teach"] or one["recording"]]
    context = {
        "tabs": tabs(request, "week"),
        "today": [one for one in mine if one["day"] == today],
        "ahead": [one for one in mine if one["day"] > today],
        "past": [one for one in reversed(mine) if one["day"] < today],
        "rooms": [_room(one, request) for one in queries.rooms(request.viewer) if _own(request, one)],
    }
    return render(request, "learning/week.html", context)


def _own(request: DeskRequest, room: EndPoint) -> bool:
    return queries.attends(request.viewer, room)


def _card(request: DeskRequest, lesson: Lesson, seats: list[Seat]) -> dict[str, Any]:
    day: date = localtime(lesson.starts_at).date()
    teaches = queries.teaches(request.viewer, lesson) and lesson.course.teacher == request.viewer.public_id
    return {
        "lesson": lesson,
        "day": day,
        "when": f"{date_format(day, 'MONTH_DAY_FORMAT')} {hours(lesson)}",
        "tag": state_tag(lesson, request.now),
        "teach": reverse("learning:teach", args=[lesson.public_id]) if teaches and _opens(lesson) else "",
        "recording": reverse("learning:recording", args=[lesson.public_id])
        if teaches and _recorded(lesson)
        else "",
        "doors": [door for seat in seats if (door := _door(lesson, seat)) is not None],
    }


def _opens(lesson: Lesson) -> bool:
    return lesson.state in {"PLANNED", "LIVE", "ENDED", "MISSED"}


def _recorded(lesson: Lesson) -> bool:
    return lesson.state == "PUBLISHED" or (lesson.state == "ENDED" and lesson.agreed_at is not None)


def _door(lesson: Lesson, seat: Seat) -> Link | None:
    args = [lesson.public_id, seat.end_point.public_id]
    if lesson.state == "PUBLISHED":
        return Link(_("%(room)s 看回放") % {"room": seat.end_point}, reverse("learning:replay", args=args))
    if lesson.state in {"PLANNED", "LIVE"}:
        return Link(_("%(room)s 进教室") % {"room": seat.end_point}, reverse("learning:attend", args=args))
    return None


def _room(room: Any, request: DeskRequest) -> dict[str, Any]:
    ready = readiness(room.checked_at, room.kbps, now=request.now)
    told = {
        Ready.GOOD: Tag(_("线路好，能看画面"), "green"), Ready.WEAK: Tag(_("线路弱，画面可能卡"), "gold"),
        Ready.BAD: Tag(_("线路太慢，先报修"), "red"), Ready.UNKNOWN: Tag(_("今天还没测"), "grey"),
    }  # fmt: skip
    return {
        "name": str(room),
        "tag": told[ready],
        "kbps": room.kbps,
        "url": reverse("learning:check", args=[room.public_id]),
    }


@page(Can.TEACH)
@require_http_methods(["GET", "POST"])
def check(request: DeskRequest, room_id: UUID) -> HttpResponse:
    """Measure the line of a room in its own browser, and keep the result."""
    room = or_404(lambda: queries.room_named(request.viewer, room_id))
    if not _own(request, room):
        raise Http404
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("kbps", "rtt")}
        if not all(one.isdecimal() and len(one) < 10 for one in given.values()):
            raise ActionError("learning.strange_figures", _("测出来的数不对，请再测一次。"))
        actions.note_check(
            act=act_of(request), viewer=request.viewer, room=room, kbps=int(given["kbps"]),
            rtt_ms=int(given["rtt"]), camera=request.POST.get("camera") == "yes",
        )  # fmt: skip
        messages.success(request, _("已测好：每秒 %(n)s 千比特。") % {"n": given["kbps"]})
        return redirect("learning:week")
    context = {
        "room": room, "probe": reverse("learning:probe"), "size": PROBE_BYTES, "key": new_id(),
        "crumbs": [Link(_("我的课表"), reverse("learning:week")), Link(_("测线路"), "")],
    }  # fmt: skip
    return render(request, "learning/check.html", context)


@page(Can.TEACH)
@require_GET
def probe(_request: DeskRequest) -> HttpResponse:
    """Hand out bytes that no line can press together, to be timed; `?small` only one."""
    small = "small" in _request.GET
    answer = HttpResponse(os.urandom(1 if small else PROBE_BYTES), content_type="application/octet-stream")
    answer["Cache-Control"] = "no-store"
    return answer
