"""Sign-ins of the demo county: published on purpose, for invented people only."""

from __future__ import annotations

from datetime import date, datetime

from xiangqiao.accounts.actions.posts import give_post
from xiangqiao.accounts.actions.sign_in import enrol_second_factor
from xiangqiao.accounts.actions.users import create_user
from xiangqiao.accounts.models import RoleChoices, User
from xiangqiao.accounts.rules import NEEDS_TOTP, Role
from xiangqiao.config.county import FOUNDER
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.places import queries as places

PASSWORD = "xiangqiao-demo-2026"  # noqa: S105 - printed on the screen, for invented people
TOTP_SECRET = "XIANGQIAODEMOSECRET234567ABCDEFG"  # noqa: S105 - as above
_SINCE = date(2020, 1, 1)


def demo_posts(county: str) -> list[tuple[str, str, Role, str]]:
    """Return (sign-in name, name, post, division) of the demo's users; places are the first ones of the tree."""
    township = places.children(county)[0]
    village = places.children(township.code)[0]
    return [
        ("xian", "谢文静", Role.COUNTY_OFFICE, county),
        ("zhenzhang", "温国栋", Role.TOWNSHIP_LEADER, township.code),
        ("zhen", "曾秋萍", Role.TOWNSHIP_CLERK, township.code),
        ("cun", "钟立新", Role.VILLAGE_CLERK, village.code),
        ("shuji", "罗志平", Role.FIRST_SECRETARY, village.code),
        ("duiyuan", "宁小川", Role.TEAM_MEMBER, village.code),
        ("ganbu", "黄晓岚", Role.CADRE, county),
        ("bumen", "邱明远", Role.DEPARTMENT, county),
        ("shenji", "赖思齐", Role.AUDITOR, county),
        ("xitong", "刘建业", Role.SYSTEM_ADMIN, county),
        ("anquan", "李若云", Role.SECURITY_ADMIN, county),
        ("shenjiguanli", "廖正则", Role.AUDIT_ADMIN, county),
        ("zhanzhang", "何春生", Role.STATION_KEEPER, village.code),
        ("laoshi", "卢雨桐", Role.TEACHER, village.code),
        ("mingshi", "涂静怡", Role.TEACHER, county),
        ("cunyi", "胡济民", Role.VILLAGE_DOCTOR, village.code),
        ("yisheng", "陈守仁", Role.HOSPITAL_DOCTOR, county),
        ("zhiyuan", "彭小雪", Role.VOLUNTEER, county),
        ("dianshang", "崔立春", Role.COMMERCE_OFFICE, county),
        ("wangxin", "丁海涛", Role.NETWORK_OFFICE, county),
        ("jiaoyu", "熊慧敏", Role.EDUCATION_OFFICE, county),
        ("weijian", "万志安", Role.HEALTH_OFFICE, county),
        ("xinxi", "龚佳音", Role.SERVICE_OFFICE, county),
        ("gongyi", "严若兰", Role.GIVING_OFFICE, county),
        ("cunmin", "朱光华", Role.MEMBER, county),
        ("maijia", "林可心", Role.MEMBER, county),
        ("juanzeng", "沈博文", Role.MEMBER, county),
    ]


def create_demo_users(county: str, *, now: datetime) -> list[User]:
    """Make the demo's users with their posts, and the second factor where the post demands it. Idempotent."""
    act = Act(by=FOUNDER, at=now, source=Source.COMMAND)
    made: list[User] = []
    for username, name, role, division in demo_posts(county):
        if User.objects.filter(username=username).exists():
            continue
        user = create_user(act=act, username=username, name=name, password=PASSWORD).user
        give_post(act=act, user=user, role=role, division_code=division, valid_from=_SINCE)
        if role in NEEDS_TOTP:
            enrol_second_factor(act=act, user=user, secret=TOTP_SECRET)
        made.append(user)
    return made


def office_of(role: Role, place: str) -> str:
    """Return an office in words, in the reader's language: the place and the post."""
    return f"{place} {RoleChoices(role).label}"
