"""The filters of the problems desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.people.queries.intake import ALL_SEVERITIES, problem_codes, problems
from xiangqiao.places.queries import children, place


def severity_words() -> dict[str, str]:
    """Return what the severities are called."""
    return {"error": gettext("不能入库"), "warning": gettext("要核实"), "hint": gettext("提示")}


class ProblemFilterForm(forms.Form):
    """Kind, severity and place."""

    severity = forms.ChoiceField(label=_("程度"), required=False)
    code = forms.ChoiceField(label=_("哪一类"), required=False)
    division = forms.ChoiceField(label=_("地区"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("全部"))
        self.fields["severity"] = forms.ChoiceField(
            label=_("程度"),
            required=False,
            choices=[("", _("要处理的")), *severity_words().items(), (ALL_SEVERITIES, _("全部"))],
        )
        self.fields["code"] = forms.ChoiceField(
            label=_("哪一类"), required=False, choices=[everything, *_kinds(viewer)]
        )
        self.fields["division"] = forms.ChoiceField(
            label=_("地区"), required=False, choices=[everything, *_places(viewer)]
        )


def _kinds(viewer: Viewer) -> list[tuple[str, str]]:
    """The kinds that there are, with how many of each; a kind is named by its hint-free code and its fact's sentence."""
    # The checks are parsed when first asked for, not at the start of the process.
    from xq_engine.checks import checks

    english = (get_language() or "").startswith("en")
    found = problem_codes(problems(viewer))
    known = checks()
    return [
        (code, _plain(known[code].en if english else known[code].zh) + gettext("（%(n)d）") % {"n": count})
        for code, count in found.items()
    ]


def _plain(sentence: str) -> str:
    """A check's sentence without its placeholders, short enough for a choice."""
    words = sentence
    while "{" in words and "}" in words:
        head, _brace, rest = words.partition("{")
        words = head + "…" + rest.partition("}")[2]
    return words[:30]


def _places(viewer: Viewer) -> list[tuple[str, str]]:
    chosen: list[tuple[str, str]] = []
    for code in viewer.divisions(Can.SETTLE_PROBLEM):
        here = place(code)
        if here:
            chosen += [(here.code, here.name), *((one.code, f"　{one.name}") for one in children(code))]
    return list(dict.fromkeys(chosen))
