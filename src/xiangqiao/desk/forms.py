"""Shape of what the desk is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.desk.words import choices


class HouseholdFilterForm(forms.Form):
    """The filters above the list of households."""

    q = forms.CharField(label=_("姓名、拼音首字母、户编号"), required=False, max_length=60)
    division = forms.ChoiceField(label=_("乡镇或村"), required=False)
    watch_type = forms.ChoiceField(label=_("监测类别"), required=False)
    exit_status = forms.ChoiceField(label=_("脱贫标志"), required=False)
    household_type = forms.ChoiceField(label=_("农户属性"), required=False)
    cause = forms.ChoiceField(label=_("致贫原因"), required=False)
    cadre = forms.ChoiceField(
        label=_("帮扶干部"), required=False, choices=[("", "—"), ("none", _("还没有")), ("has", _("已有"))]
    )
    policy = forms.ChoiceField(label=_("应享未享的政策"), required=False)
    problem = forms.ChoiceField(
        label=_("数据问题"), required=False, choices=[("", "—"), ("any", _("有待处理的问题"))]
    )

    def __init__(
        self,
        *args: Any,
        divisions: list[tuple[str, str]],
        policies: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("policy", [("", "—"), ("any", gettext("任何一项")), *policies])
        for name in ("watch_type", "exit_status", "household_type", "cause"):
            self._choose(name, choices(name))
        self._choose("division", [("", "—"), *divisions])

    def _choose(self, name: str, options: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = options
