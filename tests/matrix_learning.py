"""Samples of learning for the access matrix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from xiangqiao.accounts.rules import Role
from xiangqiao.kernel import clock

if TYPE_CHECKING:
    from tests.matrix import Sample, World

COUNTY = "360730000000"
# Who may sit in a room: a teacher in reach of it, and the office.
IN_THE_ROOM = frozenset({Role.TEACHER, Role.EDUCATION_OFFICE})
# The shelf is the whole county's: who looks at it a second time reaches so far.
SECOND = frozenset({Role.COUNTY_OFFICE, Role.SERVICE_OFFICE})
OFFICE = frozenset({Role.EDUCATION_OFFICE})


def room_of(world: World, village: str) -> Any:
    """Return a receiving room of a village."""
    from xiangqiao.learning.models import EndPoint, School

    def make() -> Any:
        school = School.objects.create(name=f"学校{village}", division_code=village)
        return EndPoint.objects.create(school=school, room="一号", kind="RECEIVE", division_code=village)

    return world.once("learning room", village, make)


def _course(world: World) -> Any:
    from xiangqiao.learning.models import Course, EndPoint, School, Term

    def make() -> Any:
        school = School.objects.create(name="名校", division_code=COUNTY)
        lead = EndPoint.objects.create(school=school, room="一号", kind="LEAD", division_code=COUNTY)
        today = clock.today()
        term = Term.objects.create(
            name="学期", first_day=today - timedelta(days=30), last_day=today + timedelta(days=30)
        )
        return Course.objects.create(
            term=term,
            title="音乐",
            subject="MUSIC",
            grade=3,
            lead=lead,
            teacher=uuid4(),
            teacher_name="某老师",
        )

    return world.once("learning course", "", make)


def lesson_of(world: World, village: str, state: str = "PLANNED") -> Any:
    """Return a lesson that the room of a village receives."""
    from xiangqiao.learning.models import Lesson, Seat

    def make() -> Any:
        now = clock.now()
        row = Lesson.objects.create(
            course=_course(world), starts_at=now, ends_at=now + timedelta(minutes=40), state=state
        )
        Seat.objects.create(lesson=row, end_point=room_of(world, village))
        return row

    return world.once(f"learning lesson {state}", village, make)


def recording_of(world: World, village: str) -> Any:
    """Return a recording of a lesson of a village, with its file."""
    from xiangqiao.learning.live.keeping import folder
    from xiangqiao.learning.models import Recording

    def make() -> Any:
        lesson = lesson_of(world, village, "PUBLISHED")
        type(lesson).objects.filter(pk=lesson.pk).update(agreed_at=clock.now())
        row = Recording.objects.create(
            lesson=lesson, begun_at=clock.now(), sealed_at=clock.now(), seconds=9, size=4, digest="x"
        )
        (folder(lesson.public_id) / f"{row.public_id}.webm").write_bytes(b"webm")
        return row

    return world.once("learning recording", village, make)


def resource_waiting(world: World) -> Any:
    """Return a resource that waits for the second person; it is of the whole county."""
    from xiangqiao.kernel.models import Publication

    def make() -> Any:
        today = clock.today()
        return Publication.objects.create(
            kind="learning.resource", title="唐诗", division_code=COUNTY, columns=[], rows=[], submitted_by=uuid4(),
            submitted_at=clock.now(), withdraw_on=today + timedelta(days=30), content_hash=_hash_of("唐诗"),
        )  # fmt: skip

    return world.once("learning resource", "", make)


def _hash_of(title: str) -> str:
    from xiangqiao.kernel.values import digest

    return digest({"title": title, "columns": [], "rows": [], "files": []})


def loan_of(world: World, village: str) -> Any:
    """Return a loan of a village's reading corner."""
    from xiangqiao.learning.models import Book, Loan

    def make() -> Any:
        book = Book.objects.create(school=room_of(world, village).school, title="昆虫记", copies=9, out=9)
        today = clock.today()
        return Loan.objects.create(
            book=book, card=uuid4().hex[:8], lent_on=today, due_on=today + timedelta(days=30)
        )

    # Each one who comes gives a copy back.
    return make() if ("learning loan", village) not in world.made else world.made["learning loan", village]


def _in_lesson(world: World, village: str, state: str = "PLANNED") -> Mapping[str, Any]:
    return {
        "lesson_id": lesson_of(world, village, state).public_id,
        "room_id": room_of(world, village).public_id,
    }


def samples(sample: type[Sample]) -> dict[str, Sample]:
    """Return a sample for each address of learning."""
    plain = (
        "shelf",
        "week",
        "probe",
        "corner",
        "desk",
        "lessons",
        "rooms",
        "timetable",
        "resources",
        "reviews",
    )
    return {
        **{f"learning:{name}": sample() for name in plain},
        "learning:check": sample(
            lambda world, village: {"room_id": room_of(world, village).public_id}, only=IN_THE_ROOM
        ),
        "learning:teach": sample(
            lambda world, village: {"lesson_id": lesson_of(world, village).public_id}, only=OFFICE
        ),
        "learning:agree": sample(
            lambda world, village: {"lesson_id": lesson_of(world, village).public_id}, method="post", data={"agreed": "yes"}, only=OFFICE,
        ),
        "learning:recording": sample(
            lambda world, village: {"lesson_id": lesson_of(world, village, "PUBLISHED").public_id}, only=OFFICE
        ),
        "learning:review": sample(lambda world, village: {"publication_id": resource_waiting(world).public_id}, only=SECOND),
        "learning:attend": sample(_in_lesson, only=IN_THE_ROOM),
        "learning:heads": sample(_in_lesson, method="post", data={"heads": "23"}, only=IN_THE_ROOM),
        "learning:replay": sample(
            lambda world, village: _in_lesson(world, village, "PUBLISHED"), only=IN_THE_ROOM
        ),
        "learning:watched": sample(
            lambda world, village: _in_lesson(world, village, "PUBLISHED"), method="post",
            data={"stretch": str(uuid4())}, only=IN_THE_ROOM,
        ),
        "learning:media": sample(
            lambda world, village: {"recording_id": recording_of(world, village).public_id}
        ),
        "learning:lesson": sample(lambda world, village: {"lesson_id": lesson_of(world, village).public_id}),
        "learning:give_back": sample(
            lambda world, village: {"loan_id": loan_of(world, village).public_id}, method="post"
        ),
    }  # fmt: skip
