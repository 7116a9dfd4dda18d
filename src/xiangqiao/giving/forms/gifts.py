"""Offering, matching, delivering, confirming, following; initiatives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.giving.forms.fields import day, number, text
from xiangqiao.giving.models import Need

BLANK = [("", _("请选择"))]
ANYTHING = [("PIECE", _("物品（件）")), ("MINUTE", _("出力（小时）"))]


class OfferForm(forms.Form):
    """A gift: for one need, or (without `needs`) to whoever needs it."""

    need = forms.ChoiceField(label=_("认下哪一项"))
    unit = forms.ChoiceField(label=_("种类"), choices=ANYTHING)
    what = forms.CharField(label=_("捐什么"), max_length=60)
    amount = number(_("数量（件、小时或元）"))
    value = number(_("大约值多少（元）"), required=False)
    name = forms.CharField(label=_("怎么称呼您"), max_length=40, help_text=_("公开页面只写“爱心人士”。"))
    phone = forms.CharField(
        label=_("手机号"), max_length=20, help_text=_("只用来联系送达，加密保存，不公开。"),
        widget=forms.TextInput({"inputmode": "tel"}),
    )  # fmt: skip
    message = forms.CharField(label=_("想说的话"), max_length=200, required=False)

    def __init__(
        self, *args: Any, needs: list[tuple[str, Any]] | None, signed_in: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if needs is None:
            del self.fields["need"]
        else:
            self.fields["need"].choices = [*BLANK, *needs]  # type: ignore[attr-defined]
            del self.fields["what"], self.fields["unit"]
        if signed_in:
            del self.fields["phone"]


class FollowForm(forms.Form):
    """Phone and code of a guest."""

    phone = forms.CharField(label=_("手机号"), max_length=20, widget=forms.TextInput({"inputmode": "tel"}))
    code = forms.CharField(label=_("查询码"), max_length=20)


class MatchForm(forms.Form):
    """Which need a gift goes to."""

    need = forms.ChoiceField(label=_("对接给"))

    def __init__(self, *args: Any, needs: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [*BLANK, *needs]  # type: ignore[attr-defined]


class DeliverForm(forms.Form):
    """That it arrived."""

    voucher = forms.CharField(
        label=_("凭证号"), max_length=60, required=False, help_text=_("钱款必填：银行回单或收条的编号。")
    )


class ConfirmForm(forms.Form):
    """The household's word; a witness where it is brought by somebody else."""

    witness = forms.CharField(
        label=_("见证人"), max_length=60, required=False, help_text=_("替农户确认时必填；农户本人不用填。")
    )


class BoardForm(forms.Form):
    """What the board is narrowed by."""

    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("全部")), *Need.Kind.choices])
    township = forms.ChoiceField(label=_("乡镇"), required=False)

    def __init__(self, *args: Any, townships: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].choices = [("", _("全部")), *townships]  # type: ignore[attr-defined]


class InitiativeForm(forms.Form):
    """A joint initiative."""

    title = forms.CharField(label=_("名称"), max_length=60)
    purpose = text(_("为了什么"), 400, rows=2)
    starts_on = day(_("从"))
    ends_on = day(_("到"))
    parts = text(_("参加的单位，每行一个"), 2000, help_text=_("写成“单位：承诺做什么”，至少两个单位。"))

    def departments(self) -> list[tuple[str, str]]:
        """Return (department, promise) of each line."""
        lines = [line.replace("：", ":") for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        return [
            (name.strip()[:60], promise.strip()[:200])
            for name, _sep, promise in (line.partition(":") for line in lines)
        ]
