"""The pages of a live lesson: the teacher's, and a room's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.learning import actions, queries
from xiangqiao.learning.live.tokens import Ticket, issue
from xiangqiao.learning.pages.parts import hours, live_address, or_404

if TYPE_CHECKING:
    from xiangqiao.learning.models import Lesson

_OVER = {"CANCELLED", "PUBLISHED"}


@page(Can.TEACH)
@require_GET
def teach(request: DeskRequest, lesson_id: UUID) -> HttpResponseBase:
    """Open the teacher's page: camera, rooms, hands."""
    lesson = or_404(lambda: queries.lesson_named(request.viewer, lesson_id))
    if not queries.teaches(request.viewer, lesson):
        raise Http404
    if lesson.state in _OVER:
        messages.info(request, _("这节课已经停课，或者已经上完。"))
        return redirect("learning:week")
    context = _context(request, lesson, lesson.course.lead.public_id, teaches=True)
    context["agreed"] = lesson.agreed_by == request.viewer.public_id
    context["agree_url"] = reverse("learning:agree", args=[lesson_id])
    context["expected"] = [str(one.end_point) for one in lesson.seats.select_related("end_point__school")]
    return _live(request, "learning/teach.html", context)


@page(Can.TEACH)
@require_GET
def attend(request: DeskRequest, lesson_id: UUID, room_id: UUID) -> HttpResponseBase:
    """Open a room's page: the teacher's picture, a hand, and how many are here."""
    lesson, seat = seat_or_404(request, lesson_id, room_id)
    if lesson.state in _OVER:
        return redirect("learning:replay", lesson_id, room_id)
    context = _context(request, lesson, room_id, teaches=False)
    context |= {"room": seat.end_point, "heads": seat.heads, "heads_url": reverse("learning:heads", args=[lesson_id, room_id])}  # fmt: skip
    return _live(request, "learning/attend.html", context)


@page(Can.TEACH)
@require_POST
def heads(request: DeskRequest, lesson_id: UUID, room_id: UUID) -> HttpResponse:
    """Keep how many pupils are in the room."""
    _lesson, seat = seat_or_404(request, lesson_id, room_id)
    given = request.POST.get("heads", "")
    if not given.isdecimal() or len(given) > 4:
        return HttpResponse(_("请填人数，例如 23。"), status=422, content_type="text/plain; charset=utf-8")
    try:
        actions.count_heads(act=act_of(request), seat=seat, heads=int(given))
    except ActionError as refusal:
        return HttpResponse(str(refusal.message), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(_("已记下 %(n)s 人。") % {"n": given}, content_type="text/plain; charset=utf-8")


def seat_or_404(request: DeskRequest, lesson_id: UUID, room_id: UUID) -> Any:
    """Return a lesson and a room's seat in it, where this person may sit in."""
    lesson = or_404(lambda: queries.lesson_named(request.viewer, lesson_id))
    room = or_404(lambda: queries.room_named(request.viewer, room_id))
    if not queries.attends(request.viewer, room):
        raise Http404
    return lesson, or_404(lambda: queries.seat_of(lesson, room))


def _context(request: DeskRequest, lesson: Lesson, room: UUID, *, teaches: bool) -> dict[str, Any]:
    ticket = Ticket(lesson.public_id, room, request.viewer.user.public_id, teaches)
    return {
        "lesson": lesson,
        "hours": hours(lesson),
        "token": issue(ticket),
        "live": live_address(request),
        "key": new_id(),
        "crumbs": [Link(_("我的课表"), reverse("learning:week")), Link(lesson.course.title, "")],
    }


def _live(request: DeskRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    """Draw a page that may speak with the live rooms and plays what it puts together itself."""

    def draw(_request: HttpRequest) -> HttpResponseBase:
        return render(request, template, context)

    allowed = {"connect-src": ["'self'", context["live"]], "media-src": ["'self'", "blob:"]}
    return csp_update(allowed)(draw)(request)
