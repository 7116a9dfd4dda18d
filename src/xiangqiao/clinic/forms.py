"""Shapes of input of the clinic."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.clinic.models import Attachment, Consent, Institution, Patient
from xiangqiao.clinic.rules import MEASURES

MEASURE_LABELS = {
    "systolic": _("收缩压"),
    "diastolic": _("舒张压"),
    "pulse": _("脉搏"),
    "height": _("身高"),
    "weight": _("体重"),
    "waist": _("腰围"),
}


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def choose(form: forms.Form, name: str, options: Any) -> None:
    """Set the choices of a field."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(options)


class PatientForm(forms.Form):
    """Somebody new at the clinic."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"), choices=[("", _("请选")), *Patient.Sex.choices])
    born_year = forms.IntegerField(
        label=_("出生年份"), help_text=_("例如 1957"), min_value=1900, max_value=2100
    )
    household_no = forms.CharField(
        label=_("户编号"), max_length=30, required=False,
        help_text=_("本村农户填上，预约会出现在这一户的时间线上；只写“预约”，不写病情。"),
    )  # fmt: skip
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)


class ConsentForm(forms.Form):
    """A patient agrees."""

    scope = forms.ChoiceField(label=_("同意什么"), choices=Consent.Scope.choices)
    how = forms.ChoiceField(label=_("怎样同意"), choices=Consent.How.choices)
    witness = forms.CharField(
        label=_("监护人或见证人"), max_length=60, required=False, help_text=_("本人签字的不用填。")
    )
    given_on = forms.DateField(label=_("同意日期"), widget=_day())
    valid_to = forms.DateField(label=_("有效期至"), widget=_day())


class WordsForm(forms.Form):
    """A few sentences."""

    text = forms.CharField(label=_("内容"), max_length=4000, widget=_text())

    def __init__(self, *args: Any, label: Any = "", rows: int = 4, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label
        self.fields["text"].widget = _text(rows)


class FileForm(forms.Form):
    """A file for a case."""

    kind = forms.ChoiceField(label=_("种类"), choices=Attachment.Kind.choices)
    file = forms.FileField(label=_("文件"), help_text=_("照片（JPG、PNG）或一个 DICOM 文件，最大 40 MB。"))


class AskForm(forms.Form):
    """A question to a hospital."""

    hospital = forms.ChoiceField(label=_("请哪家医院"))
    question = forms.CharField(label=_("想请教什么"), max_length=4000, widget=_text(3))


class AppointForm(forms.Form):
    """A time for a video consultation."""

    at = forms.DateTimeField(
        label=_("视频时间"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class FollowUpForm(forms.Form):
    """When to look again, and why."""

    due_on = forms.DateField(label=_("复查日期"), widget=_day())
    why = forms.CharField(label=_("复查什么"), max_length=4000, widget=_text(2))


class CampaignForm(forms.Form):
    """Check-ups for the village."""

    name = forms.CharField(label=_("活动名称"), max_length=80)
    begins_on = forms.DateField(label=_("开始日期"), widget=_day())
    ends_on = forms.DateField(label=_("结束日期"), widget=_day())
    residents = forms.IntegerField(
        label=_("常住人口"), min_value=1, max_value=100_000, help_text=_("覆盖率的分母。")
    )
    residents_source = forms.CharField(
        label=_("人口数出处"), max_length=120, help_text=_("例如：村委会统计表")
    )
    residents_on = forms.DateField(label=_("人口数截至"), widget=_day())


class ExamineForm(forms.Form):
    """One person's check-up: whole numbers, and advice in words."""

    patient = forms.ChoiceField(label=_("病人"))
    on = forms.DateField(label=_("体检日期"), widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in MEASURES:
            self.fields[one.key] = forms.IntegerField(
                label=MEASURE_LABELS[one.key],
                help_text=one.unit,
                required=False,
                min_value=one.low,
                max_value=one.high,
            )
        self.fields["advice"] = forms.CharField(
            label=_("评价和建议"), max_length=4000, required=False, widget=_text(3)
        )

    def answers(self) -> dict[str, int | str]:
        """Return what was filled in."""
        given = {name: self.cleaned_data.get(name) for name in (*(one.key for one in MEASURES), "advice")}
        return {name: value for name, value in given.items() if value not in (None, "")}


class InstitutionForm(forms.Form):
    """A village clinic or a hospital."""

    kind = forms.ChoiceField(label=_("类别"), choices=Institution.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=80)
    grade = forms.ChoiceField(label=_("等级"), choices=Institution.Grade.choices, required=False)
    division_code = forms.ChoiceField(label=_("所在的村"), required=False, help_text=_("村卫生室必填。"))


class AgreementForm(forms.Form):
    """A signed agreement."""

    clinic = forms.ChoiceField(label=_("村卫生室"))
    hospital = forms.ChoiceField(label=_("医院"))
    number = forms.CharField(label=_("协议编号"), max_length=60)
    valid_from = forms.DateField(label=_("生效日期"), widget=_day())
    valid_to = forms.DateField(label=_("终止日期"), widget=_day())


class DoctorForm(forms.Form):
    """A doctor at an institution."""

    institution = forms.ChoiceField(label=_("执业机构"))
    user = forms.ChoiceField(label=_("医生"), help_text=_("先由安全管理员给他（她）村医或会诊医生的岗位。"))
    title = forms.CharField(label=_("职称"), max_length=60, required=False)
    valid_from = forms.DateField(label=_("执业日期"), widget=_day())
