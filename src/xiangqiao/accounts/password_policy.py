"""What a password must have beyond length. Source: GB/T 22239-2019, 8.1.4.1 a)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """A password has so many characters; Django's own refusal has no Chinese words."""

    def get_error_message(self) -> str:
        """Return the refusal as a sentence."""
        return _("密码太短，至少要 %(count)d 个字符。") % {"count": self.min_length}

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return _("至少 %(count)d 个字符。") % {"count": self.min_length}


class LettersAndDigits:
    """A password has letters and digits or other signs, not one kind only."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:  # noqa: ARG002 - Django's own signature
        """Raise ValidationError on a password of one kind of characters."""
        if password.isalpha() or password.isdigit():
            raise ValidationError(_("密码不能全是字母，也不能全是数字。"), code="password_one_kind")

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return _("字母之外还要有数字或符号。")
