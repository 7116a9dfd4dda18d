"""Words of the journal in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.journal.rules.deeds import DEEDS

DEED_WORDS: Mapping[str, Promise] = {
    "TALK": _("上门看望、拉家常"),
    "POLICY": _("讲政策"),
    "PAPERS": _("帮办手续"),
    "FARM": _("指导种养"),
    "SALE": _("帮卖农产品"),
    "WORK": _("介绍务工"),
    "SCHOOL": _("帮孩子上学"),
    "HEALTH": _("帮看病就医"),
    "HOUSE": _("看住房、饮水"),
    "GOODS": _("送东西、送资金"),
    "PROMISE": _("兑现承诺"),
    "OTHER": _("其他事"),
}
DEED_ICONS: Mapping[str, str] = {
    "TALK": "home-heart", "POLICY": "file-text", "PAPERS": "clipboard-list", "FARM": "seedling", "SALE": "truck",
    "WORK": "users-group", "SCHOOL": "school", "HEALTH": "first-aid-kit", "HOUSE": "home", "GOODS": "gift",
    "PROMISE": "heart-handshake", "OTHER": "dots",
}  # fmt: skip


def deeds_in_words(done: Sequence[str]) -> str:
    """Return what was done as one phrase."""
    return gettext("、").join(str(DEED_WORDS[code]) for code in DEEDS if code in done)
