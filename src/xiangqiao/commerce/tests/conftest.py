"""A township with two villages, a station whose keeper stands at the counter, households that bring goods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import Intake, Lot, Offer, Order, Station
from xiangqiao.commerce.queries.counter import AtCounter
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household
from xiangqiao.places.actions import DivisionRow, load_divisions

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
COUNTY, TOWN, FAR_TOWN = "360730000000", "360730102000", "360730103000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "360730102201", "360730102202", "360730103201"
JOB = SystemViewer("测试")
ROWS = [
    DivisionRow(COUNTY, "宁都县"), DivisionRow(TOWN, "梅江镇"), DivisionRow(FAR_TOWN, "固厚乡"),
    DivisionRow(VILLAGE, "溪口村"), DivisionRow(NEXT_VILLAGE, "竹坑村"), DivisionRow(FAR_VILLAGE, "岭背村"),
]  # fmt: skip


@dataclass
class Town:
    """Who is there, and what they usually do."""

    station: Station
    keeper: Viewer
    office: Viewer
    leader: Viewer
    homes: list[AtCounter]

    def act(self, by: Any = None, *, days: int = 0, key: UUID | None = None, reason: str = "") -> Act:
        """Return an act some days after the first, by the keeper where nobody else is named."""
        return Act(by=by or self.keeper, at=NOW + timedelta(days=days), key=key, reason=reason)

    def bring(self, home: int = 0, grams: int = 10_000, price: int = 600, **more: Any) -> Intake:
        """A household brings oranges."""
        goods = actions.Goods("脐橙", "一级", grams, price)
        return actions.take_in(
            act=self.act(), station=self.station, home=self.homes[home], goods=goods, **more
        )

    def offer(self, lot: Lot, *, pack: int = 5_000, price: int = 5_000, words: Any = None) -> Offer:
        """The keeper offers a lot, and the township's leader approves what is said of it."""
        row = actions.offer(
            act=self.act(), lot=lot.public_id, pavilion="ningdu", pack_grams=pack, price_fen=price,
            words=words or actions.Words("脐橙 5 公斤装", "刚下树的脐橙。", "Navel oranges, 5 kg", "Fresh from the tree."),
        )  # fmt: skip
        self.approve(row)
        return row

    def approve(self, row: Offer) -> None:
        """The township's leader approves the words of an offer."""
        waiting = Publication.objects.get(subject=row.public_id)
        actions.decide_words(act=self.act(self.leader, reason="看过"), publication=waiting, good=True)

    def order(self, offer: Offer, packs: int = 1, *, way: str = "PICK_UP", key: UUID | None = None, **more: Any) -> Order:  # fmt: skip
        """A guest orders."""
        wanted = actions.Wanted(
            packs, "林可心", more.pop("phone", "13800138000"), way, "ON_DELIVERY", "梅江镇解放路 1 号"
        )
        act = self.act(more.pop("by", actions.Guest()), key=key)
        return actions.place_order(act=act, offer=offer.code, wanted=replace(wanted, **more))

    def delivered(self, offer: Offer, packs: int = 1, number: str = "1") -> Order:
        """An order sent, delivered and paid."""
        order = self.order(offer, packs, way="SEND", phone=f"138{len(number):01d}{int(number):07d}")
        actions.ship(
            act=self.act(),
            station=self.station,
            orders=[order.public_id],
            carrier="邮政",
            number=f"EA{number}",
        )
        return actions.note_delivered(act=self.act(), order=order.public_id)


def make_town(person_in_post: Callable[..., User]) -> Town:
    """Make the town."""
    create_keys()
    load_divisions(act=Act(by=JOB, at=NOW), viewer=JOB, rows=ROWS)

    def post(role: str, code: str) -> Viewer:
        return Viewer.of(person_in_post(role, code), TODAY)

    office = post("COMMERCE_OFFICE", COUNTY)
    keeper = post("STATION_KEEPER", VILLAGE)
    station = Station.objects.create(
        operator="CHINA_POST", code="3427", name="村邮乐购·溪口村站", level="VILLAGE", division_code=VILLAGE,
        keeper_name="何春生", keeper=keeper.public_id, opened_on=date(2015, 6, 1), fee_bp=500,
    )  # fmt: skip
    homes = []
    for number, code in enumerate([VILLAGE, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE]):
        row = Household.objects.create(
            household_no=f"H{number}", division_code=code, head_name=f"廖大{'甲乙丙丁'[number]}", size=2,
            exit_status="POOR",
        )  # fmt: skip
        homes.append(AtCounter(row.public_id, row.head_name, "溪口村", code))
    actions.open_pavilion(
        act=Act(by=office, at=NOW),
        slug="ningdu",
        name="宁都馆",
        name_en="Ningdu Pavilion",
        on=date(2016, 1, 1),
    )
    return Town(station, keeper, office, post("TOWNSHIP_LEADER", TOWN), homes)


@pytest.fixture
def town(db: None, person_in_post: Callable[..., User]) -> Town:
    return make_town(person_in_post)


__all__ = ["Town", "guard", "make_town"]
