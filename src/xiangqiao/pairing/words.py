"""Words of pairing in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.ui.marks import Tone
from xiangqiao.places.queries import places
from xq_engine.facts import codes

STATES = {
    "OPEN": _("待确认"),
    "ACCEPTED": _("已采纳"),
    "CHANGED": _("已改派"),
    "REJECTED": _("未采纳"),
    "KEPT": _("保持不变"),
    "NO_CADRE": _("没有可派的干部"),
}
STATE_TONES: dict[str, Tone] = {
    "OPEN": "gold",
    "ACCEPTED": "green",
    "CHANGED": "blue",
    "REJECTED": "grey",
    "KEPT": "green",
    "NO_CADRE": "orange",
}
RUN_STATES = {"PROPOSED": _("待确认"), "CLOSED": _("已处理"), "DISCARDED": _("已放弃")}
ENDED = {
    "HANDED_OVER": _("交接给他人"),
    "LEFT": _("干部调离"),
    "CLOSED": _("农户注销"),
    "NOT_NEEDED": _("不再需要"),
    "MISTAKE": _("派错"),
}
GAPS = {
    "NO_UNIT": _("没有单位帮扶"),
    "NO_CADRE": _("单位没有可派的干部"),
    "ALL_FULL": _("干部名额已满"),
    "NOT_RUN": _("有名额，还没有结对"),
}


def language() -> str:
    """Return "zh" or "en": the languages in which the engine speaks."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def word(code_list: str, code: str | None) -> str:
    """Return what a code is called; the code itself where the list does not know it."""
    known = codes()[code_list].codes.get(code or "")
    return getattr(known, language()) if known else code or ""


def choices(code_list: str) -> list[tuple[str, str]]:
    """Return a code list as choices of a form."""
    return [(code, word(code_list, code)) for code in codes()[code_list].codes]


def place_name(code: str) -> str:
    """Return township and village of a code, or the township alone."""
    known = places()
    here = known.get(code)
    if here is None:
        return code
    above = known.get(here.parent_code)
    is_english = language() == "en"
    names = [
        (one.name_en or one.name) if is_english else one.name
        for one in (above, here)
        if one and one.level > 3
    ]
    return " ".join(names) or here.name


def reasons_text(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Return stored reasons as one line."""
    from xq_engine.pairing.reasons import Reason, render  # loads the code lists: not at start-up

    return render(tuple(Reason(one["code"], one["parameters"]) for one in reasons), language())


def unpaired_text(why: str) -> str:
    """Say why a household got no cadre and what would mend it."""
    from xq_engine.pairing.reasons import render_unpaired  # as above
    from xq_engine.pairing.result import WhyUnpaired

    return render_unpaired(WhyUnpaired(why), language())
