"""What the desk composes, as explicit lists: the rail, and what stands around every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.guide import GUIDE
from xiangqiao.desk.rehearsal import may_practise
from xiangqiao.kernel.ui.cards import Line
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.shell import Person, RailGroup, RailItem
from xiangqiao.pairing.queries import latest_run, proposals_of
from xiangqiao.people.queries import standing as people
from xiangqiao.places import queries as places


@dataclass(frozen=True)
class Entry:
    """One line of the rail: shown to who may open it."""

    title: Promise
    url_name: str
    icon: str
    act: Can


RAIL: list[tuple[Promise | str, list[Entry]]] = [
    ("", [Entry(_("县情总览"), "desk:home", "home", Can.READ_REGISTER)]),
    (
        _("精准帮扶"),
        [
            Entry(_("我的户"), "journal:mine", "notebook", Can.LOG_VISIT),
            Entry(_("农户台账"), "desk:households", "users", Can.READ_REGISTER),
            Entry(_("政策与应享"), "policy:policies", "file-text", Can.READ_POLICY),
            Entry(_("结对帮扶"), "pairing:desk", "link", Can.READ_PAIRING),
            Entry(_("变更审批"), "people:changes", "user-check", Can.READ_REGISTER),
            Entry(_("扶贫技术"), "journal:techniques", "seedling", Can.READ_POLICY),
            Entry(_("扶贫管理"), "journal:standing", "report", Can.READ_JOURNAL),
            Entry(_("代看户页"), "journal:entrusted", "heart-handshake", Can.KEEP_STATION),
            Entry(_("我家"), "journal:linked", "home-heart", Can.OWN_HOUSEHOLD),
        ],
    ),
    # The five programmes under the report's names; consultation belongs to the information services.
    (
        _("网络覆盖"),
        [
            Entry(_("网络覆盖"), "coverage:desk", "antenna-bars-5", Can.READ_COVERAGE),
            Entry(_("反映信号问题"), "coverage:tell", "message-circle", Can.REPORT_SIGNAL),
        ],
    ),
    (
        _("农村电商"),
        [
            Entry(_("电商总览"), "commerce:desk", "building-store", Can.READ_COMMERCE),
            Entry(_("柜台"), "commerce:counter", "scale", Can.KEEP_STATION),
            Entry(_("三有一能"), "commerce:reach", "check", Can.READ_COMMERCE),
            Entry(_("孵化园"), "commerce:park", "building-community", Can.READ_COMMERCE),
            Entry(_("新手开店"), "commerce:beginners", "seedling", Can.MANAGE_COMMERCE),
            Entry(_("运营商和园区名单"), "commerce:lists", "upload", Can.MANAGE_COMMERCE),
            Entry(_("商品介绍复核"), "commerce:words", "shield-check", Can.APPROVE_PUBLICATION),
            Entry(_("我的买卖"), "commerce:mine", "package", Can.TAKE_PART),
        ],
    ),
    (
        _("网络扶智"),
        [
            Entry(_("我的课表"), "learning:week", "calendar", Can.TEACH),
            Entry(_("在线课堂"), "learning:desk", "school", Can.READ_LEARNING),
            Entry(_("图书角"), "learning:corner", "notebook", Can.TEACH),
            Entry(_("排课"), "learning:timetable", "clipboard-list", Can.MANAGE_LEARNING),
            Entry(_("资源复核"), "learning:reviews", "shield-check", Can.APPROVE_PUBLICATION),
        ],
    ),
    (
        _("信息服务"),
        [
            Entry(_("问政与办事"), "services:desk", "message-circle", Can.READ_SERVICES),
            Entry(_("等我办的问题"), "services:questions", "inbox", Can.ANSWER),
            Entry(_("微信公众号"), "wechat:accounts", "message-circle", Can.MANAGE_SERVICES),
            Entry(_("站点代办"), "services:counter", "receipt", Can.KEEP_STATION),
            Entry(_("我提的、我办的"), "services:mine", "clipboard-list", Can.OWN_HOUSEHOLD),
            Entry(_("远程会诊"), "clinic:desk", "stethoscope", Can.TREAT),
            Entry(_("会诊"), "clinic:queue", "stethoscope", Can.CONSULT),
            Entry(_("会诊管理"), "clinic:manage", "stethoscope", Can.MANAGE_CLINIC),
        ],
    ),
    (
        _("网络公益"),
        [
            Entry(_("求助"), "giving:appeals", "heart-handshake", Can.READ_GIVING),
            Entry(_("捐助"), "giving:gifts", "gift", Can.READ_GIVING),
            Entry(_("公开稿复核"), "giving:approvals", "eye-exclamation", Can.APPROVE_PUBLICATION),
            Entry(_("我的公益"), "giving:mine", "gift", Can.TAKE_PART),
            Entry(_("公益送达"), "giving:mine", "truck", Can.KEEP_STATION),
        ],
    ),
    (
        _("数据"),
        [
            Entry(_("导入表格"), "people:batches", "upload", Can.IMPORT),
            Entry(_("数据问题"), "people:problems", "alert-triangle", Can.SETTLE_PROBLEM),
            Entry(_("待确认的疑问"), "people:questions", "question-mark", Can.SETTLE_PROBLEM),
        ],
    ),
    (
        _("系统"),
        [
            Entry(_("用户与岗位"), "users", "user", Can.MANAGE_USERS),
        ],
    ),
]


def rail(viewer: Viewer, path: str) -> list[RailGroup]:
    """Return the rail as this person sees it; of the entries whose address begins the path, the longest is the present one."""
    here = max((url for url in _addresses(viewer) if _is_present(url, path)), key=len, default="")
    groups: list[RailGroup] = []
    for title, entries in RAIL:
        items = [
            RailItem(str(entry.title), url, entry.icon, active=url == here)
            for entry in entries
            if viewer.can(entry.act)
            for url in [address(entry.url_name)]
        ]
        if items:
            groups.append(RailGroup(str(title), items))
    return groups


def _addresses(viewer: Viewer) -> Iterator[str]:
    return (address(entry.url_name) for _title, entries in RAIL for entry in entries if viewer.can(entry.act))


@cache
def address(url_name: str) -> str:
    """Return the address of a page by its name. Raises NoReverseMatch where the house has no such page."""
    return reverse(url_name)


def _help(request: HttpRequest) -> str:
    """The help of the page that an address leads to; nothing for parts of pages."""
    match = request.resolver_match
    return str(GUIDE.get(match.view_name, "")) if match else ""


def _office(viewer: Viewer) -> str:
    """Where a person works, as the first post in force says it."""
    if not viewer.posts:
        return ""
    post = viewer.posts[0]
    here = places.place(post.division_code)
    english = (get_language() or "").startswith("en")
    place = post.division_code if here is None else (english and here.name_en) or here.name
    return f"{post.unit_name or place} {post.title}"


def ways(viewer: Viewer) -> list[Link]:
    """Return where a person may go from the rail, apart from the home page."""
    return [
        Link(item.title, item.url, icon=item.icon)
        for group in rail(viewer, "")
        for item in group.items
        if item.url != address("desk:home")
    ]


def waiting_lines(viewer: Viewer) -> list[Line]:
    """Return what waits for this person, each with where it is done; two or three queries."""
    counts = people.waiting(viewer)
    lines: list[Line] = []
    if n := counts.get("changes", 0):
        words = ngettext("%(n)d 项变更等您审批", "%(n)d 项变更等您审批", n) % {"n": n}
        lines.append(Line(words, href=address("people:changes"), tag=Tag(gettext("审批"), "orange")))
    if n := counts.get("questions", 0):
        words = ngettext("%(n)d 条疑问待确认", "%(n)d 条疑问待确认", n) % {"n": n}
        lines.append(Line(words, href=address("people:questions"), tag=Tag(gettext("疑问"), "gold")))
    if viewer.can(Can.DECIDE_PAIRING) and (run := latest_run(viewer)):
        n = proposals_of(viewer, run).filter(state="OPEN").count()
        if n:
            words = ngettext("%(n)d 户结对建议待确认", "%(n)d 户结对建议待确认", n) % {"n": n}
            lines.append(Line(words, href=address("pairing:desk"), tag=Tag(gettext("结对"), "gold")))
    return lines


def _is_present(url: str, path: str) -> bool:
    return path == url or (url != address("desk:home") and path.startswith(url))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what stands around every page. Nothing of it before somebody signed in."""
    county = places.county()
    english = (get_language() or "").startswith("en")
    name = (county.name_en or county.name) if county and english else county.name if county else ""
    around: dict[str, Any] = {"county_name": name, "is_demo": bool(county and county.is_demo)}
    viewer = getattr(request, "viewer", None)
    if not isinstance(viewer, Viewer):
        return around
    around |= {"rail": rail(viewer, request.path), "today": viewer.today, "page_help": _help(request)}
    if viewer.can(Can.READ_REGISTER):
        around["search_url"] = address("desk:search")
    if may_practise(viewer):
        around |= {"practice_url": address("desk:practice"), "begin_again_url": address("desk:begin_again")}
    around["is_rehearsal"] = getattr(request, "practice", False)
    around["person"] = Person(
        name=viewer.user.name,
        office=_office(viewer),
        links=[Link(str(_("我的账号")), address("own"), icon="user")],
        sign_out_url=address("sign_out"),
    )
    return around
