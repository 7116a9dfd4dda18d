"""Amounts and weights as people write them, and as the books hold them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms


class YuanField(forms.DecimalField):
    """Yuan with two decimals; cleaned to fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 12, "decimal_places": 2, "min_value": Decimal(0), **kwargs})

    def clean(self, value: Any) -> Any:
        """Return fen, None for nothing."""
        cleaned = super().clean(value)
        return None if cleaned is None else int(cleaned * 100)


class KgField(forms.DecimalField):
    """Kilograms with three decimals; cleaned to grams."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 9, "decimal_places": 3, "min_value": Decimal(0), **kwargs})

    def clean(self, value: Any) -> Any:
        """Return grams, None for nothing."""
        cleaned = super().clean(value)
        return None if cleaned is None else int(cleaned * 1000)


class DayField(forms.DateField):
    """A day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs})
