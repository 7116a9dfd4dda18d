"""The stops of the printed tour: one household of the demo village through every programme (docs/tour)."""

from __future__ import annotations

from dataclasses import dataclass

# Of the small demo county (`SIZE=small make demo`): the household that the season follows.
HEAD = "朱水春"


@dataclass(frozen=True)
class Stop:
    """A stop: who opens which page by which links, and what it says in Chinese and in English."""

    key: str
    who: str  # sign-in; empty for the public
    start: str
    says: tuple[str, ...]
    says_en: tuple[str, ...]
    follow: tuple[str, ...] = ()
    phone: bool = False
    crop: str = ""
    never: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Return the address as the texts print it."""
        start = self.start.replace("{room}", "/learning/lessons/…/rooms/…/")
        return start.replace("{home}", "…").replace("{token}", "…").split("?")[0].split("#")[0]


# What the patient of the season told the doctor: it stands nowhere outside of the clinic.
HEALTH = ("膝", "肿胀")
HOME = "/households/{home}/"
STOPS: dict[str, tuple[Stop, ...]] = {
    "register": (
        Stop("01-search", "cun", f"/households/?q={HEAD}", (HEAD, "共 1 户"), (HEAD,)),
        Stop("02-household", "cun", HOME, (HEAD, "朱雯香", "张发"), ("Household of", "朱雯香", "Timeline")),
        Stop("03-policies", "cun", HOME, ("应享未享", "本人满60周岁"), ("Not taken up", "The person is 60"), crop="#policies"),
        Stop("04-pairing", "xian", "/pairing/", ("张发", HEAD), ("Pairing proposals", "Accepted", HEAD), follow=("a[href*='/pairing/runs/']",)),
    ),
    "journal": (
        Stop("05-mine", "ganbu", "/journal/mine/", (HEAD, "承诺"), ("My households", HEAD), phone=True),
        Stop("06-visit", "ganbu", "/journal/households/{home}/", ("联系站点上门收果", "做了什么"), ("Promised before: done now?",), phone=True),
        Stop("07-code", "cun", "/journal/households/{home}/code/", (HEAD,), ("Let the household of",)),
        Stop("08-own-page", "", "/journal/h/{token}/", (f"{HEAD}家", "答应我家"), ("Household of", "Promised to us"), phone=True),
        Stop("09-dispute", "cun", "/journal/disputes/?state=all", ("只送来一袋", "第二袋收到了"), ("It was different", "Partly right"), follow=(f"tr:has-text('{HEAD}') a",)),
    ),
    "coverage": (
        Stop("10-tell", "cunmin", "/coverage/tell/?at=360730100701", ("青坪下屋", "已采信"), ("青坪下屋",), phone=True),
        Stop("11-point", "wangxin", "/coverage/reports/", ("青坪下屋",), ("Verified", "Not served", "Reported"), follow=("a:has-text('青坪下屋')",)),
        Stop("12-gap", "wangxin", "/coverage/plans/", ("已验收",), ("Accepted", "Served"), follow=("a:has-text('青坪电商服务站')",)),
    ),
    "commerce": (
        Stop("13-slip", "zhanzhang", "/commerce/counter/", (HEAD, "脐橙"), (HEAD,), follow=(f"a:has-text('{HEAD}')",), crop=".paper, main"),
        Stop("14-settled", "zhanzhang", "/commerce/counter/lots/", (HEAD,), ("Shares of the households",), follow=("a:has-text('脐橙') >> nth=1",)),
        Stop("15-beginner", "dianshang", "/commerce/beginners/", ("山里人家", "宁都农商银行"), ("First sale", "Subsidised loans"), follow=("a:has-text('山里人家')",)),
        Stop("16-goods", "", "/commerce/pavilions/", ("茶叶",), ("Green tea", "Cash on delivery"), follow=("a:has-text('山里人家')",)),
    ),
    "learning": (
        Stop("17-class", "laoshi", "{room}", ("青坪村小学",), ("青坪村小学",)),
        Stop("18-replay", "laoshi", "{room}replay/", ("青坪村小学",), ("青坪村小学",)),
        Stop("19-corner", "laoshi", "/learning/corner/", ("脐橙栽培技术问答", "J001"), ("J001",)),
    ),
    "services": (
        Stop("20-question", "xinxi", "/services/desk/questions/", ("外地住院能报多少",), ("Answer 1",), follow=("a:has-text('外地住院能报多少')",)),
        Stop("21-application", "cunmin", "/services/own/", ("家庭经济困难学生资助", "已领取"), ("Aid for students of poor families", "Collected", "Grade"), follow=("a[href*='/applications/']",), phone=True),
        Stop("22-errand", "zhanzhang", "/services/counter/", ("朱大爷", "86.50", "已办成"), ("Electricity bill", "86.50"), follow=("a:has-text('朱大爷')",)),
    ),
    "clinic": (Stop("23-appointment", "ganbu", HOME + "?programme=CLINIC", ("预约", "体检时间到了"), ("Appointment", "check-up"), crop="#timeline", never=HEALTH),),
    "giving": (
        Stop("24-appeal", "gongyi", "/giving/appeals/", ("老屋过冬", "棉被"), ("Confirmed by the household", "Needs board"), follow=("tr:has-text('老屋过冬') a",)),
        Stop("25-board", "", "/giving/board/", ("老屋过冬",), ("Closing report",), follow=("a:has-text('老屋过冬')",), phone=True),
        Stop("26-gift", "gongyi", "/giving/appeals/", ("棉被", "农户已确认"), ("棉被", "Confirmed by the household"), follow=("tr:has-text('老屋过冬') a", "a:has-text('棉被')")),
    ),
    "whole": (
        Stop("27-timeline", "cun", HOME, ("棉被",), ("The appeal was closed", "Brought 501 kg"), crop="#timeline", never=HEALTH),
        Stop("28-income", "cun", HOME, ("经营性",), ("Business", "Net income a head"), crop=".stack .card >> nth=1"),
        Stop("29-mission", "", "/public/mission/", ("963", "148"), ("What was achieved", "963", "148")),
    ),
}  # fmt: skip
