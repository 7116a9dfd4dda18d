"""A season at the village clinic: the campaign and the consultations of the report's year, and one patient of today."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from random import Random

from PIL import Image, ImageDraw

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.clinic import actions
from xiangqiao.clinic.actions import Listed
from xiangqiao.clinic.models import Institution
from xiangqiao.config.season.stage import Stage
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Membership
from xiangqiao.places.queries import place
from xq_demo.names import Names

_BEGAN, _UNTIL = date(2016, 1, 1), date(2036, 1, 1)
# Of the report (2016-11-29): 1,053 people examined are 67.4 % of the village; 14 poor patients were consulted.
_RESIDENTS, _EXAMINED, _CONSULTED = 1562, 1053, 14
_FIRST, _LAST = date(2016, 9, 5), date(2016, 11, 25)


def play(stage: Stage) -> None:
    """Play the report's year and today."""
    hospitals = _institutions(stage)
    dice = Random(20161129)  # noqa: S311 - a season, not a secret
    _campaign(stage, dice)
    for number in range(_CONSULTED):
        _consultation(stage, hospitals[number % len(hospitals)], number, dice)
    _today(stage, hospitals[0])


def _act(stage: Stage, username: str, at: datetime) -> Act:
    """Return an act of the season's past by one of its people."""
    return Act(by=Viewer.of(stage.users[username], day_of(stage.now)), at=at, source=Source.COMMAND)


def _institutions(stage: Stage) -> list[Institution]:
    act, village = _act(stage, "weijian", datetime(2016, 1, 4, 2, tzinfo=UTC)), place(stage.village)
    name = f"{village.name if village else ''}卫生室"
    clinic = actions.add_institution(act=act, kind="CLINIC", name=name, division_code=stage.village)
    hospitals = []
    for number, (title, grade) in enumerate((("县人民医院", "2A"), ("省级协作医院", "3A")), start=1):
        hospital = actions.add_institution(act=act, kind="HOSPITAL", name=title, grade=grade)
        actions.add_agreement(
            act=act,
            clinic=clinic,
            hospital=hospital,
            number=f"会诊〔2016〕{number} 号",
            valid_from=_BEGAN,
            valid_to=_UNTIL,
        )
        hospitals.append(hospital)
    for username, where, title in (("cunyi", clinic, "乡村医生"), ("yisheng", hospitals[0], "主任医师")):
        user = stage.users[username]
        actions.employ(
            act=act, institution=where, user=user.public_id, name=user.name, title=title, valid_from=_BEGAN
        )
    # The doctor of the season works at the first one.
    return hospitals[:1]


def _campaign(stage: Stage, dice: Random) -> None:
    act = _act(stage, "cunyi", datetime(2016, 9, 1, 2, tzinfo=UTC))
    campaign = actions.open_campaign(
        act=act, name="2016 年全村健康体检", begins_on=_FIRST, ends_on=_LAST, residents=_RESIDENTS,
        residents_source="村委会人口统计表", residents_on=date(2016, 8, 31),
    )  # fmt: skip
    names, days = Names(dice), (_LAST - _FIRST).days
    rows = []
    for _number in range(_EXAMINED):
        sex = dice.choice("MF")
        on = _FIRST + timedelta(days=dice.randrange(days + 1))
        rows.append(Listed(_name(names, sex), sex, dice.randrange(1930, 2012), on))
    at = datetime(2016, 11, 25, 8, tzinfo=UTC)
    actions.take_over_checkups(act=_act(stage, "cunyi", at), campaign=campaign.public_id, rows=rows)


def _name(names: Names, sex: str) -> str:
    return names.full(names.surname(), {"M": "MALE", "F": "FEMALE"}[sex])


def _consultation(stage: Stage, hospital: Institution, number: int, dice: Random) -> None:
    at = datetime(2016, 3, 1, 2, tzinfo=UTC) + timedelta(days=number * 18)
    village, doctor = _act(stage, "cunyi", at), _act(stage, "yisheng", at + timedelta(hours=3))
    name = _name(Names(dice), "M")
    patient = actions.register_patient(act=village, name=name, sex="M", born_year=1950 + number)
    actions.give_consent(
        act=village, patient=patient.public_id, scope="CONSULT", how="SIGNED", given_on=day_of(at),
        valid_to=day_of(at) + timedelta(days=365),
    )  # fmt: skip
    case = actions.open_case(act=village, patient=patient.public_id, complaint="咳嗽两周，夜间加重，无发热。")
    row = actions.ask(
        act=village,
        case=case.public_id,
        hospital=hospital.public_id,
        question="需要进一步检查吗？先怎样处理？",
    )
    actions.accept(act=doctor, consultation=row.public_id)
    actions.answer(
        act=doctor, consultation=row.public_id, text="先对症处理，一周后复查；如有加重，到县医院拍片。"
    )
    actions.close_consultation(act=_act(stage, "cunyi", at + timedelta(days=1)), consultation=row.public_id)


def _today(stage: Stage, hospital: Institution) -> None:
    """One of the village today: a consultation under way with an appointment, so that both doctors have work."""
    head = Membership.objects.select_related("person", "household").get(
        household__public_id=stage.households[0], is_head=True, valid_to__isnull=True
    )
    person, home = head.person, head.household
    act = stage.act("cunyi", 3)
    patient = actions.register_patient(
        act=act,
        name=person.name,
        sex="F" if person.sex == "FEMALE" else "M",
        born_year=person.birth_on.year if person.birth_on else 1958,
        household_no=home.household_no,
    )
    for scope in ("CONSULT", "CHECKUP"):
        actions.give_consent(
            act=act, patient=patient.public_id, scope=scope, how="SIGNED", given_on=day_of(act.at),
            valid_to=day_of(act.at) + timedelta(days=365),
        )  # fmt: skip
    case = actions.open_case(act=act, patient=patient.public_id, complaint="膝关节疼痛三个月，上下楼时明显。")
    actions.add_note(act=act, case=case.public_id, text="右膝轻度肿胀，活动时有响声。")
    actions.attach(act=act, case=case.public_id, kind="PHOTO", data=_drawing())
    row = actions.ask(
        act=act, case=case.public_id, hospital=hospital.public_id, question="需要拍片吗？平时怎样保养？"
    )
    doctor = stage.act("yisheng", 2)
    actions.accept(act=doctor, consultation=row.public_id)
    actions.appoint(act=doctor, consultation=row.public_id, at=stage.ago(-2, hour=2))
    actions.plan_followup(
        act=stage.act("cunyi", 1),
        patient=patient.public_id,
        due_on=day_of(stage.now) + timedelta(days=14),
        why="复查膝关节",
    )


def _drawing() -> bytes:
    """Return a drawn picture, not a photo: nobody's knee."""
    picture = Image.new("RGB", (640, 480), "#f3e9df")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((220, 130, 420, 330), fill="#e3c3a6", outline="#9b7b5f", width=4)
    draw.ellipse((290, 200, 350, 260), fill="#d99a86")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
