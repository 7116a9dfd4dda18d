"""Fields that several forms of giving share."""

from __future__ import annotations

from typing import Any

from django import forms


def day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **more)


def number(label: Any, **more: Any) -> forms.DecimalField:
    """Return a field for an amount in yuan, hours or pieces, with at most two decimals."""
    return forms.DecimalField(
        label=label, min_value=0, max_digits=11, decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}), **more,
    )  # fmt: skip


def text(label: Any, most: int, *, rows: int = 4, **more: Any) -> forms.CharField:
    """Return a field for a longer text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **more)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="", max_length=200)

    def __init__(self, *args: Any, label: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].required = required
