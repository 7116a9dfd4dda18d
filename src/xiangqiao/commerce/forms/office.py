"""Shapes of input of the commerce office, of beginners and of buyers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.forms.fields import DayField, KgField, YuanField
from xiangqiao.commerce.models import ListKind, Order


class ListForm(forms.Form):
    """A list to be brought in."""

    kind = forms.ChoiceField(label=_("哪种名单"), choices=ListKind.choices)
    file = forms.FileField(
        label=_("文件"), help_text=_(".xlsx 或 .csv，原表直接传，不用改格式，最大 5 MB。"),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )  # fmt: skip


class KeeperForm(forms.Form):
    """Who keeps a station."""

    name = forms.CharField(label=_("站长姓名"), max_length=40)
    username = forms.CharField(label=_("登录名"), max_length=60, required=False)


class ClosedForm(forms.Form):
    """A day on which something ends."""

    on = DayField(label=_("从哪天起"))


class JobForm(forms.Form):
    """A job a tenant gave to a member of a household."""

    number = forms.CharField(label=_("户编号"), max_length=30)
    name = forms.CharField(label=_("户主姓名"), max_length=30)
    title = forms.CharField(label=_("工作岗位"), max_length=40)
    wage = YuanField(label=_("月工资（元）"))
    from_on = DayField(label=_("上岗日期"))


class PoolForm(forms.Form):
    """Goods a tenant lays into the pool."""

    product = forms.CharField(label=_("品名"), max_length=40)
    grade = forms.CharField(label=_("等级"), max_length=20)
    kg = KgField(label=_("重量（公斤）"))
    price = YuanField(label=_("供货价（元/公斤）"))


class BeginForm(forms.Form):
    """Who begins."""

    number = forms.CharField(label=_("户编号"), max_length=30)
    head = forms.CharField(label=_("户主姓名"), max_length=30)
    name = forms.CharField(label=_("谁来学"), max_length=60)
    shop = forms.CharField(label=_("店名"), max_length=40)
    username = forms.CharField(label=_("登录名"), max_length=60, required=False)


class LessonForm(forms.Form):
    """A lesson."""

    subject = forms.CharField(label=_("课名"), max_length=60)
    hours = forms.IntegerField(label=_("课时"), min_value=1, max_value=80)
    on = DayField(label=_("哪天"))


class SpaceForm(forms.Form):
    """A space in the park."""

    space = forms.CharField(label=_("工位或房间号"), max_length=30)


class LoanForm(forms.Form):
    """An application for a loan."""

    bank = forms.CharField(label=_("贷款银行"), max_length=60)
    amount = YuanField(label=_("金额（元）"))
    months = forms.IntegerField(label=_("期限（月）"), min_value=1, max_value=60)
    purpose = forms.CharField(label=_("用途"), max_length=120)


class DecisionForm(forms.Form):
    """What the bank decided."""

    good = forms.ChoiceField(label=_("银行的决定"), choices=[("1", _("银行同意了")), ("0", _("银行没同意"))])
    decision_no = forms.CharField(label=_("批复编号"), max_length=40, required=False)
    rate = forms.DecimalField(label=_("年利率（%）"), max_digits=5, decimal_places=2, required=False)
    why = forms.CharField(label=_("不同意的原因"), max_length=120, required=False)


class OrderForm(forms.Form):
    """What a buyer fills in."""

    packs = forms.IntegerField(label=_("几件"), min_value=1, max_value=999, initial=1)
    buyer = forms.CharField(
        label=_("收货人"), max_length=40, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("电话"), max_length=20, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    way = forms.ChoiceField(label=_("怎么收货"), choices=Order.Way.choices)
    address = forms.CharField(
        label=_("收货地址"), max_length=200, required=False, help_text=_("到站自取的不用填。"),
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )  # fmt: skip
    payment = forms.ChoiceField(
        label=_("怎么付钱"), choices=Order.Payment.choices,
        help_text=_("网站不收钱：货到付给送货的人或站点，或按站点给的账号转账。"),
    )  # fmt: skip


class LookUpForm(forms.Form):
    """An order's code and the end of the phone."""

    code = forms.CharField(label=_("订单号"), max_length=16, widget=forms.TextInput({"autocomplete": "off"}))
    tail = forms.CharField(
        label=_("电话后四位"),
        max_length=4,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    """Why words may stay, or are sent back."""

    reason = forms.CharField(label=_("意见"), max_length=200)
