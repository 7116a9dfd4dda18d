"""Asking, verifying, publishing, closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.giving.forms.fields import day, number, text
from xiangqiao.giving.models import Need
from xiangqiao.giving.rules.needs import entered

ROWS = 4
BLANK = [("", _("请选择"))]


class RaiseForm(forms.Form):
    """An appeal with up to four needs, each costed."""

    household_no = forms.CharField(label=_("户编号"), max_length=30, help_text=_("在户内的联系卡上。"))
    head_name = forms.CharField(label=_("户主姓名"), max_length=40, help_text=_("用来核对，不会公开。"))
    title = forms.CharField(label=_("一句话说需要什么"), max_length=60)
    story = text(
        _("家里的情况"),
        2000,
        help_text=_("写清难在哪里、需要什么。不写病名，不写证件号、卡号和电话；只有核实的人看到。"),
    )
    by_wechat = forms.BooleanField(label=_("从微信群里接来的"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, ROWS + 1):
            first = n == 1
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=_("种类"), choices=[*BLANK, *Need.Kind.choices], required=first
            )
            self.fields[f"what_{n}"] = forms.CharField(label=_("需要什么"), max_length=60, required=first)
            self.fields[f"quantity_{n}"] = number(_("数量（件、小时或元）"), required=first)
            self.fields[f"price_{n}"] = number(_("单价（元；钱款不用填）"), required=False)
            self.fields[f"evidence_{n}"] = forms.CharField(
                label=pgettext_lazy("evidence", "依据"),
                max_length=200,
                required=first,
                help_text=_("例如报价单、清单、现场丈量。"),
            )

    def need_rows(self) -> list[dict[str, Any]]:
        """Return the bound fields of each need, for the template."""
        names = ("kind", "what", "quantity", "price", "evidence")
        return [{name: self[f"{name}_{n}"] for name in names} | {"number": n} for n in range(1, ROWS + 1)]

    def wants(self) -> list[dict[str, Any]]:
        """Return the needs that were filled in, in the units of the books."""
        data = self.cleaned_data
        return [
            {
                "kind": data[f"kind_{n}"],
                "what": data[f"what_{n}"],
                "quantity": entered(data[f"kind_{n}"], float(data[f"quantity_{n}"] or 0)),
                "unit_cost_fen": round((data[f"price_{n}"] or 0) * 100),
                "evidence": data[f"evidence_{n}"],
            }
            for n in range(1, ROWS + 1)
            if data[f"kind_{n}"] or data[f"what_{n}"]
        ]


class VerifyForm(forms.Form):
    """What a verifier found."""

    visited_on = day(_("哪天去看的"))
    notes = text(_("看到什么"), 1000, rows=3)
    confirms = forms.ChoiceField(label=_("结论"), choices=[("yes", _("情况属实")), ("no", _("与所述不符"))])


class PublishForm(forms.Form):
    """The public text, the consent, and for lane A the charity."""

    title = forms.CharField(label=_("公开标题"), max_length=60)
    text = text(_("公开说明"), 1000, help_text=_("不写姓名、村组、病名、学校；写“一户老人家”“一名学生”。"))
    withdraw_on = day(_("撤下日期"), help_text=_("最长 180 天。"))
    consent_by = forms.CharField(label=_("家里谁同意公开"), max_length=60)
    consent_on = day(_("同意的日期"))
    charity_name = forms.CharField(
        label=_("慈善组织（有善款项目时）"), max_length=60, required=False,
        help_text=_("有公开募捐资格的组织接这个项目时填；不填就走民政部指定的平台。"),
    )  # fmt: skip
    charity_certificate = forms.CharField(label=_("公开募捐资格证书编号"), max_length=60, required=False)
    charity_filing = forms.CharField(label=_("募捐方案备案编号"), max_length=60, required=False)
    charity_valid_to = day(_("证书有效期至"), required=False)


class CloseForm(forms.Form):
    """The closing report."""

    report = text(_("结案报告"), 2000, help_text=_("收到什么、怎么用的、还差什么。要公开，不写是谁家。"))
    withdraw_on = day(_("报告公示到"))


class MirrorForm(forms.Form):
    """A total as stated elsewhere."""

    platform = forms.CharField(label=_("平台或慈善组织"), max_length=60)
    amount = number(_("公布的募得数（元）"))
    as_of = day(_("截至日期"))
    source = forms.CharField(label=_("来源"), max_length=200, help_text=_("谁公布的、在哪里看到。"))
    link = forms.URLField(label=_("网址"), required=False, assume_scheme="https")
