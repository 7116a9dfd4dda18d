"""Giving's season: appeals by every way in, one closed, one by a designated platform, gifts at every step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from xiangqiao.config.season.stage import Stage
from xiangqiao.giving import actions, queries
from xiangqiao.giving.models import Appeal, Gift, Initiative, Need
from xiangqiao.giving.rules.needs import UNIT_OF
from xiangqiao.giving.visitors import Guest
from xiangqiao.journal.queries.doors import linked_households
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household

Want = actions.Want
_BED = Want("GOODS", "棉被", 4, 12_000, "镇上两家店报价", "床")
_ROOF = Want("HOURS", "修屋顶", 960, 3_000, "木工现场估工时")


@dataclass(frozen=True)
class Case:
    """An appeal: by whom, how long ago, what for, and what the public reads."""

    by: str
    days: int
    title: str
    text: str
    wants: tuple[Want, ...]
    by_wechat: bool = False


CASES = (
    Case("cunmin", 70, "老屋过冬", "一户老人家的老屋漏雨，冬天缺厚被子。", (_BED, _ROOF)),
    Case("zhanzhang", 52, "果园缺农具", "一户人家种脐橙，没有打药和运果的工具。", (
        Want("GOODS", "电动喷雾器", 1, 36_000, "农资店报价", "台"), Want("GOODS", "手推车", 2, 28_000, "农资店报价", "辆"),
    )),
    Case("zhiyuan", 45, "一名学生要一张书桌", "一名学生在饭桌上写作业，想要一张书桌，周末有人辅导功课。", (
        Want("GOODS", "书桌和台灯", 1, 45_000, "网店价格截图", "套"), Want("HOURS", "周末辅导", 1_200, 2_500, "志愿者协会排班"),
    )),
    Case("cun", 40, "两个孩子的手术费", "一户人家的孩子要到省城做手术，自付部分家里拿不出。善款请到指定平台捐。", (
        Want("MONEY", "手术费自付部分", 18_600_000, 0, "费用估算减去医保和医疗救助，材料在民政所"),
        Want("HOURS", "陪护和接送", 2_400, 3_000, "志愿者协会排班"),
    ), by_wechat=True),
    Case("cun", 33, "想在家门口找份活", "一户人家有人要照顾，劳力走不远，想找离家近的活。", (
        Want("JOB", "附近合作社的岗位", 1, 0, "村里登记的求职意向", "个"),
    )),
    Case("zhanzhang", 21, "几只鸡苗", "一户人家想养鸡，缺鸡苗和饲料。", (
        Want("GOODS", "鸡苗", 60, 450, "孵化场报价", "只"), Want("GOODS", "饲料", 6, 14_500, "镇上报价", "袋"),
    )),
)  # fmt: skip


def play(stage: Stage) -> None:
    """Play the season of giving."""
    homes = _homes(stage, len(CASES) + 2)
    opened = [_opened(stage, case, home) for case, home in zip(CASES, homes, strict=False)]
    _stated(stage, opened[3])
    joint = _initiative(stage)
    _given(stage, opened[0], "GOODS", 4, 40, joint=joint)
    _given(stage, opened[0], "HOURS", 960, 32)
    _given(stage, opened[1], "GOODS", 1, 20)
    _given(stage, opened[2], "GOODS", 1, 16, joint=joint)
    _given(stage, opened[5], "GOODS", 40, 6)
    _given(stage, opened[3], "HOURS", 600, 9)
    _on_the_way(stage, opened)
    _closed(stage, opened[0])
    raised = _raise(
        stage,
        Case("zhiyuan", 4, "一把轮椅", "", (Want("GOODS", "轮椅", 1, 58_000, "店里报价", "把"),)),
        homes[-2],
    )
    _verify(stage, raised, "cun", 2)
    _raise(
        stage,
        Case("cun", 2, "修一段进屋的路", "", (Want("HOURS", "铺路", 1_800, 3_000, "现场丈量"),)),
        homes[-1],
    )


def _homes(stage: Stage, count: int) -> list[Household]:
    """The linked household of the villager first, then others of the village."""
    linked = list(linked_households(stage.viewer("cunmin")))
    first: list[UUID] = [*linked[:1], *(one for one in stage.households[12:] if one not in linked)]
    found = {one.public_id: one for one in Household.objects.filter(public_id__in=first[:count])}
    return [found[key] for key in first[:count]]


def _raise(stage: Stage, case: Case, home: Household) -> Appeal:
    by = (
        case.by
        if case.by != "cunmin" or home.public_id in linked_households(stage.viewer("cunmin"))
        else "cun"
    )
    return actions.raise_appeal(
        act=stage.act(by, case.days), viewer=stage.viewer(by), household_no=home.household_no, head_name=home.head_name,
        title=case.title, story=case.text or case.title, wants=case.wants, by_wechat=case.by_wechat,
    )  # fmt: skip


def _verify(stage: Stage, appeal: Appeal, by: str, days: int) -> None:
    act = stage.act(by, days)
    actions.verify_appeal(
        act=act,
        viewer=stage.viewer(by),
        appeal=appeal,
        visited_on=day_of(act.at),
        notes="到家里看过，也问了邻居。",
        confirms=True,
    )


def _opened(stage: Stage, case: Case, home: Household) -> Appeal:
    """Raise, verify by two, propose, approve."""
    appeal = _raise(stage, case, home)
    first = "shuji" if appeal.raised_by == stage.users["cun"].public_id else "cun"
    _verify(stage, appeal, first, case.days - 2)
    _verify(stage, appeal, "zhen", case.days - 3)
    act = stage.act("gongyi", case.days - 4)
    publication = actions.propose_publication(
        act=act, viewer=stage.viewer("gongyi"), appeal=appeal, title=case.title, text=case.text,
        withdraw_on=day_of(act.at) + timedelta(days=175), consent_by="户主本人", consent_on=day_of(act.at),
    )  # fmt: skip
    _approve(stage, publication, case.days - 5)
    appeal.refresh_from_db()
    return appeal


def _approve(stage: Stage, publication: Publication, days: int) -> None:
    act = stage.act("xian", days, reason="看过，猜不出是谁家")
    actions.approve_appeal(act=act, viewer=stage.viewer("xian"), publication=publication)


def _stated(stage: Stage, appeal: Appeal) -> None:
    """What the platform stated on three days; the last is above 100,000 yuan."""
    for days, fen in ((30, 2_864_000), (22, 7_751_500), (11, 10_342_000)):
        act = stage.act("gongyi", days)
        actions.note_total(
            act=act, viewer=stage.viewer("gongyi"), appeal=appeal, platform="某指定个人求助平台（示例）", amount_fen=fen,
            as_of=day_of(act.at), source="平台项目页公示数（示例县虚构）",
        )  # fmt: skip


def _initiative(stage: Stage) -> Initiative:
    act = stage.act("gongyi", 48)
    on = day_of(act.at)
    return actions.start_initiative(
        act=act, viewer=stage.viewer("gongyi"), title="温暖过冬", purpose="入冬前把被褥、书桌送到需要的人家。",
        division_code=stage.county, starts_on=on, ends_on=on + timedelta(days=90),
        parts=[("县民政局", "被褥和电暖器"), ("共青团县委", "学习用品、志愿者"), ("县妇联", "上门看望")],
    )  # fmt: skip


def _offer(act: Act, need: Need, amount: int, joint: Initiative | None = None) -> Gift:
    worth = need.unit_cost_fen * amount // (60 if need.kind == "HOURS" else 1)
    return actions.offer_gift(
        act=act, donor=actions.Donor(act.by.label, "19900000001"), what=need.what, unit=UNIT_OF[need.kind], amount=amount,
        value_fen=worth, need=need, initiative=joint,
    ).gift  # fmt: skip


def _match(stage: Stage, gift: Gift, need: Need, days: int) -> None:
    fresh = Need.objects.select_related("appeal").get(pk=need.pk)
    actions.match_gift(act=stage.act("gongyi", days), viewer=stage.viewer("gongyi"), gift=gift, need=fresh)


def _given(
    stage: Stage, appeal: Appeal, kind: str, amount: int, days: int, *, joint: Initiative | None = None
) -> None:
    """A gift all the way: offered, matched, delivered, confirmed before a witness or by the household itself."""
    need = appeal.needs.select_related("appeal").filter(kind=kind).order_by("id")[0]
    gift = _offer(stage.act("juanzeng" if joint is None else "gongyi", days), need, amount, joint)
    _match(stage, gift, need, days - 1)
    actions.deliver_gift(act=stage.act("zhanzhang", days - 2), viewer=stage.viewer("zhanzhang"), gift=gift)
    own = appeal.household in linked_households(stage.viewer("cunmin"))
    by = "cunmin" if own else "shuji"
    actions.confirm_gift(
        act=stage.act(by, days - 3), viewer=stage.viewer(by), gift=gift, witness="" if own else "邻居曾大娘"
    )


def _on_the_way(stage: Stage, opened: list[Appeal]) -> None:
    """Gifts that wait at each step: offered by a guest, offered to anybody, matched, delivered."""
    guest = Act(by=Guest(), at=stage.ago(1), source=stage.act("gongyi").source)
    feed = opened[5].needs.select_related("appeal").get(what="饲料")
    _offer(guest, feed, 2)
    actions.offer_gift(
        act=replace(guest, at=stage.ago(3)), donor=actions.Donor("热心人", "19900000002"), what="旧课桌椅", unit="PIECE",
        amount=6, value_fen=60_000, message="学校换下来的，都好用。",
    )  # fmt: skip
    cart = opened[1].needs.select_related("appeal").get(what="手推车")
    matched = _offer(stage.act("juanzeng", 3), cart, 1)
    _match(stage, matched, cart, 2)
    tutoring = opened[2].needs.select_related("appeal").get(kind="HOURS")
    delivered = _offer(stage.act("juanzeng", 8), tutoring, 480)
    _match(stage, delivered, tutoring, 7)
    actions.deliver_gift(act=stage.act("zhiyuan", 1), viewer=stage.viewer("zhiyuan"), gift=delivered)


def _closed(stage: Stage, appeal: Appeal) -> None:
    act = stage.act("gongyi", 25)
    appeal.refresh_from_db()
    report = actions.close_appeal(
        act=act, viewer=stage.viewer("gongyi"), appeal=appeal, withdraw_on=day_of(act.at) + timedelta(days=700),
        report="四床棉被已送到，志愿者用两个周末修好了屋顶，农户本人确认收到，没有剩余。",
    )  # fmt: skip
    _approve(stage, report, 24)
    assert queries.check_books(stage.viewer("gongyi")).right
