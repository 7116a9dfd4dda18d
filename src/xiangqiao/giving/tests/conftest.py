"""A village with two households, the people of giving in their posts, an appeal that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from xiangqiao.accounts.actions.grants import grant
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.giving import actions
from xiangqiao.giving.models import Appeal, Gift, Need
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household, Membership, Person
from xiangqiao.places.models import County, Division, Level
from xiangqiao.places.queries import forget_divisions

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY, UNTIL = date(2026, 11, 20), date(2027, 2, 1)
COUNTY, TOWN, VILLAGE = "360730000000", "360730102000", "360730102201"
SYSTEM = SystemViewer("测试")
GOODS = actions.Want("GOODS", "棉被", 4, 12_000, "镇上两家店报价", "床")
HOURS = actions.Want("HOURS", "修屋顶", 600, 3_000, "木工估工时")
MONEY = actions.Want("MONEY", "手术费自付部分", 12_000_000, 0, "医院费用估算，已减医保")


@dataclass
class World:
    """The village, and acts by its people."""

    person_in_post: Callable[..., Any]
    home: Household
    now: datetime = NOW
    people: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return day_of(self.now)

    def user(self, role: str) -> Any:
        if role not in self.people:
            where = {"VILLAGE_CLERK": VILLAGE, "STATION_KEEPER": VILLAGE, "TOWNSHIP_CLERK": TOWN}
            self.people[role] = self.person_in_post(role, where.get(role, COUNTY), username=role.lower())
        return self.people[role]

    def viewer(self, role: str) -> Viewer:
        return Viewer.of(self.user(role), self.day)

    def act(self, role: str, reason: str = "") -> Act:
        return Act(by=self.viewer(role), at=self.now, reason=reason)

    def own(self) -> Viewer:
        """The household's own member, by a grant."""
        user = self.user("MEMBER")
        grant(act=Act(by=SYSTEM, at=self.now), user=user.public_id, subject=self.home.public_id,
              capability=Can.OWN_HOUSEHOLD, valid_from=date(2020, 1, 1), basis="test")  # fmt: skip
        return Viewer.of(user, self.day)

    def raised(self, wants: Iterable[actions.Want] = (GOODS, HOURS), by: str = "VOLUNTEER") -> Appeal:
        return actions.raise_appeal(
            act=self.act(by), viewer=self.viewer(by), household_no=self.home.household_no,
            head_name=self.home.head_name, title="过冬", story="老屋漏雨，缺棉被。", wants=list(wants),
        )  # fmt: skip

    def verify(self, appeal: Appeal, role: str, *, confirms: bool = True) -> None:
        actions.verify_appeal(
            act=self.act(role), viewer=self.viewer(role), appeal=appeal, visited_on=self.day, notes="看过屋顶和床铺",
            confirms=confirms,
        )  # fmt: skip

    def verified(self, **more: Any) -> Appeal:
        appeal = self.raised(**more)
        self.verify(appeal, "VILLAGE_CLERK")
        self.verify(appeal, "COUNTY_OFFICE")
        return appeal

    def proposed(self, appeal: Appeal, text: str = "一户老人家过冬缺被褥，屋顶漏雨。", **more: Any) -> Any:
        return actions.propose_publication(
            act=self.act("GIVING_OFFICE"), viewer=self.viewer("GIVING_OFFICE"), appeal=appeal, title="过冬",
            text=text, withdraw_on=self.day + timedelta(days=70), consent_by="户主本人", consent_on=self.day, **more,
        )  # fmt: skip

    def opened(self, **more: Any) -> Appeal:
        appeal = self.verified(**more)
        publication = self.proposed(appeal)
        return actions.approve_appeal(
            act=self.act("COUNTY_OFFICE"), viewer=self.viewer("COUNTY_OFFICE"), publication=publication
        )

    def offer(self, need: Need, amount: int, **more: Any) -> Gift:
        from xiangqiao.giving.rules.needs import UNIT_OF

        given: dict[str, Any] = {
            "act": self.act("VOLUNTEER"),
            "donor": actions.Donor("沈先生"),
            "value_fen": 100,
        } | more
        return actions.offer_gift(
            need=need, what=need.what, unit=UNIT_OF[need.kind], amount=amount, **given
        ).gift

    def match(self, gift: Gift, need: Need) -> None:
        actions.match_gift(
            act=self.act("GIVING_OFFICE"), viewer=self.viewer("GIVING_OFFICE"), gift=gift, need=need
        )

    def delivered(self, need: Need, amount: int, **more: Any) -> Gift:
        gift = self.offer(need, amount)
        self.match(gift, need)
        actions.deliver_gift(
            act=self.act("STATION_KEEPER"), viewer=self.viewer("STATION_KEEPER"), gift=gift, voucher="收条 7"
        )
        return gift


def make_world(person_in_post: Callable[..., Any], now: datetime = NOW) -> World:
    """Make the village in an empty database."""
    create_keys()
    County.objects.create(code=COUNTY, name="示例县")
    for code, name, level, parent in (
        (COUNTY, "示例县", Level.COUNTY, ""), (TOWN, "梅江镇", Level.TOWNSHIP, COUNTY),
        (VILLAGE, "溪口村", Level.VILLAGE, TOWN),
    ):  # fmt: skip
        Division.objects.create(code=code, name=name, name_en=name, level=level, parent_code=parent)
    forget_divisions()
    home = Household.objects.create(
        household_no="3607301001", division_code=VILLAGE, head_name="温水生", size=1
    )
    person = Person.objects.create(name="温水生", division_code=VILLAGE)
    Membership.objects.create(
        household=home, person=person, is_head=True, relation="HEAD", valid_from=date(2016, 1, 1)
    )
    return World(person_in_post, home, now)


@pytest.fixture
def world(db: None, person_in_post: Callable[..., Any]) -> World:
    return make_world(person_in_post)
