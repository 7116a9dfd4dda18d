"""What is asked for an import, beside the files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.places.queries import names


class UploadForm(forms.Form):
    """Where the tables come from, for which year, for which part of the county."""

    source = forms.CharField(
        label=_("来源"),
        max_length=60,
        initial=_("乡镇报表"),
        help_text=_("同一来源的列名认一次就记住，如“乡镇报表”“医保局”。"),
    )
    year = forms.IntegerField(label=_("数据年度"), min_value=2000, max_value=2100)
    division_code = forms.ChoiceField(label=_("所属地区"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = viewer.divisions(Can.IMPORT)
        found = names(codes)
        self.fields["division_code"] = forms.ChoiceField(
            label=_("所属地区"), choices=[(code, found[code]) for code in codes]
        )
