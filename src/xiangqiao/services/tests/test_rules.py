"""What always holds of the services' state machines, calendar and cash."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.services.office_calendar import office_calendar
from xiangqiao.services.rules import agency, applying, asking, labour

DAYS = st.dates(date(2025, 12, 1), date(2027, 1, 31))
MACHINES = (asking, applying, labour, agency)


def test_every_step_leads_to_a_state_of_its_own_table() -> None:
    for machine in MACHINES:
        table = machine.TRANSITIONS
        assert {state for steps in table.values() for state in steps.values()} <= set(table)


@given(
    st.lists(
        st.sampled_from(sorted({step for steps in asking.TRANSITIONS.values() for step in steps})),
        max_size=30,
    )
)
def test_a_question_is_answered_only_by_who_accepted_it_and_rated_only_once_answered(walk: list[str]) -> None:
    state = asking.RECEIVED
    before: list[str] = []
    for step in walk:
        following = asking.next_state(state, step)
        if following is None:
            continue
        if step == "answer":
            assert state == asking.ACCEPTED
        if step == "rate":
            assert before[-1] == "answer"
        state = following
        before.append(step)
    assert (state == asking.CLOSED) <= ("rate" in before)


def test_every_state_of_a_question_can_end_and_nothing_leaves_a_withdrawn_one() -> None:
    for machine in (asking, applying, labour):
        ends = {state for state, steps in machine.TRANSITIONS.items() if not steps}
        reach = set(ends) | {"CLOSED"}
        for _round in machine.TRANSITIONS:
            reach |= {s for s, steps in machine.TRANSITIONS.items() if set(steps.values()) & reach}
        assert reach >= set(machine.TRANSITIONS)
    assert asking.TRANSITIONS[asking.WITHDRAWN] == {}


@given(DAYS, st.integers(0, 60))
def test_a_time_limit_ends_on_a_working_day_and_has_as_many_as_it_says(start: date, days: int) -> None:
    calendar = office_calendar()
    end = calendar.after(start, days)
    assert calendar.between(start, end) == days
    assert days == 0 or calendar.works(end)
    assert calendar.after(start + timedelta(days=1), days) >= end


def test_the_holidays_of_2026_stand_in_the_calendar() -> None:
    calendar = office_calendar()
    assert calendar.after(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert calendar.works(date(2026, 10, 10))
    assert not calendar.works(date(2026, 10, 7))
    assert sum(calendar.works(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)) == 248


@given(
    st.integers(0, 10**6),
    st.lists(st.tuples(st.sampled_from(sorted(agency.TRANSITIONS)), st.integers(1, 500_000)), max_size=20),
)
def test_a_drawer_never_loses_a_fen(opening: int, orders: list[tuple[str, int]]) -> None:
    balance = agency.day_balance(opening, orders)
    kept = sum(amount for state, amount in orders if state != agency.FAILED)
    assert balance.expected_fen == opening + kept
    assert balance.difference_fen(balance.expected_fen) == 0
