"""Shape of input of the WeChat channel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AccountForm(forms.Form):
    """An official account."""

    name = forms.CharField(label=_("公众号名称"), max_length=60)
    division = forms.ChoiceField(label=_("哪一级的"))
    app_id = forms.CharField(label="AppID", max_length=40)
    token = forms.CharField(label="Token", max_length=64, required=False, widget=forms.PasswordInput)
    aes_key = forms.CharField(
        label="EncodingAESKey", max_length=43, required=False, widget=forms.PasswordInput
    )
    secret = forms.CharField(
        label="AppSecret",
        max_length=64,
        required=False,
        widget=forms.PasswordInput,
        help_text=_("已有的公众号，三个密钥留空就不变。"),
    )
    template_id = forms.CharField(label=_("模板消息编号"), max_length=80, required=False)
    encrypted = forms.BooleanField(label=_("安全模式（加密）"), required=False, initial=True)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        if isinstance(field, forms.ChoiceField):
            field.choices = places
