"""Shapes of input of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.accounts.models import RoleChoices, User
from xiangqiao.accounts.rules import OF_A_TOWNSHIP, OF_A_VILLAGE, Role, fits
from xiangqiao.kernel.division_names import division_names, named_divisions
from xq_engine.divisions import prefix


def policy_text() -> str:
    """Return what a good password is, as a list."""
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((t,) for t in password_validators_help_texts()))
    )


class _Form(forms.Form):
    """A form whose empty fields ask for what belongs there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写：%(label)s。") % {"label": field.label}


class SignInForm(_Form):
    """Name and password."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "username", "autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class CodeForm(_Form):
    """The six digits of the second factor."""

    code = forms.RegexField(
        r"^[0-9]{3} ?[0-9]{3}$",
        label=_("验证码"),
        error_messages={"invalid": _("验证码是 6 位数字，请照验证器再输一遍。")},
        help_text=_("打开手机上的验证器，输入现在显示的 6 位数字。"),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 10}
        ),
    )


class PasswordForm(_Form):
    """The present password and a new one, twice."""

    old = forms.CharField(
        label=_("现在的密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("新密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("再输一遍新密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
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


class PersonForm(_Form):
    """A new person: sign-in name and name."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label=_("登录名"),
        help_text=_("小写字母、数字，3 个字符以上，例如 zhang.san。登录时用，以后不能改。"),
        error_messages={
            "invalid": _(
                "登录名只能用小写字母、数字、点、横线，以字母或数字开头，至少 3 个字符，例如 zhang.san。"
            )
        },
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        help_text=_("真实姓名，日志和页面上都这样写。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _divisions(first: Promise) -> list[tuple[str, str | Promise]]:
    """Return the county, its townships and villages as choices; the level shows in the indent."""
    indent = {6: "", 9: "　", 12: "　　"}
    return [
        ("", first),
        *((one.code, indent.get(len(prefix(one.code)), "") + one.name) for one in named_divisions()),
    ]


def _day() -> forms.DateInput:
    # What a date field of a browser takes, whatever the language of the page.
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class PostForm(_Form):
    """A post: role, division, unit, from and to."""

    role = forms.ChoiceField(
        label=pgettext_lazy("post", "岗位"),
        choices=[("", _("请选岗位")), *RoleChoices.choices],
        help_text=_("一个人可以有几个岗位。"),
    )
    division_code = forms.RegexField(
        r"^[0-9]{12}$",
        label=_("管到哪里"),
        error_messages={"invalid": _("区划代码是 12 位数字。")},
        help_text=_("县里的岗位选县，乡镇的选乡镇，村里的选村。"),
    )
    unit_name = forms.CharField(
        label=_("单位"),
        max_length=120,
        required=False,
        help_text=_("可以不填，例如 县农业农村局"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    valid_from = forms.DateField(label=_("任职日期"), help_text=_("从这一天起有效"), widget=_day())
    valid_to = forms.DateField(
        label=_("离任日期"),
        required=False,
        widget=_day(),
        help_text=_("不填：一直有效"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Before the divisions are loaded the code is typed.
        if named_divisions():
            self.fields["division_code"].widget = forms.Select(choices=_divisions(_("请选地方")))

    def clean_division_code(self) -> str:
        """Refuse a code that no division of this county has."""
        code: str = self.cleaned_data["division_code"]
        known = division_names()
        if known and code not in known:
            raise forms.ValidationError(_("本县没有这个区划，请从列表里选。"))
        return code

    def clean(self) -> dict[str, Any]:
        """Hold the place against the post: a village's clerk bound to the county would see the whole county."""
        data: dict[str, Any] = super().clean() or {}
        role, code = data.get("role"), data.get("division_code")
        if role and code and not fits(Role(role), code):
            words = _LEVEL_WORDS[Role(role) in OF_A_VILLAGE, Role(role) in OF_A_TOWNSHIP]
            label = RoleChoices(role).label
            self.add_error("division_code", words % {"role": label})
        return data


_LEVEL_WORDS = {
    (False, False): _("“%(role)s”是县里的岗位，请选县。"),
    (False, True): _("“%(role)s”是乡镇的岗位，请选一个乡镇。"),
    (True, False): _("“%(role)s”是村里的岗位，请选一个村；选大了会看到不该看的农户。"),
}


class PeopleFilter(_Form):
    """What the list of people is narrowed by."""

    q = forms.CharField(
        label=_("姓名或登录名"),
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("现任岗位"), required=False, choices=[("", _("所有岗位")), *RoleChoices.choices]
    )
    place = forms.ChoiceField(label=_("在哪里任职"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        if isinstance(place, forms.ChoiceField):
            place.choices = _divisions(_("全县各处"))
