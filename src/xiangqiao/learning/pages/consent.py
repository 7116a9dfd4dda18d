"""The teacher's say over being recorded: before the lesson, and afterwards."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, act_of, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.learning import actions, queries
from xiangqiao.learning.live.keeping import destroy_films
from xiangqiao.learning.pages.parts import day_and_hours, minutes_of, moment, or_404


@page(Can.TEACH)
@require_POST
def agree(request: DeskRequest, lesson_id: UUID) -> HttpResponse:
    """Keep whether the teacher agrees to be recorded; the page asks before the camera opens."""
    lesson = or_404(lambda: queries.lesson_named(request.viewer, lesson_id))
    if not queries.teaches(request.viewer, lesson):
        raise Http404
    try:
        actions.agree(act=act_of(request), lesson=lesson, agreed=request.POST.get("agreed") == "yes")
    except ActionError as refusal:
        return HttpResponse(str(refusal.message), status=422, content_type="text/plain; charset=utf-8")
    return redirect("learning:recording", lesson_id)


@page(Can.TEACH)
@require_http_methods(["GET", "POST"])
def own_recording(request: DeskRequest, lesson_id: UUID) -> HttpResponse:
    """Show a teacher the recording of a lesson, since when it is out and who watched; take it back."""
    lesson = or_404(lambda: queries.lesson_named(request.viewer, lesson_id))
    if not queries.teaches(request.viewer, lesson):
        raise Http404
    if request.method == "POST":
        actions.take_back(act=act_of(request), lesson=lesson)
        destroy_films(lesson.public_id)
        messages.success(request, _("录像已收回并删除。"))
        return redirect("learning:week")
    parts = list(queries.films(lesson))
    context = {
        "lesson": lesson, "when": day_and_hours(lesson), "key": new_id(),
        "agreed": moment(lesson.agreed_at), "parts": [reverse("learning:media", args=[one.public_id]) for one in parts] if lesson.agreed_at else [],
        "kept": parts and not lesson.agreed_at, "agree_url": reverse("learning:agree", args=[lesson_id]),
        "minutes": minutes_of(parts), "watched": queries.watched_by(lesson),
        "crumbs": [Link(_("我的课表"), reverse("learning:week")), Link(lesson.course.title, "")],
    }  # fmt: skip
    return render(request, "learning/recording.html", context)
