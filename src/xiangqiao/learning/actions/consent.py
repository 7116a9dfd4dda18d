"""Being recorded: whoever stands before the camera agrees first, and may take it back; then the films are destroyed.

Source: Personal Information Protection Law, articles 13, 15 and 47: consent, its withdrawal, deletion after it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.learning.actions.classes import demand_teacher
from xiangqiao.learning.models import Lesson
from xiangqiao.learning.rules.states import may

State = Lesson.State


def agree(*, act: Act, lesson: Lesson, agreed: bool) -> None:
    """Keep whether whoever teaches agrees to be recorded and watched again by the rooms of the lesson.

    Said anew before each beginning; the log keeps every answer. Raises NotAllowed to others than the teacher, Conflict
    where the recording is out already.
    """
    demand_teacher(act, lesson)
    with recording("learning.recording_agreed", act, subject=lesson) as record:
        row = Lesson.objects.select_for_update().get(pk=lesson.pk)
        if row.state == State.PUBLISHED and not agreed:
            raise Conflict("learning.out", _("录像已经可以回看。要收回，请用“收回录像”。"))
        given = (act.at, act.by.public_id) if agreed else (None, None)
        record.change(row, agreed_at=given[0], agreed_by=given[1])


def publish(*, act: Act, lesson: Lesson) -> None:
    """Let the rooms of a lesson watch its recording.

    Raises ActionError where nobody agreed to be recorded, Conflict where there is no recording yet, NotAllowed to others.
    """
    demand_teacher(act, lesson)
    with recording("learning.lesson_published", act, subject=lesson) as record:
        row = Lesson.objects.select_for_update().get(pk=lesson.pk)
        if row.state == State.PUBLISHED:
            return
        if row.agreed_at is None:
            raise ActionError("learning.not_agreed", _("讲课的人没有同意录像，不能回看。"))
        whole = row.recordings.filter(sealed_at__isnull=False, destroyed_at__isnull=True, seconds__gt=0)
        if not may(row.state, State.PUBLISHED) or not whole.exists():
            raise Conflict("learning.no_recording", _("还没有可以回看的录像。"))
        record.change(row, state=State.PUBLISHED)


def take_back(*, act: Act, lesson: Lesson) -> int:
    """Take the consent back: nobody watches the recording any more. Return how many parts are to be destroyed.

    Their rows stay (how long, which digest: what was watched counts on); the caller deletes the
    films (`live.keeping.destroy_films`); the live rooms do so again when they start. Raises NotAllowed to others than the teacher.
    """
    demand_teacher(act, lesson)
    with recording("learning.recording_taken_back", act, subject=lesson) as record:
        row = Lesson.objects.select_for_update().get(pk=lesson.pk)
        after = State.ENDED if row.state == State.PUBLISHED else row.state
        record.change(row, agreed_at=None, agreed_by=None, state=after)
        return row.recordings.filter(destroyed_at__isnull=True).update(destroyed_at=act.at)
