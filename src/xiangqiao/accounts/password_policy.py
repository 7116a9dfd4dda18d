"""What a password must have beyond length. Source: GB/T 22239-2019, 8.1.4.1 a)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LettersAndDigits:
    """A password has letters and digits or other signs, not one kind only."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:  # noqa: ARG002 - Django's own signature
        """Raise ValidationError on a password of one kind of characters."""
        if password.isalpha() or password.isdigit():
            raise ValidationError(_("密码不能全是字母，也不能全是数字。"), code="password_one_kind")

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return _("字母之外还要有数字或符号。")
