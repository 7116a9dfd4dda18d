"""A season of the information services: duty list, questions, applications, boards, errands, a WeChat account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from xiangqiao.config.season.information_words import (
    ANNOUNCEMENTS,
    ANSWERS,
    AWAY,
    LAWS,
    MATTERS,
    OFFICES,
    PUBLIC,
    QUESTIONS,
)
from xiangqiao.config.season.stage import Stage
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Membership
from xiangqiao.places import queries as places
from xiangqiao.services import actions
from xiangqiao.services.following import Asker, Guest
from xiangqiao.services.models import Matter, Office, Question
from xiangqiao.services.words import Channel, Consent
from xiangqiao.wechat.actions import put_account

# Days ago and number of the errands of the household that the tour follows: the phone, and today the electricity.
_OURS = {(2, 1), (0, 0)}
_PHONE = "1380000%04d"


def play(stage: Stage) -> None:
    """Play the season with the demo's people; everything by the acts that a county uses."""
    offices = _duty_list(stage)
    _catalogue(stage, offices)
    _ask(stage)
    _boards(stage)
    _jobs(stage)
    _apply(stage)
    _courses(stage)
    _announce(stage)
    _counter(stage)
    put_account(
        act=stage.act("xinxi", 120), name="宁都为农服务（示例）", division_code=stage.county, app_id="wx-demo-county",
        token="demo", aes_key="d" * 43, secret="demo",  # noqa: S106 - of an account that does not exist
    )  # fmt: skip


def _duty_list(stage: Stage) -> dict[str, Office]:
    since = day_of(stage.ago(150))
    found = {}
    for name, english, role, days, topics in OFFICES:
        where = stage.village if role == "VILLAGE_CLERK" else stage.county
        found[name] = actions.put_office(
            act=stage.act("xinxi", 150), name=name, name_en=english, role=role, division_code=where
        )
        for topic in topics:
            actions.put_duty(
                act=stage.act("xinxi", 150), topic=topic, division_code=where, office=found[name], working_days=days, on=since
            )  # fmt: skip
    return found


def _catalogue(stage: Stage, offices: dict[str, Office]) -> None:
    for one in MATTERS:
        values = dict(one)
        office = offices[values.pop("office")]
        actions.put_matter(act=stage.act("xinxi", 150), office=office, on=day_of(stage.ago(150)), **values)
    for kind, title, issuer, number, since, summary in LAWS:
        actions.put_law(
            act=stage.act("xinxi", 149), title=title, valid_from=since, kind=kind, issuer=issuer, number=number,
            summary=summary, source=f"{issuer}公布的文本",
        )  # fmt: skip


def _asker(stage: Stage, number: int, **more: Any) -> Asker:
    villages = places.villages_below(stage.county)
    return Asker(
        **{
            "division_code": villages[number * 7 % len(villages)].code,
            "phone": _PHONE % number,
            "name": f"{'廖钟温罗曾邱'[number % 6]}某",
            **more,
        }
    )


def _ask(stage: Stage) -> None:
    """Questions over four months: most answered in time, some solved, some opened again, some late, some fresh."""
    for number, (topic, title, text) in enumerate(QUESTIONS * 2):
        days_ago = 110 - number * 3
        channel = (Channel.WEB, Channel.WECHAT, Channel.PHONE)[number % 3]
        act = Act(by=Guest(label="网站来访者"), at=stage.ago(days_ago))
        asker = _asker(stage, number, channel=channel)
        question = actions.ask(
            act=act, asker=asker, topic=topic, title=title, text=text, may_publish=number % 2 == 0
        ).question
        _handle(stage, question, number, days_ago)
    # The keeper asks for a household of the village, the clerk takes over what stood in a group.
    if stage.households:
        home = Asker(
            division_code=stage.village, name="村民", phone=_PHONE % 900, household=stage.households[0],
            consent=Consent.PRESENT, channel=Channel.COUNTER,
        )  # fmt: skip
        kept = actions.ask(
            act=stage.act("zhanzhang", 20),
            asker=home,
            topic="MEDICAL",
            title="外地住院能报多少",
            text="老人去赣州住院，回来怎么报销？",
        ).question
        _answer(stage, kept, 18, AWAY)
        group = Asker(
            division_code=stage.village, name="群里村民", channel=Channel.GROUP, consent=Consent.PHONE,
            source_note="村民微信群", household=stage.households[1 % len(stage.households)],
        )  # fmt: skip
        actions.ask(
            act=stage.act("cun", 1),
            asker=group,
            topic="POWER",
            title="电压不稳",
            text="晚上灯一闪一闪，电饭煲烧不开。",
        )


def _handle(stage: Stage, question: Question, number: int, days_ago: int) -> None:
    if days_ago < 6 or number % 11 == 10:
        return
    _answer(stage, question, days_ago - 3, ANSWERS.get(question.topic, ANSWERS["OTHER"]))
    asker = Guest(follows=frozenset({question.public_id}))
    if number % 5 != 4:
        solved, satisfied = number % 7 != 3, "YES" if number % 6 else "PARTLY"
        rated = Act(by=asker, at=stage.ago(days_ago - 4))
        actions.rate(act=rated, question=question, solved=solved, satisfied=satisfied)
        if not solved and number % 2:
            actions.reopen(
                act=Act(by=asker, at=stage.ago(days_ago - 4, 10)),
                question=question,
                remark="说了办，还没有办。",
            )
            actions.answer(
                act=stage.act("xinxi", days_ago - 6),
                question=question,
                text="已派人到现场看过，材料补齐，本月底前办好。",
            )


def _answer(stage: Stage, question: Question, days_ago: int, text: str) -> None:
    if question.state == "RECEIVED":
        centre = Office.objects.get(name="县信息服务中心")
        actions.assign(act=stage.act("xinxi", days_ago + 1), question=question, office=centre)
    actions.accept(act=stage.act("xinxi", days_ago, 1), question=question)
    actions.answer(act=stage.act("xinxi", days_ago, 8), question=question, text=text)
    out = Question.objects.filter(topic=question.topic, notice__isnull=False).exists()
    if question.may_publish and question.topic in PUBLIC and not out:
        title, asked = PUBLIC[question.topic]
        notice = actions.submit_question(
            act=stage.act("xinxi", max(days_ago - 1, 1)),
            question=question,
            title=title,
            text=asked,
            answer=text,
        )
        actions.approve_out(act=stage.act("xian", max(days_ago - 1, 1), 9), publication=notice)


def _boards(stage: Stage) -> None:
    goods = (
        ("OFFER", "NAVEL_ORANGE", 6_000, 480, "自家果园，套袋果"), ("WANT", "NAVEL_ORANGE", 5_000, 500, "长期收，开车来拉"),
        ("OFFER", "RICE", 1_500, 320, "今年新米"), ("OFFER", "CHICKEN", 200, 3600, "散养三黄鸡"),
        ("WANT", "CHICKEN", 300, 3500, "饭店用"), ("OFFER", "SWEET_POTATO", 900, None, "红心红薯"),
        ("OFFER", "LOTUS_SEED", 120, 6800, "通心白莲"), ("WANT", "MUSHROOM", 80, None, "食堂采购"),
    )  # fmt: skip
    for number, (kind, crop, kg, price, note) in enumerate(goods):
        start = day_of(stage.ago(12 - number))
        listed = actions.post_goods(
            act=Act(by=Guest(label="网站来访者"), at=stage.ago(12 - number)), asker=_asker(stage, 40 + number), kind=kind,
            crop=crop, grams=kg * 1000, price_fen_per_kg=price, note=note, valid_from=start,
            valid_to=start + timedelta(days=60),
        ).listing  # fmt: skip
        if number < len(goods) - 1:
            notice = actions.publishing.notice_of(listed)
            actions.approve_out(act=stage.act("xinxi", 12 - number, 6), publication=notice)


def _apply(stage: Stage) -> None:
    """A villager applies for the child of the household: a paper is missing, it is brought, aid is granted and collected."""
    if not stage.households:
        return
    applicant = stage.users["cunmin"]
    asker = Asker(
        division_code=stage.village, name=applicant.name, phone=_PHONE % 900, asker=applicant.public_id,
        household=stage.households[0],
    )  # fmt: skip
    matter = Matter.objects.get(code="student-aid", valid_to__isnull=True)
    row, code = actions.apply_for(
        act=stage.act("cunmin", 70), asker=asker, matter=matter, entries={"grade": "小学四年级", "boarding": "no"},
        papers=["户口簿"],
    )  # fmt: skip
    actions.want_papers(act=stage.act("jiaoyu", 69), application=row, wanted="缺学籍证明，请到学校教务处开。")
    row.refresh_from_db()
    actions.supplement(act=stage.act("cunmin", 66), application=row, papers=["学籍证明"])
    row.refresh_from_db()
    actions.decide(
        act=stage.act("jiaoyu", 58), application=row, granted=True, reason="符合学生资助政策，按学期发放。"
    )
    row.refresh_from_db()
    actions.collect(act=stage.act("jiaoyu", 56), application=row, code=code)


def _jobs(stage: Stage) -> None:
    for title, employer, low, high, start in (
        ("电子厂普工", "示例电子厂（东莞）", 480_000, 620_000, 130), ("制衣车工", "示例服装厂（赣州）", 420_000, 700_000, 6),
    ):  # fmt: skip
        job = actions.post_job(
            act=stage.act("xinxi", start), division_code=stage.county, valid_from=day_of(stage.ago(start)),
            valid_to=day_of(stage.ago(start)) + timedelta(days=40), title=title, employer=employer,
            employer_checked="看过营业执照，劳动监察没有欠薪记录", where="广东东莞" if start > 100 else "江西赣州",
            wage_from_fen=low, wage_to_fen=high, period="MONTH", places=20, wants="18 至 50 岁", travel_grant_fen=30_000,
        )  # fmt: skip
        actions.approve_out(act=stage.act("xian", start), publication=actions.publishing.notice_of(job))
        people = [
            actions.want_job(
                act=Act(by=Guest(label="网站来访者"), at=stage.ago(start - 1)),
                asker=_asker(stage, 100 + n + start),
                vacancy=job,
            )[0]
            for n in range(6 if start > 100 else 3)
        ]
        if start < 100:
            continue
        bus = actions.plan_bus(
            act=stage.act("xinxi", start - 3), vacancy=job, leaves_on=day_of(stage.ago(start - 10)), meet_at="县汽车站 7:00",
            bus="一号车", seats=10,
        )  # fmt: skip
        for number, person in enumerate(people):
            actions.seat_worker(act=stage.act("xinxi", start - 4), group=bus, applicant=person)
            person.refresh_from_db()
            actions.note_arrival(
                act=stage.act("xinxi", start - 11),
                applicant=person,
                arrived=number != 5,
                on=day_of(stage.ago(start - 11)),
            )
            if number < 4:
                person.refresh_from_db()
                actions.follow_up(act=stage.act("xinxi", 25), applicant=person, still_working=number != 3)


def _courses(stage: Stage) -> None:
    for title, about, start in (
        ("脐橙冬季修剪", "修剪、清园、防冻，果园里现场教", 45),
        ("养鸡防病", "疫苗、消毒、饲料搭配", 2),
    ):
        opens = day_of(stage.ago(start))
        course = actions.post_course(
            act=stage.act("xinxi", start), division_code=stage.county, seats=12, apply_until=opens + timedelta(days=10),
            days=[(opens + timedelta(days=12), "9:00–11:30"), (opens + timedelta(days=13), "9:00–11:30")],
            title=title, about=about, teacher="县果业局技术员", organiser="县信息服务中心", place="便民服务中心二楼",
        )  # fmt: skip
        actions.approve_out(act=stage.act("xian", start), publication=actions.publishing.notice_of(course))
        seats = [
            actions.enrol(
                act=Act(by=Guest(label="网站来访者"), at=stage.ago(start - 1)),
                asker=_asker(stage, 300 + n + start),
                course=course,
            )[0]
            for n in range(8 if start > 20 else 4)
        ]
        if start > 20:
            for number, day in enumerate(course.days.order_by("on")):
                actions.hold_day(
                    act=stage.act("xinxi", start - 13 - number),
                    day=day,
                    came={one.pk for one in seats[: 7 - number]},
                )


def _announce(stage: Stage) -> None:
    """Four announcements that are out, and one that waits for the second person."""
    for number, (sort, title, text, office, days) in enumerate(ANNOUNCEMENTS):
        row = actions.announce(
            act=stage.act("xinxi", days), division_code=stage.county, sort=sort, title=title, text=text, office=office,
            withdraw_on=day_of(stage.ago(days)) + timedelta(days=90),
        )  # fmt: skip
        if number < len(ANNOUNCEMENTS) - 1:
            actions.approve_out(act=stage.act("xian", days, 10), publication=row)


def _counter(stage: Stage) -> None:
    """The keeper's errands of three days; the last day is still open. Hours are told in UTC."""
    errands = (
        ("ELECTRICITY", "县供电公司", 8_650, 10_000), ("PHONE", "移动营业厅", 5_000, 5_000), ("WATER", "自来水厂", 3_240, 5_000),
        ("TICKET", "赣州汽车站", 7_200, 10_000),
    )  # fmt: skip
    for days_ago in (2, 1, 0):
        actions.open_drawer(
            act=stage.act("zhanzhang", days_ago, 0), division_code=stage.village, opening_fen=20_000
        )
        held = 20_000
        for number, (errand, payee, amount, cash) in enumerate(errands[: 4 if days_ago else 2]):
            order = actions.take_order(
                act=stage.act("zhanzhang", days_ago, 1 + number), division_code=stage.village, errand=errand, payee=payee,
                customer=_customer(stage, number, ours=(days_ago, number) in _OURS), amount_fen=amount, cash_fen=cash,
                account="07971234567", household=stage.households[0] if (days_ago, number) in _OURS else None,
            )  # fmt: skip
            if days_ago == 1 and errand == "TICKET":
                actions.fail(act=stage.act("zhanzhang", 1, 6), order=order, reason="当天车票已售完")
                continue
            held += amount
            if days_ago:
                actions.execute(
                    act=stage.act("zhanzhang", days_ago, 2 + number),
                    order=order,
                    reference=f"LS{days_ago}{number:03d}",
                )
        if days_ago:
            actions.close_drawer(
                act=stage.act("zhanzhang", days_ago, 10), division_code=stage.village, counted_fen=held
            )


def _customer(stage: Stage, number: int, *, ours: bool) -> str:
    """Return whose errand it is, as a keeper writes it on the receipt; `ours` are those of the household of the tour."""
    if not ours:
        return f"{'廖钟温罗'[number]}大爷"
    name = Membership.objects.values_list("person__name", flat=True).get(
        household__public_id=stage.households[0], is_head=True, valid_to__isnull=True
    )
    return f"{name[0]}大爷"
