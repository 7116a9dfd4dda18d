"""What became of a lesson follows from intervals alone, however they are cut, repeated or shuffled."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.learning.rules.kept import REPLAY_WITHIN, Kept, Span, common, kept, merged, seconds
from xiangqiao.learning.rules.states import MOVES, may

BEGIN = datetime(2026, 11, 23, 2, tzinfo=UTC)
END = BEGIN + timedelta(minutes=40)
LATER = END + timedelta(days=30)
minutes = st.integers(-30, 90)
spans = st.lists(st.tuples(minutes, minutes), max_size=8)


def span(first: float, last: float) -> Span:
    return BEGIN + timedelta(minutes=first), BEGIN + timedelta(minutes=last)


def outcome(lead: list[Span], here: list[Span], *, replays: list[Span] | None = None, recorded: float = 0, now: datetime = LATER) -> Kept:  # fmt: skip
    return kept(
        (BEGIN, END), lead=lead, here=here, replays=replays or [], recorded_seconds=recorded, cancelled=False,
        made_up=False, now=now,
    )  # fmt: skip


@given(spans, st.randoms(use_true_random=False))
def test_cutting_repeating_and_shuffling_intervals_changes_nothing(
    found: list[tuple[int, int]], dice: random.Random
) -> None:
    whole = [span(*one) for one in found]
    parts = [(one[0], one[0] + (one[1] - one[0]) / 2) for one in whole if one[1] > one[0]]
    parts += [(one[0] + (one[1] - one[0]) / 2, one[1]) for one in whole if one[1] > one[0]]
    told = parts + [one for one in parts if dice.random() < 0.5]
    dice.shuffle(told)
    assert merged(told) == merged(whole)
    lead = [span(0, 40)]
    assert outcome(lead, told) == outcome(lead, whole)


@given(spans, spans)
def test_common_time_is_never_more_than_either(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:  # fmt: skip
    first, second = [span(*each) for each in one], [span(*each) for each in other]
    assert seconds(common(first, second)) <= min(seconds(first), seconds(second)) + 1e-6
    assert common(first, second) == common(second, first)


def test_held_is_eighty_per_cent_with_both_ends_there() -> None:
    assert outcome([span(0, 40)], [span(0, 32)]) == Kept.HELD
    assert outcome([span(0, 40)], [span(0, 31.9)]) == Kept.MISSED
    # Late, but long enough.
    assert outcome([span(10, 50)], [span(10, 50)]) == Kept.HELD
    # Alone in the room.
    assert outcome([], [span(0, 40)]) == Kept.MISSED


def test_a_replay_counts_within_a_week_and_what_is_not_over_stays_open() -> None:
    day = 24 * 60
    recorded = 2400.0
    assert outcome([], [], replays=[span(day, day + 32)], recorded=recorded) == Kept.REPLAYED
    assert outcome([], [], replays=[span(9 * day, 9 * day + 40)], recorded=recorded) == Kept.MISSED
    assert outcome([], [], recorded=recorded, now=END + REPLAY_WITHIN / 2) == Kept.OPEN
    assert outcome([], [], now=BEGIN) == Kept.AHEAD


def test_a_cancelled_lesson_is_told_apart_from_one_that_is_made_up_for() -> None:
    for made_up, told in ((True, Kept.MADE_UP), (False, Kept.CANCELLED)):
        found = kept(
            (BEGIN, END), lead=[span(0, 40)], here=[span(0, 40)], replays=[], recorded_seconds=0, cancelled=True,
            made_up=made_up, now=LATER,
        )  # fmt: skip
        assert found == told


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_no_way_leaves_the_table_and_an_end_is_an_end(wishes: list[str]) -> None:
    state = "PLANNED"
    for wish in wishes:
        if may(state, wish):
            state = wish
        assert state in MOVES
    assert not MOVES["CANCELLED"]
    # Out of what is published leads one way only: the consent is taken back.
    assert MOVES["PUBLISHED"] == {"ENDED"}
