"""Shapes of input of learning."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.learning.models import Course, EndPoint, Resource

BLANK = [("", _("请选择"))]
GRADES = [(0, _("成人")), *((n, _("%(n)d 年级") % {"n": n}) for n in range(1, 10))]
WEEKDAYS = [
    (0, _("周一")), (1, _("周二")), (2, _("周三")), (3, _("周四")), (4, _("周五")), (5, _("周六")), (6, _("周日")),
]  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETWEEN, _LONGEST = " \t至到~～—–-,，、", 92
_TIME, _DATE = {"type": "time"}, {"type": "date"}


def choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Set what a field of a form offers."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class RoomForm(forms.Form):
    """A room of a school."""

    school = forms.CharField(label=_("学校"), max_length=80)
    room = forms.CharField(label=_("教室"), max_length=40)
    kind = forms.ChoiceField(label=_("用途"), choices=EndPoint.Kind.choices)
    division = forms.ChoiceField(label=_("在哪个村"))
    assistant = forms.ChoiceField(label=_("助教"), required=False, help_text=_("能打开这间教室的听课页。"))


class TermForm(forms.Form):
    """A term."""

    name = forms.CharField(label=_("学期名称"), max_length=40)
    first_day = forms.DateField(label=_("第一天"), widget=forms.DateInput(_DATE))
    last_day = forms.DateField(label=_("最后一天"), widget=forms.DateInput(_DATE))
    days_off = forms.CharField(
        label=_("放假的日子"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("一行一天，例如 2026-10-01；连着几天写成 2026-10-01 至 2026-10-08。这些天不排课。"),
    )  # fmt: skip

    def clean_days_off(self) -> list[date]:
        """Return the days off, each once. Raises ValidationError naming the line that is no day."""
        found: set[date] = set()
        for number, line in enumerate(self.cleaned_data["days_off"].splitlines(), start=1):
            days = _DAY.findall(line)
            if not line.strip():
                continue
            try:
                first, *rest = (date.fromisoformat(one) for one in days)
                last = rest[0] if rest else first
                if (
                    len(rest) > 1
                    or _DAY.sub("", line).strip(_BETWEEN)
                    or not 0 <= (last - first).days <= _LONGEST
                ):
                    raise ValueError
            except ValueError:
                raise forms.ValidationError(
                    _("第 %(n)d 行“%(line)s”看不懂。写成 2026-10-01，或 2026-10-01 至 2026-10-08。"),
                    params={"n": number, "line": line[:40]},
                ) from None
            found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
        return sorted(found)


class CourseForm(forms.Form):
    """A course of a term."""

    title = forms.CharField(label=pgettext_lazy("learning", "课程"), max_length=60)
    subject = forms.ChoiceField(label=_("学科"), choices=Course.Subject.choices)
    grade = forms.TypedChoiceField(label=_("年级"), choices=GRADES, coerce=int)
    lead = forms.ChoiceField(label=_("主讲教室"))
    teacher = forms.ChoiceField(label=_("主讲老师"))
    weekly = forms.IntegerField(label=_("教学计划每周几节"), min_value=1, max_value=20, initial=1)


class SlotForm(forms.Form):
    """A line of the timetable."""

    course = forms.ChoiceField(label=pgettext_lazy("learning", "课程"))
    weekday = forms.TypedChoiceField(label=_("星期"), choices=WEEKDAYS, coerce=int)
    begins = forms.TimeField(label=_("上课"), widget=forms.TimeInput(_TIME))
    ends = forms.TimeField(label=_("下课"), widget=forms.TimeInput(_TIME))
    receivers = forms.MultipleChoiceField(label=_("听课教室"), widget=forms.CheckboxSelectMultiple)


class CancelForm(forms.Form):
    """Why a lesson is cancelled, and when it is made up for."""

    reason = forms.CharField(label=_("停课原因"), max_length=200)
    make_up_at = forms.DateTimeField(
        label=_("补课时间（不补留空）"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )


class ResourceForm(forms.Form):
    """A resource for the shelf."""

    title = forms.CharField(label=_("名称"), max_length=120)
    subject = forms.ChoiceField(label=_("学科"), choices=Course.Subject.choices)
    grade = forms.TypedChoiceField(label=_("年级"), choices=GRADES, coerce=int)
    link = forms.URLField(label=_("网址"), max_length=300, assume_scheme="https")
    licence = forms.ChoiceField(label=_("授权方式"), choices=[*BLANK, *Resource.Licence.choices])
    source = forms.CharField(label=_("出处"), max_length=120)
    about = forms.CharField(
        label=_("一句话介绍"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )


class ReviewForm(forms.Form):
    """Why a resource is sent back, or may be out although something is doubtful."""

    reason = forms.CharField(label=_("说明（退回和拿不准时必填）"), max_length=200, required=False)


class FindForm(forms.Form):
    """What the shelf is searched by."""

    q = forms.CharField(label=_("找什么"), required=False, max_length=40)
    subject = forms.ChoiceField(
        label=_("学科"), required=False, choices=[("", _("全部")), *Course.Subject.choices]
    )


class LendForm(forms.Form):
    """A copy to lend."""

    book = forms.ChoiceField(label=_("书名"))
    card = forms.CharField(label=_("借书证号"), max_length=12, help_text=_("只记证号，不记孩子的名字。"))


class BookForm(forms.Form):
    """A title for a corner."""

    school = forms.ChoiceField(label=_("哪个图书角"))
    title = forms.CharField(label=_("书名"), max_length=120)
    author = forms.CharField(label=_("作者"), max_length=80, required=False)
    copies = forms.IntegerField(label=_("册数"), min_value=1, max_value=500, initial=1)
