"""Shapes of input of coverage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.coverage.models import DeclaredStatistic, Operator, Technology
from xiangqiao.coverage.words import LEVELS, SERVICES
from xiangqiao.places.queries import GivenDatum, SiteKind

ANY = [("", _("全部"))]
_DAY = {"type": "date"}
RUNNERS = [choice for choice in Operator.choices if choice[0] != "TOWER"]


class UploadForm(forms.Form):
    """Whose list it is, and in which datum."""

    operator = forms.ChoiceField(
        label=_("哪家的清单"),
        choices=[("", _("看文件名")), *Operator.choices],
        required=False,
        help_text=_("文件名里有“移动”“电信”“联通”“铁塔”就不用选。"),
    )
    datum = forms.ChoiceField(
        label=_("坐标系"),
        choices=[("", _("请选择")), *GivenDatum.choices],
        help_text=_("坐标系不同的文件请分几次添加；选错会差几百米。"),
    )


class StationFilterForm(forms.Form):
    """What the list of stations is narrowed by."""

    operator = forms.ChoiceField(label=_("运营商"), required=False, choices=[*ANY, *RUNNERS])
    technology = forms.ChoiceField(label=_("制式"), required=False, choices=[*ANY, *Technology.choices])
    q = forms.CharField(label=_("站名"), required=False, max_length=30)


class PointFilterForm(forms.Form):
    """What the list of points is narrowed by."""

    division = forms.ChoiceField(label=_("乡镇、村"), required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[*ANY, *SiteKind.choices])
    service = forms.ChoiceField(
        label=_("4G 信号"),
        required=False,
        choices=[*ANY, ("no", _("不通")), ("yes", _("通")), ("unknown", _("不清楚"))],
    )
    level = forms.ChoiceField(label=_("依据"), required=False, choices=[*ANY, *LEVELS.items()])

    def __init__(self, *args: Any, divisions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"] = forms.ChoiceField(
            label=_("乡镇、村"), required=False, choices=[*ANY, *divisions]
        )


class MeasureForm(forms.Form):
    """A measurement at a point."""

    service = forms.ChoiceField(label=_("测的是"), choices=list(SERVICES.items()))
    how = forms.ChoiceField(
        label=_("怎么测的"), choices=[("TEST_SET", _("本单位用测试仪表")), ("THIRD_PARTY", _("第三方测试"))]
    )
    operator = forms.ChoiceField(label=_("运营商"), choices=RUNNERS)
    has_service = forms.ChoiceField(label=_("结果"), choices=[("yes", _("通")), ("no", _("不通"))])
    level_dbm = forms.IntegerField(label=_("信号强度（dBm）"), required=False, min_value=-150, max_value=-30)
    down_kbps = forms.IntegerField(label=_("下载（kbps）"), required=False, min_value=0, max_value=2_000_000)
    up_kbps = forms.IntegerField(label=_("上传（kbps）"), required=False, min_value=0, max_value=2_000_000)
    latency_ms = forms.IntegerField(label=_("时延（毫秒）"), required=False, min_value=0, max_value=60_000)
    note = forms.CharField(label=_("备注"), required=False, max_length=200)


class ReportForm(forms.Form):
    """No signal here."""

    service = forms.ChoiceField(label=_("什么不通"), choices=list(SERVICES.items()))
    operator = forms.ChoiceField(label=_("用的是哪家"), choices=[("", _("说不准")), *RUNNERS], required=False)
    words = forms.CharField(
        label=_("补充一句"),
        required=False,
        max_length=200,
        help_text=_("如“屋后没信号，门口有一格”。不用写姓名和电话。"),
    )
    for_somebody = forms.BooleanField(label=_("我是替别人报的"), required=False)


class SpeedForm(forms.Form):
    """A speed test, as the page measured it."""

    service = forms.ChoiceField(
        label=_("手机现在连的是"), choices=[("MOBILE", _("手机流量")), ("FIBRE", _("家里的宽带（无线网）"))]
    )
    ticket = forms.UUIDField(widget=forms.HiddenInput)
    down_kbps = forms.IntegerField(widget=forms.HiddenInput)
    up_kbps = forms.IntegerField(widget=forms.HiddenInput)
    latency_ms = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What the office makes of a report."""

    state = forms.ChoiceField(choices=[("TAKEN", _("采信")), ("SET_ASIDE", _("不采信"))])
    answer = forms.CharField(label=_("给反映人的话"), required=False, max_length=200)


class SettleForm(forms.Form):
    """What a doubtful pair is, and why."""

    decision = forms.ChoiceField(
        choices=[
            ("SAME", _("同一个基站")),
            ("SHARED", _("两个基站，同一座塔")),
            ("DIFFERENT", _("两个基站，不在一起")),
        ]
    )
    note = forms.CharField(label=_("依据"), required=False, max_length=200)


class PlanForm(forms.Form):
    """How much money there is for a plan."""

    budget = forms.IntegerField(
        label=_("预算（万元）"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("留空：把能补的缺口都补上，花钱最少。填了：在预算内让最多的户有信号。"),
    )


class DayForm(forms.Form):
    """A day."""

    on = forms.DateField(label=_("建成日期"), widget=forms.DateInput(_DAY))


class ReasonForm(forms.Form):
    """Why a project is given up."""

    reason = forms.CharField(label=_("取消的原因"), max_length=200)


class AcceptForm(forms.Form):
    """Which households the project reaches."""

    households = forms.CharField(
        label=_("通到的农户（户编号，空格隔开）"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )


class DeclareForm(forms.Form):
    """A declared figure with day and source."""

    code = forms.ChoiceField(label=_("什么数"), choices=DeclaredStatistic.Code.choices)
    value = forms.IntegerField(label=_("数值"), min_value=0)
    as_of = forms.DateField(label=_("截至"), widget=forms.DateInput(_DAY))
    source = forms.CharField(label=_("来源"), max_length=120)


class ConnectForm(forms.Form):
    """A household that took a line."""

    household_no = forms.CharField(label=_("户编号"), max_length=30)
    service = forms.ChoiceField(label=_("业务"), choices=list(SERVICES.items()))
    operator = forms.ChoiceField(label=_("运营商"), choices=RUNNERS)
    on = forms.DateField(label=_("接通日期"), widget=forms.DateInput(_DAY))
    discounted = forms.BooleanField(label=_("享受贫困户资费优惠"), required=False)
