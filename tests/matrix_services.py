"""Samples of the information services' addresses for the access matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from xiangqiao.accounts.rules import Role
from xiangqiao.kernel import clock

if TYPE_CHECKING:
    from tests.matrix import Sample, World

COUNTY = "360730000000"
# The service centre's people see everything of the county; a department what is its own.
REVIEWING = frozenset({Role.COUNTY_OFFICE, Role.SERVICE_OFFICE})
DECIDING = frozenset({Role.COUNTY_OFFICE, Role.SERVICE_OFFICE, Role.DEPARTMENT})


def office_of(world: World) -> Any:
    """Return the office of the county's departments."""
    from xiangqiao.services.models import Office

    return world.once(
        "office", "", lambda: Office.objects.create(name="某局", role="DEPARTMENT", division_code=COUNTY)
    )


def matter_of(world: World) -> Any:
    """Return a service of the catalogue."""
    from xiangqiao.services.models import Matter

    return world.once(
        "matter",
        "",
        lambda: Matter.objects.create(
            code="some-matter", name="某事项", topic="OTHER", who="农户", working_days=5, office=office_of(world),
            where="便民服务中心", valid_from=clock.today(),
        ),
    )  # fmt: skip


def question_of(world: World, village: str) -> Any:
    """Return a question from a village that the department answers."""
    from xiangqiao.services.models import Question

    now = clock.now()
    return world.once(
        "services question",
        village,
        lambda: Question.objects.create(
            division_code=village, topic="OTHER", title="问题", text="什么事", state="ASSIGNED", office=office_of(world),
            asked_at=now, asked_on=clock.today(), channel="WEB", code_hash="x",
        ),
    )  # fmt: skip


def application_of(world: World, village: str) -> Any:
    """Return an application from a village that the department decides."""
    from xiangqiao.services.models import Application

    today = clock.today()
    return world.once(
        "application",
        village,
        lambda: Application.objects.create(
            division_code=village,
            matter=matter_of(world),
            applied_on=today,
            due_on=today,
            channel="WEB",
            code_hash="x",
        ),
    )


def notice_of(world: World, village: str, kind: str, row: dict[str, Any], *, out: bool, subject: Any) -> Any:
    """Return a publication about something, out already or waiting for a second person."""
    from xiangqiao.kernel import publication as guard
    from xiangqiao.kernel.act import Act
    from xiangqiao.services import published
    from xiangqiao.services.following import Guest

    def make() -> Any:
        act = Act(by=Guest(), at=clock.now())
        found = guard.submit(
            act=act, kind=published.KINDS[kind], title="某条", rows=[row], subject=subject, division_code=village,
            withdraw_on=clock.today() + timedelta(days=9),
        )  # fmt: skip
        if out:
            guard.approve(
                act=Act(by=world.person, at=clock.now()), kind=published.KINDS[kind], publication=found
            )
        return found

    return world.once(f"notice {kind} {out}", village, make)


def vacancy_of(world: World, _village: str) -> Any:
    """Return a job of the county that the public sees."""
    from xiangqiao.services.models import Vacancy

    today = clock.today()
    row = world.once(
        "vacancy",
        "",
        lambda: Vacancy.objects.create(
            title="普工", employer="某厂", employer_checked="看过执照", where="某市", division_code=COUNTY, wage_from_fen=1,
            wage_to_fen=2, places=1, valid_from=today, valid_to=today + timedelta(days=9),
        ),
    )  # fmt: skip
    shown = {"title": "普工", "employer": "某厂", "where": "某市", "wage_from": 1, "wage_to": 2, "period": "MONTH",
             "places": 1, "wants": "", "grant": 0, "until": row.valid_to}  # fmt: skip
    notice_of(world, COUNTY, "services.job", shown, out=True, subject=row.public_id)
    return row


def course_of(world: World, _village: str) -> Any:
    """Return a course of the county that the public sees."""
    from xiangqiao.services.models import Course

    row = world.once(
        "course",
        "",
        lambda: Course.objects.create(
            title="修剪", about="冬剪", teacher="某人", organiser="某局", division_code=COUNTY, place="村部", seats=3,
            apply_until=clock.today() + timedelta(days=5),
        ),
    )  # fmt: skip
    shown = {"title": "修剪", "about": "冬剪", "organiser": "某局", "place": "村部", "seats": 3, "first_day": None,
             "until": row.apply_until}  # fmt: skip
    notice_of(world, COUNTY, "services.course", shown, out=True, subject=row.public_id)
    return row


def goods_of(world: World, village: str, *, out: bool = True) -> Any:
    """Return the publication of goods of a village."""
    shown = {"kind": "OFFER", "crop": "RICE", "kilograms": 5, "price": None, "note": "", "township": "某镇",
             "until": clock.today() + timedelta(days=9)}  # fmt: skip
    subject = world.once("listing", village, lambda: _listing(village)).public_id
    return notice_of(world, village, "services.goods", shown, out=out, subject=subject)


def _listing(village: str) -> Any:
    from xiangqiao.services.models import Listing

    today = clock.today()
    return Listing.objects.create(
        division_code=village, kind="OFFER", crop="RICE", grams=5000, valid_from=today,
        valid_to=today + timedelta(days=9), channel="WEB", code_hash="x",
    )  # fmt: skip


def announcement_of(world: World, _village: str, *, out: bool = True) -> Any:
    """Return an announcement of the county with a file, out already or waiting."""
    from xiangqiao.kernel import publication as guard
    from xiangqiao.kernel.act import Act
    from xiangqiao.services import published
    from xiangqiao.services.following import Guest

    def make() -> Any:
        found = guard.submit(
            act=Act(by=Guest(), at=clock.now()), kind=published.ANNOUNCEMENT, title="某公告", division_code=COUNTY,
            rows=[{"sort": "NEWS", "text": "某事", "office": "某局"}], withdraw_on=clock.today() + timedelta(days=9),
            attachments=[guard.Attachment("说明.txt", "某事".encode())],
        )  # fmt: skip
        if out:
            guard.approve(
                act=Act(by=world.person, at=clock.now()), kind=published.ANNOUNCEMENT, publication=found
            )
        return found

    return world.once(f"announcement {out}", "", make)


def announced_file(world: World, *, out: bool) -> Any:
    """Return the name of the file beside an announcement."""
    return announcement_of(world, "", out=out).files.get().public_id


def order_of(world: World, village: str) -> Any:
    """Return an errand that none of the matrix's keepers took."""
    from xiangqiao.services.models import AgentOrder

    return world.once(
        "errand",
        village,
        lambda: AgentOrder.objects.create(
            receipt_no="R-1", keeper=uuid4(), keeper_label="某站长", division_code=village, errand="WATER", payee="水厂",
            customer="某人", amount_fen=100, cash_fen=100, on=clock.today(),
        ),
    )  # fmt: skip


def law_of(world: World) -> Any:
    """Return a text of the law shelf."""
    from xiangqiao.services.models import LawText

    return world.once(
        "law",
        "",
        lambda: LawText.objects.create(
            kind="LAW", title="某法", issuer="某机关", summary="要点", source="公报", valid_from=clock.today()
        ),
    )


def account_of(world: World, _village: str) -> Any:
    """Return an official account."""
    from xiangqiao.wechat.models import OfficialAccount

    return world.once(
        "wechat",
        "",
        lambda: OfficialAccount.objects.create(name="某公众号", division_code=COUNTY, app_id="wx1"),
    )


def at(key: str, made: Callable[[Any, str], Any]) -> Callable[[Any, str], Mapping[str, Any]]:
    """Name an object by its public id under a parameter."""
    return lambda world, village: {key: made(world, village).public_id}


def samples(sample: type[Sample]) -> dict[str, Sample]:
    """Return a sample for each address of the information services."""
    plain = (
        "ask", "follow", "answers", "catalogue", "goods", "post_goods", "jobs", "courses", "laws", "mine", "paid", "desk",
        "ask_for", "questions", "applications", "duties", "boards", "new_job", "new_course", "counter", "announcements",
        "our_announcements", "new_announcement",
    )  # fmt: skip
    nowhere = {"question_id": "own_question", "application_id": "own_application", "listing_id": "own_goods",
               "applicant_id": "own_worker", "enrolment_id": "own_seat"}  # fmt: skip
    none: frozenset[Any] = frozenset()
    question, application = at("question_id", question_of), at("application_id", application_of)
    return {
        **{f"services:{name}": sample() for name in plain},
        **{
            f"services:{name}": sample(lambda _world, _village, key=key: {key: uuid4()})  # type: ignore[misc]
            for key, name in nowhere.items()
        },
        "services:question_said": sample(lambda _world, _village: {"question_id": uuid4()}, method="post"),
        "services:matter": sample(lambda world, _village: {"code": matter_of(world).code}),
        "services:law": sample(lambda world, _village: {"law_id": law_of(world).public_id}),
        "services:entry": sample(lambda world, village: {"listing_id": goods_of(world, village).subject}),
        "services:job": sample(at("vacancy_id", vacancy_of)),
        "services:course": sample(at("course_id", course_of)),
        "services:question": sample(question, only=DECIDING),
        "services:application": sample(application, only=DECIDING),
        "services:notice": sample(
            lambda world, village: {"notice_id": goods_of(world, village, out=False).public_id},
            method="post",
            data={"step": "approve"},
        ),
        "services:announcement": sample(at("announcement_id", announcement_of)),
        "services:announcement_file": sample(
            lambda world, _village: {"file_id": announced_file(world, out=True)}
        ),
        "services:file_under_review": sample(
            lambda world, _village: {"file_id": announced_file(world, out=False)}, only=REVIEWING
        ),
        "services:take_down_announcement": sample(
            at("announcement_id", announcement_of), method="post", data={"reason": "旧了"}
        ),
        "services:workers": sample(at("vacancy_id", vacancy_of)),
        "services:roll": sample(at("course_id", course_of)),
        "wechat:accounts": sample(),
        "wechat:endpoint": sample(at("account_id", account_of)),
        "services:drawer": sample(method="post", data={"step": "open", "open-opening": "1"}),
        "services:errand": sample(at("order_id", order_of), only=none),
        "services:receipt": sample(at("order_id", order_of), only=none),
    }
