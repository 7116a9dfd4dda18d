"""What the public site composes, as explicit lists: its navigation, its doors, and what stands around every public page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.kernel.ui.shell import RailItem


@dataclass(frozen=True)
class Door:
    """A way that the public may go: where it leads, and in a sentence what one can do there."""

    title: Promise
    url_name: str
    icon: str
    text: Promise


DOORS = (
    Door(
        pgettext_lazy("site", "公告"),
        "services:announcements",
        "speakerphone",
        _("通知、公示、政策解读和活动，到期自动撤下。"),
    ),
    Door(
        pgettext_lazy("site", "办事"),
        "services:catalogue",
        "certificate",
        _("看要带什么材料、多久办好，在网上提出申请。"),
    ),
    Door(
        pgettext_lazy("site", "提问"),
        "services:ask",
        "message-circle",
        _("有困难、有意见，写下来；凭查询码看答复，说满不满意。"),
    ),
    Door(
        pgettext_lazy("site", "查进度"),
        "services:follow",
        "search",
        _("用电话尾号和查询码，看提问和申请办到哪一步。"),
    ),
    Door(_("大家问过的"), "services:answers", "list", _("别人问过、可以公开的问题和答复。")),
    Door(_("农产品供需"), "services:goods", "seedling", _("谁有货、谁要货，按品种和地方找。")),
    Door(_("招工信息"), "services:jobs", "users-group", _("县里县外的岗位，有组织地送去、有人管到底。")),
    Door(_("技能培训"), "services:courses", "school", _("免费的班，还有多少座位。")),
    Door(_("学习资源"), "learning:shelf", "school", _("免费的课和书，写明谁做的、许不许用。")),
    Door(_("法律和政策文件"), "services:laws", "scale", _("用大白话写的要点，附文号和出处。")),
    Door(
        _("网上特产馆"), "commerce:pavilions", "building-store", _("宁静的山里种出来的，从农户手里到您手里。")
    ),
    Door(_("查订单"), "commerce:look_up", "package", _("用订单号和电话尾号看货到哪里。")),
    Door(_("需求榜"), "giving:board", "gift", _("核实过的困难：要物、要工、要一份活。您可以认领。")),
    Door(_("公益账本"), "giving:public_books", "report", _("每一件、每一分，收了多少、送到没有。")),
    Door(_("信号不好？"), "coverage:tell", "antenna-bars-5", _("告诉我们哪里没信号，或者测一测网速。")),
)
NAV = (
    (_("首页"), "site:home", "home"),
    (pgettext_lazy("site", "办事"), "services:catalogue", "certificate"),
    (pgettext_lazy("site", "提问"), "services:ask", "message-circle"),
    (_("供需和招工"), "services:goods", "seedling"),
    (_("特产馆"), "commerce:pavilions", "building-store"),
    (_("需求榜"), "giving:board", "gift"),
    (pgettext_lazy("site", "数据"), "site:statistics", "report"),
    (_("做到了什么"), "site:mission", "chart-bar"),
)


@cache
def address(url_name: str) -> str:
    """Return the address of a page by its name."""
    return reverse(url_name)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the navigation of public pages, and where who works here signs in."""
    items = [
        RailItem(str(title), address(name), icon, active=request.path == address(name))
        for title, name, icon in NAV
    ]
    # An answer to a request that failed early has no user yet.
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    sign_in = address("desk:home") if signed_in else address("sign_in")
    return {"public_nav": items, "public_home": address("site:home"), "sign_in_url": sign_in}
