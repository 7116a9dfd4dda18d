"""Shapes of input at the counter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.forms.fields import DayField, KgField, YuanField
from xiangqiao.commerce.models import CashEntry, Consent, Settlement, WriteOff


class NoFields(forms.Form):
    """A button with nothing to fill in."""


class WhoForm(forms.Form):
    """Who stands at the counter: both must be right."""

    number = forms.CharField(label=_("户编号"), max_length=30, help_text=_("明白卡上有。"))
    name = forms.CharField(label=_("户主姓名"), max_length=30)


class TakeInForm(forms.Form):
    """What was brought."""

    product = forms.CharField(label=_("品名"), max_length=40)
    grade = forms.CharField(label=_("等级"), max_length=20, initial=_("一级"))
    kg = KgField(label=_("重量（公斤）"), help_text=_("按秤上的读数写，可以写到克。"))
    price = YuanField(label=_("说好的价（元/公斤）"), help_text=_("卖出后按实际成交结算，不低于这个价。"))


class ConsentForm(forms.Form):
    """How a household consented."""

    way = forms.ChoiceField(label=_("怎么同意的"), choices=Consent.Way.choices)
    witness = forms.CharField(label=_("见证人"), max_length=40, required=False)


class QuoteForm(forms.Form):
    """What is to be bought on behalf."""

    goods = forms.CharField(label=_("买什么"), max_length=80)
    price = YuanField(label=_("价钱（元）"))
    fee = YuanField(label=_("代办费（元）"), initial=0)


class CodeForm(forms.Form):
    """A collection code."""

    code = forms.CharField(
        label=_("取货码"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class WhyForm(forms.Form):
    """Why something ends otherwise than meant."""

    why = forms.CharField(label=_("为什么"), max_length=120)


class NumberForm(forms.Form):
    """The number under which a platform or bank knows something."""

    number = forms.CharField(label=_("平台订单号"), max_length=40)


class PaidForm(forms.Form):
    """How a transfer is recognised."""

    note = forms.CharField(label=_("银行流水号或到账时间"), max_length=80)


class ShipForm(forms.Form):
    """Which orders leave together, and by whom."""

    carrier = forms.CharField(label=_("承运人"), max_length=40, initial=_("邮政"))
    number = forms.CharField(label=_("单号"), max_length=40)


class OfferForm(forms.Form):
    """Goods to be offered."""

    pavilion = forms.ChoiceField(label=_("上到哪个馆"))
    title = forms.CharField(label=_("商品名"), max_length=60)
    story = forms.CharField(
        label=_("介绍"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("写货怎么样、什么时候摘的。不要写农户的姓名、电话、病情。"),
    )  # fmt: skip
    title_en = forms.CharField(label=_("英文商品名"), max_length=80, required=False)
    story_en = forms.CharField(
        label=_("英文介绍"), max_length=600, required=False, widget=forms.Textarea({"rows": 2})
    )
    pack = KgField(label=_("每件重量（公斤）"))
    price = YuanField(label=_("每件价钱（元）"))

    def choose(self, pavilions: list[tuple[str, str]]) -> None:
        """Set the pavilions to choose from."""
        field = self.fields["pavilion"]
        if isinstance(field, forms.ChoiceField):
            field.choices = pavilions


class SettleForm(forms.Form):
    """How the households are paid."""

    way = forms.ChoiceField(label=_("怎么付给农户"), choices=Settlement.Way.choices)


class WriteOffForm(forms.Form):
    """Goods that will not be sold."""

    kind = forms.ChoiceField(label=_("怎么了"), choices=WriteOff.Kind.choices)
    kg = KgField(label=_("重量（公斤）"))
    reason = forms.CharField(label=_("为什么"), max_length=120)


class CashForm(forms.Form):
    """Cash put in or taken out by hand."""

    kind = forms.ChoiceField(
        label=_("什么钱"),
        choices=[
            (one.value, one.label)
            for one in (CashEntry.Kind.SHOP_SALE, CashEntry.Kind.FLOAT, CashEntry.Kind.BANKED)
        ],
    )
    amount = YuanField(label=_("金额（元）"))
    note = forms.CharField(label=_("备注"), max_length=120, required=False)


class CloseForm(forms.Form):
    """A day's count."""

    on = DayField(label=_("哪一天"))
    counted = YuanField(label=_("清点现金（元）"))
    explanation = forms.CharField(
        label=_("差额说明"), max_length=200, required=False, help_text=_("数目对得上就不用写。")
    )


class CorrectForm(forms.Form):
    """A movement that was written down wrongly."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.DecimalField(label=_("应该是（元，支出写负数）"), max_digits=12, decimal_places=2)
    reason = forms.CharField(label=_("为什么更正"), max_length=120)
