"""Amounts of giving in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.accounts.models import RoleChoices
from xiangqiao.kernel.ui.numbers import yuan


def amount_in_words(unit: str, amount: int) -> str:
    """Return an amount in its unit as people say it: pieces, hours, yuan."""
    if unit == "FEN":
        return _("%(yuan)s 元") % {"yuan": yuan(amount)}
    if unit == "MINUTE":
        hours = f"{amount / 60:.1f}".removesuffix(".0")
        return _("%(hours)s 小时") % {"hours": hours}
    return _("%(count)d 件") % {"count": amount}


def post_title(role: str) -> str:
    """Return what a post is called in the reader's language."""
    return str(RoleChoices(role).label) if role in RoleChoices.values else role
