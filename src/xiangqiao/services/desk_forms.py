"""Shapes of input of the office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.services.forms import BLANK, yuan
from xiangqiao.services.words import Errand, Topic

_DATE = {"type": "date"}


class OfficeForm(forms.Form):
    """An office to hand something to, and why."""

    office = forms.ChoiceField(label=pgettext_lazy("office", "单位"))
    reason = forms.CharField(
        label=_("说明"), max_length=300, widget=forms.Textarea({"rows": 2}), required=False
    )

    def __init__(self, *args: Any, offices: Iterable[Any], with_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*BLANK, *((str(one.public_id), one.name) for one in offices)]
        if with_reason:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("说明"), max_length=300, widget=forms.Textarea({"rows": 3}))


class AnswerForm(forms.Form):
    """An answer."""

    text = forms.CharField(
        label=_("答复"),
        max_length=4000,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("写清结果、依据和下一步；不写别人的姓名和号码。"),
    )


class PublishForm(forms.Form):
    """An edited copy of question and answer, for everybody."""

    title = forms.CharField(label=_("公开的标题"), max_length=80)
    text = forms.CharField(label=_("公开的问题"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    answer = forms.CharField(label=_("公开的答复"), max_length=4000, widget=forms.Textarea({"rows": 5}))


class QuestionFilterForm(forms.Form):
    """What the list of questions is narrowed by."""

    state = forms.ChoiceField(
        label=_("进度"), required=False,
        choices=[
            ("", _("全部")), ("open", _("没办完的")), ("overdue", _("超期的")), ("RECEIVED", _("等分办")), ("ASSIGNED", _("等受理")),
            ("ACCEPTED", _("已受理")), ("ANSWERED", _("已答复")), ("CLOSED", _("已评价")), ("REFUSED", _("不受理")),
        ],
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *Topic.choices])
    q = forms.CharField(label=_("文字"), required=False, max_length=40)


class DecideForm(forms.Form):
    """A decision with its reason."""

    granted = forms.ChoiceField(
        label=_("决定"), choices=[("yes", _("同意办理")), ("no", _("不予办理"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=pgettext_lazy("decision", "依据"), max_length=300, widget=forms.Textarea({"rows": 3})
    )


class CollectForm(forms.Form):
    """The code of who collects."""

    code = forms.CharField(
        label=_("8 位查询码"), max_length=12, widget=forms.TextInput({"autocomplete": "off"})
    )


class DutyForm(forms.Form):
    """A line of the duty list."""

    topic = forms.ChoiceField(label=_("类别"), choices=[*BLANK, *Topic.choices])
    division = forms.ChoiceField(label=_("地方"))
    office = forms.ChoiceField(label=_("负责单位"))
    working_days = forms.IntegerField(label=_("几个工作日内答复"), min_value=1, max_value=60, initial=5)

    def __init__(
        self, *args: Any, offices: Iterable[Any], places: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("division", places),
            ("office", [(str(one.public_id), one.name) for one in offices]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*BLANK, *choices]


class JobForm(forms.Form):
    """A job on the board."""

    title = forms.CharField(label=_("岗位"), max_length=60)
    employer = forms.CharField(label=_("用工单位"), max_length=80)
    employer_checked = forms.CharField(
        label=_("怎么核实的"), max_length=120, help_text=_("例如：看过营业执照，无欠薪记录。")
    )
    where = forms.CharField(label=_("地点"), max_length=80)
    wage_from = yuan(_("工资从（元）"))
    wage_to = yuan(_("工资到（元）"))
    period = forms.ChoiceField(
        label=_("计薪"), choices=[("MONTH", _("按月")), ("DAY", _("按天")), ("HOUR", _("按小时"))]
    )
    places = forms.IntegerField(label=_("人数"), min_value=1, max_value=999)
    wants = forms.CharField(label=_("要求"), max_length=300, required=False)
    travel_grant = yuan(_("路费补助（元）"), required=False)
    valid_to = forms.DateField(label=_("报名截止"), widget=forms.DateInput(_DATE))


class CourseForm(forms.Form):
    """A course on the board."""

    title = forms.CharField(label=_("课程"), max_length=60)
    about = forms.CharField(label=_("内容"), max_length=300)
    teacher = forms.CharField(label=_("讲课人"), max_length=60)
    organiser = forms.CharField(label=_("主办"), max_length=80)
    place = forms.CharField(label=_("地点"), max_length=80)
    seats = forms.IntegerField(label=_("名额"), min_value=1, max_value=999)
    first_day = forms.DateField(label=_("哪天上课"), widget=forms.DateInput(_DATE))
    hours = forms.CharField(label=_("时间"), max_length=40, help_text=_("例如 9:00–11:30"))
    apply_until = forms.DateField(label=_("报名截止"), widget=forms.DateInput(_DATE))


class BusForm(forms.Form):
    """A bus to a job."""

    leaves_on = forms.DateField(label=_("出发日期"), widget=forms.DateInput(_DATE))
    meet_at = forms.CharField(label=_("集合地点和时间"), max_length=80)
    bus = forms.CharField(label=_("车"), max_length=40)
    seats = forms.IntegerField(label=_("座位"), min_value=1, max_value=200)
    leader = forms.CharField(label=_("带队人"), max_length=60, required=False)


class ErrandForm(forms.Form):
    """An errand at the counter."""

    errand = forms.ChoiceField(label=_("办什么"), choices=Errand.choices, widget=forms.RadioSelect)
    payee = forms.CharField(label=_("交给谁"), max_length=80, help_text=_("例如：县供电公司"))
    account = forms.CharField(label=_("户号、手机号或车次"), max_length=40, required=False)
    customer = forms.CharField(label=_("顾客怎么称呼"), max_length=60)
    amount = yuan(_("金额（元）"))
    fee = yuan(_("服务费（元）"), required=False, help_text=_("水电话费不收服务费；车票和商品最多 5 元。"))
    cash = yuan(_("收到现金（元）"))
    household_no = forms.CharField(label=_("户编号"), max_length=30, required=False)
    head_name = forms.CharField(label=_("户主姓名"), max_length=30, required=False)


class ReferenceForm(forms.Form):
    """The provider's number."""

    reference = forms.CharField(label=_("对方流水号"), max_length=60)


class OpeningForm(forms.Form):
    """What is in the drawer in the morning."""

    opening = yuan(_("现有零钱（元）"))


class CountForm(forms.Form):
    """What is in the drawer in the evening."""

    counted = yuan(_("数出来多少（元）"))
    note = forms.CharField(label=_("有差额的，写原因"), max_length=200, required=False)
