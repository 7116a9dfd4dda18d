"""Days off are typed one a line, alone or from one to another; a line that is no day is named."""

from __future__ import annotations

from datetime import date

import pytest

from xiangqiao.learning.forms import TermForm

DAYS = {"name": "秋季", "first_day": "2026-09-01", "last_day": "2027-01-15"}


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", []),
        ("2026-10-01", [date(2026, 10, 1)]),
        (" 2026-10-02 \n\n2026-10-01 至 2026-10-02", [date(2026, 10, 1), date(2026, 10, 2)]),
    ],
)
def test_days_are_read(typed: str, days: list[date]) -> None:
    form = TermForm(DAYS | {"days_off": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["days_off"] == days


@pytest.mark.parametrize(
    "line",
    [
        "国庆",
        "2026-02-30",
        "2026-10-08 至 2026-10-01",
        "2026-10-01 2026-10-02 2026-10-03",
        "2026-10-01 至 2027-10-01",
    ],
)
def test_a_line_that_is_no_day_is_named(line: str) -> None:
    form = TermForm(DAYS | {"days_off": f"2026-10-01\n{line}"})
    assert not form.is_valid()
    assert "第 2 行" in str(form.errors["days_off"])
