"""Words of codes: what is wrong at a cell of a list and how to mend it, why rows repeat, what somebody lacks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# code: (what is wrong, how to mend it)
PROBLEMS: dict[str, tuple[Promise, Promise]] = {
    "PLACE": (_("认不出在哪个乡镇、哪个村"), _("写全称，例如“梅江镇青坪村”；在集镇上的写“圩镇”。")),
    "NO_CODE": (_("没有编号"), _("向运营商要编号，补上再传。")),
    "NO_FIRM": (_("没有商户名称"), _("补上名称。")),
    "NO_SPACE": (_("没有房号"), _("补上房号或工位。")),
    "NO_DAY": (_("没有开业或入驻日期"), _("补上日期：没有日期就不能说某一天有没有开着。")),
    "DAY_ODD": (_("日期看不懂"), _("写成 2016-11-29 这样。")),
    "CLOSED_FIRST": (_("关停早于开业"), _("核对两个日期。")),
    "PHONE_ODD": (_("电话位数不对"), _("补正电话；其他内容照收。")),
    "NO_KEEPER": (_("没有站长"), _("补上站长姓名：没有站长的点，不算能代买代卖。")),
    "SHARED_SHOP": (_("同一家店也是另一家运营商的点"), _("两家各算一个点；报数时请说明共用一家店。")),
    "REPEATED": (_("和前面的行是同一个"), _("只收一次，不用改。")),
}
TWINS: dict[str, Promise] = {
    "CODE": _("编号相同"),
    "SHOP": _("同一村、同一站长、同一电话"),
    "FIRM": _("同一商户、同一房号"),
    "PLACE": _("同一个村"),
}
LACKS: dict[str, Promise] = {
    "NO_POINT": _("本村没有开着的服务点"),
    "NO_KEEPER": _("有服务点，没有站长"),
    "NO_CONSENT": _("没有电话，也没有同意站点代办"),
}
STEPS: dict[str, Promise] = {
    "LEARN": _("学：上电商课"),
    "SPACE": _("拿到免费工位"),
    "LOAN": _("申请贴息贷款"),
    "LIST": _("从货池上架第一件"),
    "SOLD": _("第一笔卖出"),
}
OPERATORS: dict[str, Promise] = {
    "ALIBABA": _("阿里巴巴农村淘宝"),
    "JD": _("京东"),
    "CHINA_POST": _("中国邮政村邮乐购"),
    "FEITIAN": _("飞天麦光光"),
}
