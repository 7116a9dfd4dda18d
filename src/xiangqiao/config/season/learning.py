"""A term of the shared classroom: a lead school far away, three rooms of the county, lessons held, missed and made up."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

from xiangqiao.config.season.stage import Stage
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.learning import actions, queries
from xiangqiao.learning.actions import classes
from xiangqiao.learning.models import Course, EndPoint, Lesson, Term
from xiangqiao.places import queries as places

LEAD_SCHOOL = "南昌大学附属学校（示例）"
_WEEKS = 8
# Title, subject, grade, weekly periods, (weekday, begins, ends) of each period.
COURSES = (
    ("三年级音乐", "MUSIC", 3, 1, ((1, time(10), time(10, 40)),)),
    ("四年级英语", "ENGLISH", 4, 2, ((0, time(9), time(9, 40)), (3, time(9), time(9, 40)))),
    ("三年级美术", "ART", 3, 1, ((4, time(14), time(14, 40)),)),
)
# Title, subject, grade, link, licence, source.
RESOURCES = (
    ("小学音乐同步课程", "MUSIC", 3, "https://basic.smartedu.cn/syncClassroom", "STATE", "国家中小学智慧教育平台"),
    ("小学英语同步课程", "ENGLISH", 4, "https://basic.smartedu.cn/syncClassroom/english", "STATE", "国家中小学智慧教育平台"),
    ("唐诗三百首", "CHINESE", 3, "https://zh.wikisource.org/wiki/唐詩三百首", "PUBLIC", "维基文库"),
    ("脐橙冬季管理图解", "FARMING", 0, "https://www.natesc.org.cn/", "STATE", "全国农业技术推广服务中心"),
)  # fmt: skip
BOOKS = (("唐诗三百首", "蘅塘退士", 3), ("昆虫记", "法布尔", 2), ("脐橙栽培技术问答", "", 2), ("安徒生童话", "安徒生", 4), ("农村法律常识", "", 1))  # fmt: skip


def play(stage: Stage) -> None:
    """Play the term by the acts that the county's people use."""
    rooms = _rooms(stage)
    term = _timetable(stage, rooms)
    _teach(stage, term)
    _corner(stage)
    for title, subject, grade, link, licence, source in RESOURCES:
        row = actions.put_resource(
            act=stage.act("jiaoyu", 40), title=title, subject=subject, grade=grade, link=link, licence=licence, source=source
        )  # fmt: skip
        notice = queries.resources_waiting().get(subject=row.public_id)
        actions.approve_resource(act=stage.act("xian", 39), publication=notice)


def _rooms(stage: Stage) -> dict[str, EndPoint]:
    """The lead room, the demo village's room with its assistant, and two more."""
    start = _WEEKS * 7 + 14
    villages = places.villages_below(stage.county)
    found = {}
    lead = actions.put_school(act=stage.act("jiaoyu", start), name=LEAD_SCHOOL, division_code=stage.county)
    found["lead"] = actions.put_room(
        act=stage.act("jiaoyu", start), school=lead, room="录播教室", kind="LEAD", division_code=stage.county,
        assistant=stage.users["mingshi"].public_id,
    )  # fmt: skip
    for number, village in enumerate((villages[0], villages[1], villages[5 % len(villages)])):
        code = stage.village if number == 0 else village.code
        name = places.place(code)
        school = actions.put_school(
            act=stage.act("jiaoyu", start), name=f"{name.name if name else code}小学", division_code=code
        )
        found[f"room{number}"] = actions.put_room(
            act=stage.act("jiaoyu", start), school=school, room="多媒体教室", kind="RECEIVE", division_code=code,
            assistant=stage.users["laoshi"].public_id if number == 0 else None,
        )  # fmt: skip
    for number, (key, kbps) in enumerate((("room0", 4_200), ("room1", 900), ("room2", 410))):
        checked = stage.act("jiaoyu", 0)
        actions.note_check(
            act=checked, viewer=stage.viewer("jiaoyu"), room=found[key], kbps=kbps, rtt_ms=30 + 40 * number, camera=number < 2
        )  # fmt: skip
    return found


def _timetable(stage: Stage, rooms: dict[str, EndPoint]) -> Term:
    today = day_of(stage.now)
    monday = today - timedelta(days=today.weekday() + 7 * _WEEKS)
    begun = stage.act("jiaoyu", _WEEKS * 7 + 13)
    term = actions.put_term(
        act=begun, name="本学期", first_day=monday, last_day=monday + timedelta(days=7 * (_WEEKS + 6) + 4)
    )
    receivers = [rooms["room0"], rooms["room1"], rooms["room2"]]
    for title, subject, grade, weekly, periods in COURSES:
        course: Course = actions.put_course(
            act=stage.act("jiaoyu", _WEEKS * 7 + 12), term=term, title=title, subject=subject, grade=grade,
            lead=rooms["lead"], teacher=stage.users["mingshi"].public_id, teacher_name=stage.users["mingshi"].name, weekly=weekly,
        )  # fmt: skip
        for weekday, begins, ends in periods:
            actions.put_slot(
                act=stage.act("jiaoyu", _WEEKS * 7 + 12), course=course, weekday=weekday, begins=begins, ends=ends,
                receivers=receivers,
            )  # fmt: skip
    actions.make_lessons(act=stage.act("jiaoyu", _WEEKS * 7 + 11), term=term)
    return term


def _teach(stage: Stage, term: Term) -> None:
    """Most lessons are held; every ninth is cancelled (and made up), every seventh fails, a line breaks now and then."""
    seen = queries.lessons(stage.viewer("jiaoyu"), first=term.first_day, last=day_of(stage.now))
    for number, lesson in enumerate([one for one in seen if one.ends_at < stage.now - timedelta(hours=1)]):
        if number % 9 == 5:
            again = _free_hour(stage.now, number)
            act = Act(
                by=stage.viewer("jiaoyu"), at=lesson.starts_at - timedelta(days=1), source=Source.COMMAND
            )
            actions.cancel_lesson(act=act, lesson=lesson, reason="学校停电检修", make_up_at=again)
        elif number % 7 != 3:
            _hold(stage, lesson, number)
    actions.miss(
        act=Act(by=stage.viewer("jiaoyu"), at=stage.now, source=Source.COMMAND), before=stage.now - timedelta(hours=1)
    )  # fmt: skip


def _free_hour(now: datetime, number: int) -> datetime:
    """A Saturday hour to come; each make-up has its own."""
    day = now + timedelta(days=(5 - now.weekday()) % 7 or 7)
    return day.replace(hour=1 + number % 8, minute=0, second=0, microsecond=0)


def _hold(stage: Stage, lesson: Lesson, number: int) -> None:
    teacher = Act(by=stage.viewer("mingshi"), at=lesson.starts_at, source=Source.COMMAND)
    actions.begin(act=teacher, lesson=lesson)
    lead = uuid4()
    actions.enter(
        lesson=lesson, room=lesson.course.lead_id, kind="LEAD", connection=lead, at=lesson.starts_at
    )
    actions.leave(connection=lead, at=lesson.ends_at)
    for place, seat in enumerate(lesson.seats.select_related("end_point")):
        if (number + place) % 8 == 6:
            continue
        here = uuid4()
        actions.enter(
            lesson=lesson, room=seat.end_point_id, kind="LIVE", connection=here,
            at=lesson.starts_at + timedelta(minutes=place),
        )  # fmt: skip
        broke = (number + place) % 11 == 4
        actions.leave(connection=here, at=lesson.ends_at - timedelta(minutes=20 if broke else 1))
        actions.count_heads(
            act=Act(by=stage.viewer("jiaoyu"), at=lesson.ends_at, source=Source.COMMAND), seat=seat,
            heads=17 + (number * 3 + place * 5) % 12,
        )  # fmt: skip
    if number % 4 == 1:
        for kind, minute in (("HAND_UP", 9), ("CALLED", 10)):
            classes.note_event(
                event=uuid4(), lesson=lesson, room=lesson.seats.order_by("id").values_list("end_point", flat=True)[0],
                kind=kind, at=lesson.starts_at + timedelta(minutes=minute),
            )  # fmt: skip
    actions.finish(
        act=Act(by=stage.viewer("mingshi"), at=lesson.ends_at, source=Source.COMMAND), lesson=lesson
    )


def _corner(stage: Stage) -> None:
    """The village school's reading corner: a household borrows the book on oranges, children borrow by their cards."""
    room = next(one for one in queries.rooms(stage.viewer("laoshi")) if one.division_code == stage.village)
    books = {}
    for title, author, copies in BOOKS:
        books[title] = actions.put_book(
            act=stage.act("laoshi", 50), school=room.school, title=title, author=author, copies=copies
        )
    for number, title in enumerate(("唐诗三百首", "昆虫记", "安徒生童话", "安徒生童话")):
        loan = actions.lend(act=stage.act("laoshi", 35 - number), book=books[title], card=f"D{number + 101}")
        if number < 2:
            actions.give_back(act=stage.act("laoshi", 12), loan=loan)
    if stage.households:
        actions.lend(
            act=stage.act("laoshi", 9),
            book=books["脐橙栽培技术问答"],
            card="J001",
            household=stage.households[0],
        )
