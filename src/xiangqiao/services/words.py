"""Names of codes of the services, in both languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(models.TextChoices):
    """What a question is about; the duty list names who is in charge."""

    SUBSIDY = "SUBSIDY", _("补贴与低保")
    MEDICAL = "MEDICAL", _("看病与医保")
    SCHOOL = "SCHOOL", _("上学与资助")
    HOUSING = "HOUSING", _("住房")
    WATER = "WATER", _("饮水")
    ROAD = "ROAD", _("道路")
    POWER = "POWER", _("用电")
    NETWORK = "NETWORK", _("手机信号与宽带")
    WORK = "WORK", _("务工与工钱")
    FARMING = "FARMING", _("种养与销路")
    LAND = "LAND", _("土地与山林")
    LAW = "LAW", _("法律与纠纷")
    OTHER = "OTHER", _("其他")


class Channel(models.TextChoices):
    """By which way something came in."""

    WEB = "WEB", _("网站")
    WECHAT = "WECHAT", _("公众号")
    GROUP = "GROUP", _("微信群转来")
    COUNTER = "COUNTER", _("站点柜台")
    VISIT = "VISIT", _("上门代问")
    PHONE = "PHONE", _("电话")


class Announced(models.TextChoices):
    """Sorts of announcements."""

    NEWS = "NEWS", pgettext_lazy("announcement", "通知")
    PUBLIC_LIST = "PUBLIC_LIST", _("公示")
    POLICY = "POLICY", _("政策解读")
    EVENT = "EVENT", pgettext_lazy("announcement", "活动")


class Consent(models.TextChoices):
    """How somebody agreed that another person asks for them."""

    NONE = "", _("本人办理")
    PRESENT = "PRESENT", _("本人在场同意")
    PHONE = "PHONE", _("电话里同意")
    WRITTEN = "WRITTEN", _("书面委托")


class Crop(models.TextChoices):
    """Farm goods on the board."""

    NAVEL_ORANGE = "NAVEL_ORANGE", _("脐橙")
    RICE = "RICE", _("稻米")
    CHICKEN = "CHICKEN", _("三黄鸡")
    DUCK = "DUCK", _("鸭")
    EGG = "EGG", _("鸡蛋")
    PORK = "PORK", _("猪肉")
    FISH = "FISH", _("鱼")
    SWEET_POTATO = "SWEET_POTATO", _("红薯")
    TARO = "TARO", _("芋头")
    PEANUT = "PEANUT", _("花生")
    TEA_OIL = "TEA_OIL", _("山茶油")
    LOTUS_SEED = "LOTUS_SEED", _("白莲")
    MUSHROOM = "MUSHROOM", _("食用菌")
    VEGETABLE = "VEGETABLE", _("蔬菜")
    HONEY = "HONEY", _("蜂蜜")
    OTHER = "OTHER", _("其他")


class Errand(models.TextChoices):
    """What a keeper does for a villager at the counter."""

    WATER = "WATER", _("代缴水费")
    ELECTRICITY = "ELECTRICITY", _("代缴电费")
    PHONE = "PHONE", _("代缴话费")
    TICKET = "TICKET", _("代购车票")
    GOODS = "GOODS", _("代购商品")


# Why two entries of the board fit.
MATCHES = {
    "same_crop": _("品种相同"),
    "same_village": _("同村"),
    "same_township": _("同乡镇"),
    "same_county": _("同县"),
    "amount_near": _("数量相近"),
    "price_near": _("价格相近"),
}

# For how long a wage is paid, as it stands before the amount.
PERIODS = {"MONTH": pgettext_lazy("period", "月"), "DAY": _("天"), "HOUR": _("小时")}
