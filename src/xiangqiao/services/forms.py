"""Shapes of input of the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiangqiao.services.words import Channel, Consent, Crop, Topic

BLANK = [("", _("请选择"))]


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **more)


def yuan(label: Any, *, required: bool = True, **more: Any) -> forms.DecimalField:
    """Return a field for an amount in yuan with at most two decimals."""
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_digits=9, decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}), **more,
    )  # fmt: skip


class PlacedForm(forms.Form):
    """A form with a place to choose, and contact."""

    division = forms.ChoiceField(label=_("您在哪里"))
    name = forms.CharField(label=_("怎么称呼您"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("电话"),
        max_length=20,
        help_text=_("只有办理的人看得到，不会公开。"),
        widget=forms.TextInput({"inputmode": "tel"}),
    )

    def __init__(
        self, *args: Any, places: list[tuple[str, Any]], signed_in: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*BLANK, *places]
        if signed_in:
            self.fields["phone"].required = False


class AskForm(PlacedForm):
    """A question."""

    topic = forms.ChoiceField(label=_("哪方面的事"), choices=[*BLANK, *Topic.choices])
    title = forms.CharField(label=_("一句话说是什么事"), max_length=80)
    text = forms.CharField(
        label=_("说清楚：什么事、在哪里、从什么时候起"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=_("不要写证件号和银行卡号。"),
    )  # fmt: skip
    may_publish = forms.BooleanField(
        label=_("问题和答复可以隐去姓名后公开，帮到别人"), required=False, initial=False
    )
    field_order: tuple[str, ...] = ("topic", "title", "text", "division", "name", "phone", "may_publish")


class ProxyForm(AskForm):
    """A question for somebody else, or one taken over from a WeChat group."""

    consent = forms.ChoiceField(
        label=_("本人怎么同意的"), choices=[*BLANK, *[c for c in Consent.choices if c[0]]]
    )
    channel = forms.ChoiceField(
        label=_("从哪里来"),
        choices=[c for c in Channel.choices if c[0] in ("VISIT", "COUNTER", "PHONE", "GROUP")],
    )
    source_note = forms.CharField(
        label=_("来源"),
        max_length=120,
        required=False,
        help_text=_("微信群转来的，写群名和日期，例如：溪口村民群 11月20日。"),
    )
    household_no = forms.CharField(
        label=_("户编号"),
        max_length=30,
        required=False,
        help_text=_("填了户编号和户主，答复会出现在这户的记录里。"),
    )
    head_name = forms.CharField(label=_("户主姓名"), max_length=30, required=False)
    field_order: tuple[str, ...] = (
        "channel", "source_note", "consent", "topic", "title", "text", "division", "name", "phone", "household_no",
        "head_name", "may_publish",
    )  # fmt: skip


class FollowForm(forms.Form):
    """Phone and code."""

    phone = forms.CharField(
        label=_("提交时留的电话"), max_length=20, widget=forms.TextInput({"inputmode": "tel"})
    )
    code = forms.CharField(
        label=_("8 位查询码"), max_length=12, widget=forms.TextInput({"autocomplete": "off"})
    )


class RateForm(forms.Form):
    """What the asker says of the answer: solved, and satisfied, apart."""

    solved = forms.ChoiceField(
        label=_("事情解决了吗"),
        choices=[("yes", _("解决了")), ("no", _("没有解决"))],
        widget=forms.RadioSelect,
    )
    satisfied = forms.ChoiceField(
        label=_("对答复满意吗"),
        choices=[("YES", _("满意")), ("PARTLY", _("基本满意")), ("NO", _("不满意"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("还想说什么"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class ReopenForm(forms.Form):
    """What is still missing."""

    remark = forms.CharField(label=_("哪里还没有解决"), max_length=500, widget=forms.Textarea({"rows": 3}))


class ReplyForm(forms.Form):
    """An answer to an entry of the board."""

    name = forms.CharField(label=_("怎么称呼您"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=20, widget=forms.TextInput({"inputmode": "tel"}))
    text = forms.CharField(label=_("想说的话"), max_length=300, widget=forms.Textarea({"rows": 3}))


class GoodsForm(PlacedForm):
    """Goods offered or wanted."""

    kind = forms.ChoiceField(label=_("供还是求"), choices=[("OFFER", _("我有货要卖")), ("WANT", _("我想买"))])
    crop = forms.ChoiceField(label=_("品种"), choices=[*BLANK, *Crop.choices])
    kilograms = forms.IntegerField(label=_("数量（公斤）"), min_value=1, max_value=1_000_000)
    price = yuan(_("每公斤多少元"), required=False, help_text=_("不写就是面议。"))
    valid_to = _day(_("到哪天为止"), help_text=_("最长 90 天，到期自动撤下。"))
    note = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("不要写电话和姓名：有意的人从这里留言，只有您看得到。"),
    )
    field_order = ("kind", "crop", "kilograms", "price", "valid_to", "note", "division", "name", "phone")


class GoodsFilterForm(forms.Form):
    """What the board of goods is narrowed by."""

    kind = forms.ChoiceField(
        label=_("供求"), required=False, choices=[("", _("全部")), ("OFFER", _("供应")), ("WANT", _("求购"))]
    )
    crop = forms.ChoiceField(label=_("品种"), required=False, choices=[("", _("全部")), *Crop.choices])


class SettleForm(forms.Form):
    """A deal."""

    kilograms = forms.IntegerField(label=_("成交数量（公斤）"), min_value=1)
    total = yuan(_("一共多少元"))


class SearchForm(forms.Form):
    """Words to search."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)


_KINDS: dict[str, Any] = {
    "text": lambda label, **more: forms.CharField(label=label, max_length=200, **more),
    "long_text": lambda label, **more: forms.CharField(label=label, widget=forms.Textarea({"rows": 3}), max_length=2000, **more),
    "number": lambda label, **more: forms.CharField(label=label, widget=forms.TextInput({"inputmode": "decimal"}), **more),
    "date": lambda label, **more: forms.CharField(label=label, widget=forms.DateInput({"type": "date"}), **more),
    "id_number": lambda label, **more: forms.CharField(label=label, max_length=18, widget=forms.TextInput({"autocomplete": "off"}), **more),
    "bank_card": lambda label, **more: forms.CharField(label=label, max_length=23, widget=forms.TextInput({"inputmode": "numeric"}), **more),
    "phone": lambda label, **more: forms.CharField(label=label, max_length=20, widget=forms.TextInput({"inputmode": "tel"}), **more),
}  # fmt: skip


class ApplyForm(PlacedForm):
    """An application: the fields of the service, the papers at hand, and the contact."""

    def __init__(self, *args: Any, fields: list[dict[str, Any]], papers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in fields:
            self.fields[one["name"]] = _field(one)
        self.fields["papers"] = forms.MultipleChoiceField(
            label=_("手头已有的材料"),
            required=False,
            choices=[(p, p) for p in papers],
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields([*(one["name"] for one in fields), "papers", "division", "name", "phone"])


def _field(one: dict[str, Any]) -> forms.Field:
    english = (get_language() or "").startswith("en")
    more: dict[str, Any] = {"required": bool(one.get("required"))}
    label = (one.get("label_en") or one["label"]) if english else one["label"]
    if one["kind"] == "choice":
        return forms.ChoiceField(label=label, choices=[*BLANK, *((c, c) for c in one["choices"])], **more)
    if one["kind"] == "yes_no":
        return forms.ChoiceField(label=label, choices=[*BLANK, ("yes", _("是")), ("no", _("否"))], **more)
    made: forms.Field = _KINDS[one["kind"]](label, **more)
    return made


class PapersForm(forms.Form):
    """Papers that are brought later."""

    def __init__(self, *args: Any, papers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"] = forms.MultipleChoiceField(
            label=_("已经带来的材料"), choices=[(p, p) for p in papers], widget=forms.CheckboxSelectMultiple
        )
