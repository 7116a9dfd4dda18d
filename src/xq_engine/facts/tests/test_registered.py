"""Who counts as registered, where the register leaves the exit status empty."""

from __future__ import annotations

from datetime import date

import pytest

from xq_engine.lang import BOOL, Case, compile_closure, parse, standard_schema


def ask(expression: str, household: dict[str, str]) -> bool | None:
    """Ask a household one question; None is unknown."""
    schema = standard_schema()
    question = compile_closure(parse(expression, "household", schema, expect=BOOL), schema)
    answer: bool | None = question(Case(household, as_of=date(2026, 1, 1)))
    return answer


@pytest.mark.parametrize(
    ("household", "registered"),
    [
        ({"exit_status": "POOR"}, True),
        ({"exit_status": "EXITED", "watch_type": "NONE"}, True),
        ({"watch_type": "NONE"}, False),
        ({"watch_type": "MARGINAL"}, False),
        ({}, None),
    ],
)
def test_an_empty_exit_status_means_never_registered_only_where_the_monitoring_category_is_filled_in(
    household: dict[str, str], registered: bool | None
) -> None:
    assert ask("is_registered", household) is registered


def test_not_monitored_is_a_no_and_an_empty_category_is_unknown() -> None:
    assert ask("is_monitored", {"watch_type": "SUDDEN"}) is True
    assert ask("is_monitored", {"watch_type": "NONE"}) is False
    assert ask("is_monitored", {}) is None
