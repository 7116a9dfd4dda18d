"""Shapes of input of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from xiangqiao.accounts.models import RoleChoices, User


def policy_text() -> str:
    """Return what a good password is, as a list."""
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((t,) for t in password_validators_help_texts()))
    )


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=__("登录名"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=__("密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """The six digits of the second factor."""

    code = forms.CharField(
        label=__("验证码"),
        max_length=8,
        help_text=__("打开手机上的验证器，输入现在显示的 6 位数字。"),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 10}
        ),
    )


class PasswordForm(forms.Form):
    """The present password and a new one, twice."""

    old = forms.CharField(
        label=__("现在的密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=__("新密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=__("再输一遍新密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = policy_text()

    def clean_new(self) -> str:
        """Hold the new password against the policy."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if new == self.data.get(self.add_prefix("old")):
            raise forms.ValidationError(_("新密码不能和现在的一样。"))
        return new

    def clean_again(self) -> str:
        """Compare the two."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("两遍输入的新密码不一样。"))
        return again


class PersonForm(forms.Form):
    """A new person: sign-in name and name."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label=__("登录名"),
        help_text=__("小写字母、数字，3 个字符以上，例如 zhang.san"),
        error_messages={"invalid": __("登录名只能用小写字母、数字、点、横线，至少 3 个字符。")},
    )
    name = forms.CharField(label=__("姓名"), max_length=60)


class PostForm(forms.Form):
    """A post: role, division, unit, from and to."""

    role = forms.ChoiceField(label=__("岗位"), choices=RoleChoices.choices)
    division_code = forms.RegexField(
        r"^[0-9]{12}$",
        label=__("区划代码"),
        help_text=__("12 位：县、乡镇或村"),
        error_messages={"invalid": __("区划代码是 12 位数字。")},
    )
    unit_name = forms.CharField(label=__("单位"), max_length=120, required=False)
    valid_from = forms.DateField(label=__("任职日期"), widget=forms.DateInput({"type": "date"}))
    valid_to = forms.DateField(
        label=__("离任日期"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=__("不填：一直有效"),
    )
