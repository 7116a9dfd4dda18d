"""Watching a lesson again: the page, its media with byte ranges, and what was watched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.learning import actions, queries
from xiangqiao.learning.live.keeping import film
from xiangqiao.learning.pages.live import seat_or_404
from xiangqiao.learning.pages.parts import day_and_hours, minutes_of, or_404

_PIECE = 256 * 1024
_RANGE = re.compile(r"^bytes=(\d{1,15})-(\d{0,15})$")


@page(Can.TEACH)
@require_GET
def replay(request: DeskRequest, lesson_id: UUID, room_id: UUID) -> HttpResponse:
    """Show the recording of a lesson, part after part."""
    lesson, seat = seat_or_404(request, lesson_id, room_id)
    if lesson.state not in {"PUBLISHED", "ENDED"}:
        return redirect("learning:week")
    parts = list(queries.films(lesson)) if lesson.agreed_at else []
    context = {
        "lesson": lesson,
        "room": seat.end_point,
        "when": day_and_hours(lesson),
        "parts": [reverse("learning:media", args=[one.public_id]) for one in parts],
        "minutes": minutes_of(parts),
        "watched_url": reverse("learning:watched", args=[lesson_id, room_id]),
        "crumbs": [Link(_("我的课表"), reverse("learning:week")), Link(lesson.course.title, "")],
    }
    return render(request, "learning/replay.html", context)


@page(Can.TEACH)
@require_POST
def watched(request: DeskRequest, lesson_id: UUID, room_id: UUID) -> HttpResponse:
    """Take a sign of life of a page that plays; the stretch that it watches is named by an id of its own."""
    lesson, seat = seat_or_404(request, lesson_id, room_id)
    try:
        stretch = UUID(request.POST.get("stretch", ""))
    except ValueError:
        return HttpResponse(status=422)
    actions.watch(lesson=lesson, room=seat.end_point.pk, stretch=stretch, at=request.now)
    return HttpResponse()


@page(Can.TEACH)
@require_GET
def media(request: DeskRequest, recording_id: UUID) -> HttpResponseBase:
    """Hand out a part of a recording, or the stretch of it that is asked for."""
    found = or_404(lambda: queries.recording_named(request.viewer, recording_id))
    path = film(found.lesson.public_id, found.public_id)
    if not path.exists():
        raise Http404
    size = path.stat().st_size
    asked = _RANGE.match(request.headers.get("Range", ""))
    first, last = (int(asked[1]), min(int(asked[2] or size - 1), size - 1)) if asked else (0, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(
        _stretch(path, first, last), status=206 if asked else 200, content_type="video/webm"
    )
    if asked:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    return answer


def _stretch(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as handle:
        handle.seek(first)
        left = last - first + 1
        while left > 0 and (piece := handle.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
