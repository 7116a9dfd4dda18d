"""A season of help: visits, promises, the household's own page, a dispute, consent, the technique shelf."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from uuid import UUID

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.config.season.stage import Stage
from xiangqiao.journal import actions
from xiangqiao.journal.actions.doors import OwnSelf
from xiangqiao.journal.actions.shipped import draft_shipped_texts
from xiangqiao.journal.models import Promise, Reply, Technique, Visit
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Source
from xiangqiao.pairing.actions import link_user
from xiangqiao.pairing.models import Pairing

_SAID: tuple[tuple[tuple[str, ...], str, str, int], ...] = (
    (("TALK", "POLICY"), "看了房子和灶台，老人身体还好。", "帮着问养老金到账", 15),
    (("FARM",), "脐橙园里看了一圈，有几株黄化，要挖掉。", "请农技员上门看树", 10),
    (("SALE",), "家里还有三百多斤脐橙没卖出去。", "联系站点上门收果", 7),
    (("WORK",), "儿子想在县里找活，留了电话。", "送招工名单", 7),
    (("PAPERS",), "残疾证到期，材料已经收齐。", "到镇里代办换证", 20),
    (("HOUSE",), "下雨天厨房漏水，拍了照。", "报村里修屋顶", 30),
    (("SCHOOL",), "孩子开学的费用问清楚了。", "", 0),
    (("GOODS",), "送了两袋鸡饲料和一袋米。", "", 0),
    (("TALK",), "", "", 0),
    (("HEALTH",), "上次住院的单子在家里，报销没去办。", "陪去办报销", 15),
)
# Days ago, what was done, the words, what was promised, in how many days: the household of the tour.
_STORY: tuple[tuple[int, tuple[str, ...], str, str, int], ...] = (
    (102, ("TALK", "POLICY"), "第一次上门，讲了能享受的政策，老屋漏雨、被子薄。", "把求助报给公益办", 10),
    (94, ("HOUSE",), "老屋漏雨的地方拍了照，求助写好了。", "带孩子申请学校资助", 30),
    (66, ("SCHOOL", "PAPERS"), "孩子的资助申请交上去了，缺的学籍证明学校开了。", "问网店贷款批了没有", 14),
    (54, ("SALE", "TALK"), "网店第一单卖完了，钱到了卡上。手机信号还是不好。", "报网信办看信号", 20),
    (36, ("GOODS",), "送了两袋鸡饲料。", "", 0),
    (25, ("HOUSE", "TALK"), "屋顶修好了，棉被收到了，老人说睡得暖。", "", 0),
    (14, ("FARM", "SALE"), "脐橙园里看了一圈，果子熟了。", "联系站点上门收果", 25),
)  # fmt: skip
_VISITORS = ("ganbu", "cun", "shuji", "duiyuan")
_AROUND = 30


def play(stage: Stage) -> None:
    """Play the season in the demo village, and some of it around."""
    _shelf(stage)
    own = _pair_the_cadre(stage)
    _visits(stage, own)
    _around(stage)
    home = stage.households[0]
    _told(stage, home)
    _own_page(stage, home)
    _consent(stage, stage.households[-1])


def _shelf(stage: Stage) -> None:
    by = SystemViewer("随系统提供")
    draft_shipped_texts(act=Act(by=by, at=stage.ago(120), source=Source.COMMAND))
    for slug in Technique.objects.filter(state=Technique.State.DRAFT).values_list("slug", flat=True):
        actions.publish_technique(act=stage.act("xian", days_ago=118), slug=slug)


def _pair_the_cadre(stage: Stage) -> list[UUID]:
    """Let the demo's cadre be the one who helps most households of the village. Return these households."""
    pairs = Pairing.objects.filter(division_code=stage.village, valid_to__isnull=True).select_related("cadre")
    if not pairs:
        return []
    most = Counter(pair.cadre for pair in pairs).most_common(1)[0][0]
    link_user(
        act=stage.act("xian", days_ago=110),
        viewer=stage.viewer("xian"),
        cadre=most,
        user=stage.users["ganbu"].public_id,
    )
    rows = Pairing.objects.filter(cadre=most, valid_to__isnull=True).order_by("id")
    return list(rows.values_list("household", flat=True))


def _visits(stage: Stage, own: list[UUID]) -> None:
    dice = Random(20161201)  # noqa: S311 - plays, hides nothing
    for day in range(100, 0, -2):
        who = _VISITORS[(day // 2) % len(_VISITORS)]
        # What happens in the household of the tour is written below, not thrown.
        rest = list(stage.households[1:])
        homes = [home for home in own if home != stage.households[0]] or rest if who == "ganbu" else rest
        if homes:
            _visit(stage, who, dice.choice(homes), day, dice)


def _visit(stage: Stage, who: str, home: UUID, day: int, dice: Random) -> None:
    done, text, promise, days = dice.choice(_SAID)
    act = stage.act(who, days_ago=day, hour=8 + day % 9)
    owed = Promise.objects.filter(household=home, state=Promise.State.OPEN).order_by("due_on").first()
    promised = (
        [actions.Promised(promise, day_of(act.at) + timedelta(days=days))]
        if promise and dice.random() < 0.4
        else []
    )
    actions.log_visit(
        act=act,
        household=home,
        done=done,
        text=text,
        kept=[owed.public_id] if owed is not None and dice.random() < 0.9 else [],
        promises=promised,
    )


def _told(stage: Stage, home: UUID) -> None:
    """The visits of the cadre to the household of the tour: what was promised is kept, but for the last promise."""
    for day, done, text, promise, until in _STORY:
        act = stage.act("ganbu", days_ago=day, hour=1 + day % 8)
        owed = Promise.objects.filter(household=home, state=Promise.State.OPEN).values_list(
            "public_id", flat=True
        )
        due = day_of(act.at) + timedelta(days=until)
        actions.log_visit(
            act=act, household=home, done=done, text=text, kept=list(owed),
            promises=[actions.Promised(promise, due)] if promise else [],
        )  # fmt: skip


def _around(stage: Stage) -> None:
    """The township's clerk visits households with a cadre in the other villages of the township."""
    dice = Random(7)  # noqa: S311 - as above
    prefix = stage.township[:9]
    pairs = Pairing.objects.filter(valid_to__isnull=True, division_code__startswith=prefix)
    homes = list(
        pairs.exclude(division_code=stage.village).order_by("id").values_list("household", flat=True)
    )
    for number, home in enumerate(homes[:_AROUND]):
        _visit(stage, "zhen", home, 2 + (number * 5) % 160, dice)


def _own_page(stage: Stage, home: UUID) -> None:
    """The villager links the account by a code, agrees with one visit and disputes another; it is answered and settled."""
    issued = actions.issue_code(act=stage.act("cun", days_ago=20), household=home)
    actions.link_member(
        act=stage.act("cunmin", days_ago=20), token=issued.door.token, code=issued.code, address=None
    )
    by_code = Act(by=OwnSelf(), at=stage.ago(12), source=Source.COMMAND)
    lines = list(Visit.objects.filter(household=home).order_by("-at")[:3])
    for visit, choice, text in zip(
        lines,
        ("AGREE", "AGREE", "DIFFERENT"),
        ("", "", "只送来一袋，不是两袋。"),
        strict=False,
    ):
        actions.reply_to_line(
            act=by_code, household=home, kind="VISIT", subject=str(visit.public_id), choice=choice, text=text, via="CODE",
        )  # fmt: skip
    _settle_one(stage)


def _settle_one(stage: Stage) -> None:
    row = (
        Reply.objects.filter(choice="DIFFERENT", state="OPEN")
        .exclude(concerned=stage.users["zhen"].public_id)
        .first()
    )
    if row is None:
        return
    actions.answer_dispute(
        act=stage.act("cun", days_ago=10),
        dispute=row.public_id,
        text="当时车上只剩一袋，另一袋第二天补送了。",
    )
    actions.settle_dispute(
        act=stage.act("zhen", days_ago=8),
        dispute=row.public_id,
        outcome="PARTLY",
        text="问过本人，第二袋收到了，日志已说明。",
    )


def _consent(stage: Stage, home: UUID) -> None:
    actions.give_consent(
        act=stage.act("cun", days_ago=30), household=home, division_code=stage.village,
        keeper=stage.users["zhanzhang"].public_id, scope="REPLY", given="WITNESS", witness="罗志平",
    )  # fmt: skip
