"""Standing of a point: weight first, then the newer; what is newer and weaker disputes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xq_engine.coverage.evidence import Item, Level, standing
from xq_engine.coverage.prediction import level_dbm

DAY = date(2026, 11, 1)
ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from([one for one in Level if one]),
        st.booleans(),
        st.integers(0, 900).map(lambda days: DAY - timedelta(days)),
        st.sampled_from(["A", "B", "C", "D"]),
        st.integers(0, 9),
    ),
    max_size=8,
)


@given(ITEMS)
def test_a_model_alone_never_verifies_and_a_statement_never_measures(items: list[Item]) -> None:
    found = standing(items, DAY)
    assert found.level <= max((one.level for one in items), default=Level.UNKNOWN)
    if found.level == Level.VERIFIED:
        assert any(one.level == Level.MEASURED and one.grade in "AB" for one in items)


@given(ITEMS)
def test_a_further_prediction_changes_nothing_that_a_person_said(items: list[Item]) -> None:
    said = [one for one in items if one.level > Level.PREDICTED]
    with_model = standing([*said, Item(Level.PREDICTED, has_service=False, day=DAY)], DAY)
    if standing(said, DAY).level > Level.PREDICTED:
        assert with_model == standing(said, DAY)


def test_a_villagers_no_disputes_a_measurement_and_does_not_overrule_it() -> None:
    measured = Item(Level.MEASURED, has_service=True, day=DAY - timedelta(30), grade="B")
    complaint = Item(Level.REPORTED, has_service=False, day=DAY - timedelta(2), grade="D")
    found = standing([measured, complaint], DAY)
    assert (found.level, found.has_service, found.disputed) == (Level.MEASURED, True, True)
    # Two years later only newer evidence speaks.
    assert standing([measured, complaint], DAY + timedelta(300)).has_service is True
    assert standing([measured], DAY + timedelta(701)).level == Level.UNKNOWN


@given(st.integers(100, 19_000), st.integers(1, 900))
def test_the_level_falls_with_the_distance(metres: int, more: int) -> None:
    assert level_dbm("4G", metres + more) <= level_dbm("4G", metres)
