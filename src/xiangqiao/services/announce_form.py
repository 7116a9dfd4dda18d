"""The form of an announcement, with files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.kernel.publication.files import ACCEPTED, MAX_BYTES
from xiangqiao.services.forms import BLANK
from xiangqiao.services.words import Announced

MOST_FILES = 5
_TYPES = ",".join(f".{one}" for one in ACCEPTED)


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field; each is checked by itself."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, none where none were chosen. Raises ValidationError for too many, too large or empty."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("最多放 %(n)d 个文件。") % {"n": MOST_FILES})
        files = [forms.FileField.clean(self, one, initial) for one in given]
        for one in files:
            if one.size > MAX_BYTES:
                raise forms.ValidationError(
                    _("“%(name)s”超过 10 MB，请压缩或分开。") % {"name": one.name[:60]}
                )
        return files


class AnnounceForm(forms.Form):
    """What is told to everybody."""

    division = forms.ChoiceField(label=_("哪个地方的公告"))
    sort = forms.ChoiceField(label=_("类别"), choices=[*BLANK, *Announced.choices])
    title = forms.CharField(label=pgettext_lazy("announcement", "标题"), max_length=80)
    text = forms.CharField(
        label=pgettext_lazy("announcement", "内容"), max_length=4000, widget=forms.Textarea({"rows": 8}),
        help_text=_("写清什么事、对谁、何时何地、找谁问。不写证件号、银行卡号和个人电话。"),
    )  # fmt: skip
    office = forms.CharField(label=_("发布单位"), max_length=60)
    withdraw_on = forms.DateField(
        label=_("公开到哪天为止"), widget=forms.DateInput({"type": "date"}), help_text=_("到这一天自动撤下，最长一年。")
    )  # fmt: skip
    attachments = FilesField(
        label=_("附件"), required=False, widget=_Files({"accept": _TYPES}),
        help_text=_("表格、文档、PDF 或图片，每个最大 10 MB。名单里的证件号、电话会被查出来，不能公布。"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        if isinstance(field, forms.ChoiceField):
            field.choices = places
