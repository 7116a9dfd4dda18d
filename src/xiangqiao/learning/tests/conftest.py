"""A lead school, two rooms, a teacher, an assistant, the office, and a term with one course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.record import Act
from xiangqiao.learning import actions
from xiangqiao.learning.models import Course, EndPoint, Lesson, School, Term
from xiangqiao.places.models import County, Division, Level

# A Monday, ten in the morning where the county lies.
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
COUNTY, TOWN, VILLAGE, FAR = "360730000000", "360730100000", "360730100201", "360730101201"
_PLACES = (
    (COUNTY, "示例县", Level.COUNTY, ""), (TOWN, "梅江镇", Level.TOWNSHIP, COUNTY),
    ("360730101000", "固厚乡", Level.TOWNSHIP, COUNTY), (VILLAGE, "溪口村", Level.VILLAGE, TOWN),
    (FAR, "岭背村", Level.VILLAGE, "360730101000"),
)  # fmt: skip


@dataclass
class Class:
    """Who teaches, who helps, where."""

    office: User
    teacher: User
    assistant: User
    school: School
    lead: EndPoint
    here: EndPoint
    there: EndPoint
    term: Term
    course: Course

    def lesson(self, number: int = 0) -> Lesson:
        """Return a lesson of the term, in order of time."""
        return Lesson.objects.order_by("starts_at")[number]


def act(by: User, at: datetime = NOW, **more: Any) -> Act:
    return Act(by=Viewer.of(by, TODAY), at=at, **more)


def make_class(person: Callable[..., Any]) -> Class:
    """Fill an empty database with a class. Keys must be there."""
    for code, name, level, parent in _PLACES:
        Division.objects.create(code=code, name=name, name_en=name, level=level, parent_code=parent)
    County.objects.create(code=COUNTY, name="示例县", name_en="Sample County")
    office, teacher, assistant = person("EDUCATION_OFFICE", COUNTY), person("TEACHER", COUNTY), person("TEACHER", VILLAGE)  # fmt: skip
    by = act(office)
    lead_school = actions.put_school(act=by, name="名校", division_code=COUNTY)
    school = actions.put_school(act=by, name="溪口小学", division_code=VILLAGE)
    far = actions.put_school(act=by, name="岭背小学", division_code=FAR)

    def room(of: School, kind: str, code: str, helper: User | None = None) -> EndPoint:
        given = helper.public_id if helper else None
        return actions.put_room(act=by, school=of, room="一号", kind=kind, division_code=code, assistant=given)  # fmt: skip

    lead, here, there = room(lead_school, "LEAD", COUNTY), room(school, "RECEIVE", VILLAGE, assistant), room(far, "RECEIVE", FAR)  # fmt: skip
    term = actions.put_term(act=by, name="秋季", first_day=date(2026, 11, 2), last_day=date(2026, 12, 31))
    course = actions.put_course(
        act=by, term=term, title="三年级音乐", subject="MUSIC", grade=3, lead=lead, teacher=teacher.public_id,
        teacher_name="某老师", weekly=1,
    )  # fmt: skip
    actions.put_slot(
        act=by, course=course, weekday=0, begins=time(10), ends=time(10, 40), receivers=[here, there]
    )
    actions.make_lessons(act=by, term=term)
    return Class(office, teacher, assistant, school, lead, here, there, term, course)


@pytest.fixture
def room(db: None, person_in_post: Callable[..., Any]) -> Class:
    return make_class(person_in_post)
