"""The statements of the mission, each with the screen that shows it and the figures that prove it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiangqiao.site.mission import figures
from xiangqiao.site.mission.figures import Told


@dataclass(frozen=True)
class Statement:
    """One statement: the report's name of it, what it means here, where it is seen, what is counted."""

    key: str
    name: Promise
    text: Promise
    anchors: tuple[tuple[Promise, str], ...]
    figures: Callable[[date], list[Told]]


STATEMENTS = (
    Statement(
        "app", _("精准扶贫 APP"),
        _("干部和农户一对一结上对；政策、技术随手可查；上门一趟记一次，农户自己看得到、可以说不对。"),
        ((_("结对"), "pairing:desk"), (_("帮扶日志"), "journal:visits"), (_("政策书架"), "journal:policies"), (_("技术书架"), "journal:techniques"), (_("工作进展"), "journal:standing")),
        figures.help_figures,
    ),
    Statement(
        "commerce", _("农村电商工程"),
        _("村里有站点，站长替人卖、替人买；不会开网店的，从学习、场地、贷款到第一单都有人带。卖出的每一单就是收入凭证。"),
        ((_("电商总览"), "commerce:desk"), (_("站点"), "commerce:stations"), (_("三有一能"), "commerce:reach"), (_("孵化园"), "commerce:park"), (_("特产馆"), "commerce:pavilions")),
        figures.commerce_figures,
    ),
    Statement(
        "coverage", _("网络覆盖工程"),
        _("三家运营商的基站对到一张表里，重复的逐个说明；哪里没信号，用最省的办法补上，量过才算通。"),
        ((_("覆盖总览"), "coverage:desk"), (_("地图"), "coverage:map"), (_("基站"), "coverage:stations"), (_("补点方案"), "coverage:plans")),
        figures.coverage_figures,
    ),
    Statement(
        "learning", _("网络扶智工程"),
        _("远处的好学校和村里的教室一起上课，没赶上的看回放；课表排了的课上没上，由连线的时段算出来。"),
        ((_("在线课堂"), "learning:desk"), (_("每节课"), "learning:lessons"), (_("学习资源"), "learning:shelf"), (_("图书角"), "learning:corner")),
        figures.learning_figures,
    ),
    Statement(
        "services", _("信息服务工程"),
        _("问了有人答，办事看得到进度；供需、招工、培训都有牌子；水电、车票到站点代办，有收据。"),
        ((_("办事"), "services:catalogue"), (_("提问"), "services:ask"), (_("农产品供需"), "services:goods"), (_("招工"), "services:jobs"), (_("代办"), "services:counter")),
        figures.service_figures,
    ),
    Statement(
        "clinic", _("远程会诊"),
        _("不出村就能请县里、省里的医院看病例；意见签了名，改不了；体检写明多少人里的多少人。"),
        ((_("村卫生室"), "clinic:desk"), (_("医院会诊"), "clinic:queue"), (_("合计"), "clinic:manage")),
        figures.clinic_figures,
    ),
    Statement(
        "giving", _("网络公益工程"),
        _("困难经两个人核实才上榜；捐的物、出的工，对上、送到、本人点头才算；钱只在指定平台和慈善组织手里。"),
        ((_("需求榜"), "giving:board"), (_("公益账本"), "giving:public_books"), (_("求助和核实"), "giving:appeals")),
        figures.giving_figures,
    ),
)  # fmt: skip
