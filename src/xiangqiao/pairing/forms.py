"""Shapes of input of pairing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.pairing.words import ENDED, STATES, choices

Choices = Sequence[tuple[str, Any]]

# Points that an office may set; the others keep what the engine gives them.
WEIGHTS: dict[str, tuple[int, Any, Any]] = {
    "skill": (600, _("技能不对应需要"), _("干部不懂这一户需要的任何一项")),
    "home_elsewhere": (200, _("家在外乡镇"), _("或家乡没有登记")),
    "language": (300, _("不会客家话"), _("农户说客家话的村")),
    "load": (120, _("同一干部每多一户"), _("越大，各干部的户数越平均")),
    "move": (2500, _("更换现有干部"), _("越大，换人越少")),
}


class RunForm(forms.Form):
    """Where to pair, and what each mismatch costs."""

    division = forms.ChoiceField(label=_("范围"))

    def __init__(self, *args: Any, divisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("division", divisions)
        for name, (points, label, help_text) in WEIGHTS.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                help_text=help_text,
                initial=points,
                min_value=0,
                max_value=100_000,
                required=False,
            )

    def choose(self, name: str, options: Choices) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(options)

    def weights(self) -> dict[str, int]:
        """Return the points that differ from the engine's own."""
        given = {name: self.cleaned_data.get(name) for name in WEIGHTS}
        return {
            name: value for name, value in given.items() if value is not None and value != WEIGHTS[name][0]
        }


class ProposalFilterForm(forms.Form):
    """What the table of proposals is narrowed by."""

    division = forms.ChoiceField(label=_("乡镇、村"), required=False)
    state = forms.ChoiceField(label=_("处理情况"), required=False, choices=[("", _("全部")), *STATES.items()])
    q = forms.CharField(label=_("干部姓名"), required=False, max_length=30)

    def __init__(self, *args: Any, divisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *divisions]


class CadreFilterForm(forms.Form):
    """What the lists of cadres and units are narrowed by."""

    q = forms.CharField(label=_("姓名或单位"), required=False, max_length=30)
    division = forms.ChoiceField(label=_("帮扶的乡镇"), required=False)
    skill = forms.ChoiceField(label=_("技术特长"), required=False)
    load = forms.ChoiceField(
        label=_("户数"),
        required=False,
        choices=[("", _("全部")), ("full", _("已满")), ("free", _("有空位")), ("none", _("还没有户"))],
    )

    def __init__(self, *args: Any, divisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("division", divisions), ("skill", choices("skill"))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("全部")), *options]


class UnitFilterForm(forms.Form):
    """What the list of units is narrowed by."""

    q = forms.CharField(label=_("单位名称"), required=False, max_length=30)
    division = forms.ChoiceField(label=_("帮扶的乡镇"), required=False)
    load = forms.ChoiceField(
        label=_("干部名单"), required=False, choices=[("", _("全部")), ("none", _("没有干部"))]
    )

    def __init__(self, *args: Any, divisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *divisions]


class ReasonForm(forms.Form):
    """Why a proposal is not taken as it is."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class ChangeForm(forms.Form):
    """Another cadre, and why."""

    cadre = forms.UUIDField()
    reason = forms.CharField(label=_("改派的理由"), max_length=200)


class EndForm(forms.Form):
    """The end of a pair: which household of a cadre, why, and on what day."""

    pair = forms.ChoiceField(label=_("农户"))
    ended = forms.ChoiceField(
        label=_("原因"), choices=[(code, label) for code, label in ENDED.items() if code != "HANDED_OVER"]
    )
    on = forms.DateField(label=_("结束日期"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, pairs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pair"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(pairs)


class AccountForm(forms.Form):
    """By which account a cadre signs in."""

    username = forms.CharField(
        label=_("登录名"), max_length=150, required=False, help_text=_("留空就是取消关联。")
    )


class RelativeForm(forms.Form):
    """A household of which a cadre is a relative."""

    household_no = forms.CharField(label=_("户编号"), max_length=30)


class LeftForm(forms.Form):
    """The day on which a cadre leaves."""

    left_on = forms.DateField(label=_("调离日期"), widget=forms.DateInput({"type": "date"}))
