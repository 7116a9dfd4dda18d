"""Filters above the list of changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.people.models import ChangeRequest
from xiangqiao.people.words import KINDS


class ChangeFilterForm(forms.Form):
    """Which kind, in which state; the tab stays."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("变更"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("kind", KINDS), ("state", dict(ChangeRequest.State.choices))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "—"), *((str(code), str(text)) for code, text in words.items())]
