"""E-commerce's season: the operators' lists, fifteen months at one counter, a beginner's first sale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from xiangqiao.commerce import actions
from xiangqiao.commerce.models import Lot, Offer, Order, Pavilion, Station, Tenant
from xiangqiao.commerce.queries.counter import AtCounter, household_of_id
from xiangqiao.commerce.queries.keeping import expected_now
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.config.season.stage import Stage
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.record import Act
from xq_demo.commerce import write_lists

MONTHS, SEASON = 14, (11, 12, 1)
BUYERS = ("林可心", "县实验小学食堂", "城南超市", "县医院食堂", "工业园食堂", "梅江水果行")
# By turns outside of the season: product, price a kilogram agreed with the household (fen), pack in grams, pack's price.
GOODS = (
    ("三黄鸡", 3_600, 2_000, 8_800), ("茶叶", 16_000, 500, 9_800), ("黄年米果", 900, 2_500, 3_200), ("蜂蜜", 5_200, 1_000, 6_600),
)  # fmt: skip
ORANGES = ("脐橙", 520, 5_000, 4_500)
ENGLISH = {
    "脐橙": "Navel oranges", "三黄鸡": "Three-yellow chickens", "茶叶": "Green tea", "黄年米果": "Yellow rice cakes", "蜂蜜": "Wild honey",
}  # fmt: skip


def play(stage: Stage) -> None:
    """Play the season of e-commerce."""
    _lists(stage)
    _pavilions(stage)
    station = _keeper(stage)
    homes = [home for key in stage.households[:10] if (home := household_of_id(key))]
    for number, home in enumerate(homes[:6]):
        way = "WITNESS" if number % 3 == 0 else "PAPER"
        actions.give_consent(
            act=stage.act("zhanzhang", 430 - number), station=station, home=home, way=way, witness="钟立新"
        )
    actions.note_cash(act=stage.act("zhanzhang", 430), station=station, kind="FLOAT", amount_fen=50_000)
    for month in range(MONTHS, 0, -1):
        _month(stage, station, homes, month)
    _now(stage, station, homes)
    _park(stage, homes)
    _beginner(stage, homes[0])


def _lists(stage: Stage) -> None:
    folder = stage.folder / "电商"
    for kind, path in write_lists(folder, stage.folder / "行政区划.csv").items():
        found = actions.check_list(
            act=stage.act("dianshang", 460),
            county=stage.county,
            kind=kind,
            name=path.name,
            data=path.read_bytes(),
        )
        actions.apply_list(act=stage.act("dianshang", 460), source=found.public_id)


def _pavilions(stage: Stage) -> None:
    rows = (
        ("ningdu-jd", "京东宁都馆", "Ningdu Pavilion on JD", date(2015, 9, 28), "脐橙、三黄鸡、茶叶，村里站点直接发货。", "Oranges, chickens and tea, sent straight from the village stations."),
        ("ningdu-post", "邮乐宁都馆", "Ningdu Pavilion on Ule", date(2016, 5, 10), "邮政站点收货，邮车送到家。", "Taken in at post stations, brought to the door by the mail van."),
    )  # fmt: skip
    for slug, name, name_en, on, about, about_en in rows:
        actions.open_pavilion(
            act=stage.act("dianshang", 455), slug=slug, name=name, name_en=name_en, on=on, about=about, about_en=about_en
        )  # fmt: skip


def _keeper(stage: Stage) -> Station:
    """The demo's keeper keeps the village's post station."""
    rows = Station.objects.filter(operator="CHINA_POST", division_code=stage.village, closed_on=None)
    row = rows.order_by("code")[0]
    keeper = stage.users["zhanzhang"]
    return actions.name_keeper(
        act=stage.act("dianshang", 450), station=row.public_id, user=keeper.public_id, name=keeper.name
    )


def _month(stage: Stage, station: Station, homes: Sequence[AtCounter], month: int) -> None:
    """One month: goods taken in, offered, ordered, sent, settled; the shop; the drawer counted."""
    first = month * 30
    busy = stage.ago(first).month in SEASON
    product, agreed, pack, price = ORANGES if busy else GOODS[month % len(GOODS)]
    orders = 18 + month % 3 if busy else 3
    packs = 110 if busy else 1_200_000 // price // 3 + month
    lot = _take_in(stage, station, homes, first, (product, agreed), orders * packs * pack)
    offer = _offer(stage, lot, first - 2, (product, pack, price))
    placed = [_order(stage, offer, first - 4 - number % 6, number, packs) for number in range(orders)]
    actions.ship(
        act=stage.act("zhanzhang", first - 11), station=station, orders=placed, carrier="邮政", number=f"EA{3607300 + month}"
    )  # fmt: skip
    for order in placed:
        actions.note_delivered(act=stage.act("zhanzhang", first - 13), order=order)
    actions.settle(act=stage.act("zhanzhang", first - 15), lot=lot.public_id, way="BANK")
    for week in range(4):
        amount = 380_000 + (month * 37 + week * 53) % 90 * 1_000
        actions.note_cash(
            act=stage.act("zhanzhang", first - 6 - 5 * week, hour=19),
            station=station,
            kind="SHOP_SALE",
            amount_fen=amount,
        )
    if month % 2:
        _buy(stage, station, homes[month % len(homes)], first - 16, month)
    _count(stage, station, first - 24, month)


def _take_in(
    stage: Stage, station: Station, homes: Sequence[AtCounter], ago: int, goods: tuple[str, int], grams: int
) -> Lot:
    part = grams // 4 + 1_000
    lot = None
    for number in range(4):
        home = homes[(ago // 30 + number * 2) % len(homes)]
        made = actions.take_in(
            act=stage.act("zhanzhang", ago, hour=8 + number), station=station, home=home,
            goods=actions.Goods(goods[0], "一级", part + 137 * number, goods[1]),
        )  # fmt: skip
        lot = made.lot
    return Lot.objects.get(pk=lot.pk) if lot else Lot()


def _offer(stage: Stage, lot: Lot, ago: int, goods: tuple[str, int, int], by: UUID | None = None) -> Offer:
    product, pack, price = goods
    pavilion = Pavilion.objects.order_by("id")[lot.pk % 2]
    words = actions.Words(
        f"{product} {pack / 1000:g} 公斤装", "站点当面过秤、分级，卖出的钱按重量分到各户。",
        f"{ENGLISH[product]}, {pack / 1000:g} kg", "Weighed and graded at the counter; what it brings is shared by weight.",
    )  # fmt: skip
    row = actions.offer(
        act=stage.act("cunmin" if by else "zhanzhang", ago), lot=lot.public_id, pavilion=pavilion.slug, words=words,
        pack_grams=pack, price_fen=price, beginner=by,
    )  # fmt: skip
    waiting = Publication.objects.get(subject=row.public_id)
    act = stage.act("zhenzhang", ago, hour=15, reason="看过，货和介绍相符")
    actions.decide_words(act=act, publication=waiting, good=True)
    return row


def _order(stage: Stage, offer: Offer, ago: int, number: int, packs: int, way: str = "SEND") -> UUID:
    buyer = BUYERS[number % len(BUYERS)]
    wanted = actions.Wanted(
        packs, buyer, f"139{offer.pk % 1000:03d}{number:05d}", way, "ON_DELIVERY", "宁都县梅江镇解放路"
    )
    by = stage.act("maijia", ago) if number % len(BUYERS) == 0 else None
    act = by or Act(by=actions.Guest(), at=stage.ago(ago))
    return actions.place_order(act=act, offer=offer.code, wanted=wanted).public_id


def _buy(stage: Stage, station: Station, home: AtCounter, ago: int, month: int) -> None:
    goods = ("化肥两袋", "电饭煲", "鸡饲料", "棉被")[month % 4]
    row = actions.quote(
        act=stage.act("zhanzhang", ago), station=station, home=home, goods=goods, price_fen=12_800 + month * 700, fee_fen=200
    )  # fmt: skip
    actions.take_cash(act=stage.act("zhanzhang", ago), purchase=row.public_id)
    if month == 5:
        actions.refund(act=stage.act("zhanzhang", ago - 2), purchase=row.public_id, why="平台缺货")
        return
    actions.note_bought(act=stage.act("zhanzhang", ago), purchase=row.public_id, platform_no=f"UL{month:06d}")
    row = actions.note_arrived(act=stage.act("zhanzhang", ago - 4), purchase=row.public_id)
    if month > 1:
        code = opened(row, "collect_sealed")
        actions.collect(act=stage.act("zhanzhang", ago - 5), station=station, code=code)


def _count(stage: Stage, station: Station, ago: int, month: int) -> None:
    """The drawer taken to the bank and counted; once two yuan are missing."""
    on = day_of(stage.ago(ago))
    held = expected_now(station, on) - 50_000
    if held > 0:
        actions.note_cash(
            act=stage.act("zhanzhang", ago), station=station, kind="BANKED", amount_fen=held, note="存邮储"
        )
    missing = 200 if month == 7 else 0
    actions.close_day(
        act=stage.act("zhanzhang", ago, hour=20), station=station, on=on, counted_fen=expected_now(station, on) - missing,
        explanation="找零多给了 2 元" if missing else "",
    )  # fmt: skip


def _now(stage: Stage, station: Station, homes: Sequence[AtCounter]) -> None:
    """What stands today: oranges on sale, an order to send, one laid ready, words that wait."""
    lot = _take_in(stage, station, homes, 3, ("脐橙", 540), 2_000_000)
    offer = _offer(stage, lot, 2, ("脐橙", 5_000, 4_800))
    _order(stage, offer, 1, 1, 4)
    ready = _order(stage, offer, 1, 0, 2, "PICK_UP")
    actions.lay_ready(act=stage.act("zhanzhang"), order=ready)
    rice = actions.take_in(
        act=stage.act("zhanzhang", 1), station=station, home=homes[3], goods=actions.Goods("黄年米果", "一级", 60_000, 900)
    )  # fmt: skip
    words = actions.Words(
        "黄年米果 2.5 公斤装", "冬至前新打的。", "Yellow rice cakes, 2.5 kg", "Freshly made."
    )
    actions.offer(
        act=stage.act("zhanzhang"), lot=rice.lot.public_id, pavilion="ningdu-jd", words=words, pack_grams=2_500, price_fen=3_200
    )  # fmt: skip


def _park(stage: Stage, homes: Sequence[AtCounter]) -> None:
    """Returning graduates give work to households, and lay goods in the pool."""
    today = day_of(stage.now)
    firms = Tenant.objects.present_on(today).filter(is_returnee=True).order_by("code")[:3]
    for number, firm in enumerate(firms):
        title = ("打包工", "选果工", "客服")[number]
        actions.note_job(
            act=stage.act("dianshang", 200 - number), tenant=firm.public_id, home=homes[4 + number], title=title,
            wage_fen=260_000 + number * 20_000, from_on=day_of(stage.ago(210)),
        )  # fmt: skip
        product, cost, *_rest = GOODS[number]
        actions.lay_in_pool(
            act=stage.act("dianshang", 120), tenant=firm.public_id, goods=actions.Goods(product, "一级", 200_000, cost)
        )  # fmt: skip


def _beginner(stage: Stage, home: AtCounter) -> None:
    """A household without space or money: learns, gets a desk, borrows, lists from the pool, sells."""
    user = stage.users["cunmin"]
    shop = actions.begin(
        act=stage.act("dianshang", 150),
        home=home,
        name=user.name,
        shop_name="山里人家",
        user=user.public_id,
    )
    key = shop.public_id
    on = day_of(stage.ago(140))
    actions.note_lesson(
        act=stage.act("dianshang", 140), beginner=key, subject="网店入门和拍照", hours=16, on=on
    )
    actions.give_space(act=stage.act("dianshang", 130), beginner=key, space="B 座 203 工位 7")
    loan = actions.apply_for_loan(
        act=stage.act("cunmin", 120), beginner=key, bank="宁都农商银行", amount_fen=3_000_000, months=24, purpose="包装和周转"
    )  # fmt: skip
    actions.note_decision(
        act=stage.act("dianshang", 105), loan=loan.public_id, good=True, decision_no="宁农商贷〔2026〕118", rate_bp=385
    )  # fmt: skip
    actions.note_paid_out(act=stage.act("dianshang", 100), loan=loan.public_id, on=day_of(stage.ago(100)))
    lot = Lot.objects.filter(tenant__isnull=False).order_by("id")[1]
    offer = _offer(stage, lot, 90, ("茶叶", 500, 10_800), key)
    order = _order(stage, offer, 80, 2, 6)
    station = Station.objects.get(keeper=stage.users["zhanzhang"].public_id)
    actions.ship(
        act=stage.act("zhanzhang", 79), station=station, orders=[order], carrier="邮政", number="EB1"
    )
    actions.note_delivered(act=stage.act("zhanzhang", 76), order=Order.objects.get(public_id=order).public_id)
    actions.settle_shop(act=stage.act("dianshang", 70), beginner=key, lot=lot.public_id, way="BANK")
