"""Nobody is recorded or watched again without having agreed; taken back, the films are gone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.learning import actions, queries
from xiangqiao.learning.actions import classes
from xiangqiao.learning.live import keeping
from xiangqiao.learning.models import Lesson, Recording
from xiangqiao.learning.tests.conftest import NOW, Class, act

pytestmark = pytest.mark.django_db


def recorded(lesson: Lesson) -> Recording:
    """A whole part with its film."""
    one = uuid4()
    classes.begin_recording(lesson=lesson, recording_id=one, at=NOW)
    classes.seal_recording(recording_id=one, seconds=2400, size=4, digest="x", at=NOW + timedelta(minutes=40))
    (keeping.folder(lesson.public_id) / f"{one}.webm").write_bytes(b"webm")
    return Recording.objects.get(public_id=one)


def held(room: Class, *, agreed: bool) -> Lesson:
    lesson = room.lesson()
    actions.agree(act=act(room.teacher), lesson=lesson, agreed=agreed)
    actions.begin(act=act(room.teacher), lesson=lesson)
    actions.finish(act=act(room.teacher), lesson=lesson)
    return lesson


def test_without_consent_nothing_is_kept_and_nothing_published(room: Class) -> None:
    lesson = held(room, agreed=False)
    found = keeping.Entry(lesson, room.lead, "主讲")
    assert keeping.begin_part.__wrapped__(found, uuid4()) is None  # type: ignore[attr-defined]
    assert not Recording.objects.exists()
    recorded(lesson)
    with pytest.raises(ActionError, match="没有同意"):
        actions.publish(act=act(room.teacher), lesson=lesson)


def test_only_who_teaches_agrees(room: Class) -> None:
    with pytest.raises(NotAllowed):
        actions.agree(act=act(room.assistant), lesson=room.lesson(), agreed=True)


def test_taken_back_the_film_is_gone_and_what_was_watched_counts_on(room: Class) -> None:
    lesson = held(room, agreed=True)
    part = recorded(lesson)
    actions.publish(act=act(room.teacher), lesson=lesson)
    with pytest.raises(Conflict):
        actions.agree(act=act(room.teacher), lesson=lesson, agreed=False)
    viewer = act(room.teacher).by
    assert queries.recording_named(viewer, part.public_id) == part  # type: ignore[arg-type]
    assert actions.take_back(act=act(room.teacher), lesson=lesson) == 1
    keeping.destroy_films(lesson.public_id)
    keeping.destroy_films()
    assert list(keeping.folder(lesson.public_id).glob("*.webm")) == []
    with pytest.raises(Recording.DoesNotExist):
        queries.recording_named(viewer, part.public_id)  # type: ignore[arg-type]
    kept = Recording.objects.get()
    lesson.refresh_from_db()
    assert (kept.seconds, kept.digest, lesson.state, lesson.agreed_at) == (2400, "x", "ENDED", None)
    assert [one for one in verify().findings if one.subject.startswith("learning.")] == []


def test_a_part_left_by_a_killed_process_is_not_made_whole_once_consent_is_gone(room: Class) -> None:
    lesson = held(room, agreed=True)
    one = uuid4()
    classes.begin_recording(lesson=lesson, recording_id=one, at=NOW)
    raw = keeping.folder(lesson.public_id) / f"{one}.part"
    raw.write_bytes(b"half a film")
    actions.take_back(act=act(room.teacher), lesson=lesson)
    keeping.seal_part.__wrapped__(lesson.public_id, one)  # type: ignore[attr-defined]
    assert not raw.exists()
