"""What is promised about ID numbers, certificates, cards and phones."""

import doctest

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xq_engine import identity
from xq_engine.identity import (
    FAULTS,
    IdentityFault,
    check_character,
    examine_bank_cards,
    examine_ids,
    examine_phones,
    is_bank_card,
    parse_citizen_id,
    parse_disability_number,
    phone_form,
)

first17 = st.builds(
    "{:06d}{:04d}{:02d}{:02d}{:03d}".format,
    st.sampled_from([360730, 362131, 110105]),
    st.integers(1840, 2210),
    st.integers(0, 13),
    st.integers(0, 32),
    st.integers(0, 999),
)
sound = first17.map(lambda text: text + check_character(text))
numbers = st.one_of(
    sound,
    first17.flatmap(lambda text: st.sampled_from("0123456789XA").map(lambda last: text + last)),
    first17.map(lambda text: text[:6] + text[8:]),
    sound.map(lambda text: text + "43"),
    st.text("0123456789X", max_size=23),
    st.none(),
)


def one_by_one(value: str) -> object:
    """Give the fault of a number, or what it says."""
    try:
        one = parse_citizen_id(value[:18] if len(value) in (20, 22) else value)
    except IdentityFault as fault:
        return fault.fault
    return one.number, one.birth_on, one.sex


def test_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(identity).failed == 0


@settings(deadline=None)
@given(st.lists(numbers, max_size=30))
def test_a_column_of_id_numbers_is_judged_as_each_number_is(values: list[str | None]) -> None:
    seen = examine_ids(pa.array(values, pa.string()))
    for index, value in enumerate(values):
        if not value:
            assert seen.fault[index] == 0
            continue
        found = (seen.number[index].as_py(), seen.birth_on[index].as_py(), seen.sex[index].as_py())
        assert one_by_one(value) == (FAULTS[seen.fault[index]] or found)


def test_an_old_number_becomes_the_new_one_of_the_same_person() -> None:
    assert parse_citizen_id("362131800101123").number.startswith("36213119800101123")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("36073019900101", "LENGTH"),
        ("360730199002300016", "BIRTH"),
        ("36073019900101001A", "CHECKSUM"),
        ("110105194912310021", "CHECKSUM"),
    ],
)
def test_the_first_fault_of_a_number_is_named(number: str, fault: str) -> None:
    with pytest.raises(IdentityFault) as caught:
        parse_citizen_id(number)
    assert caught.value.fault == fault


def test_a_certificate_needs_a_possible_kind_and_level() -> None:
    assert parse_disability_number("11010519491231002X44B1").kind == "4"
    with pytest.raises(IdentityFault):
        parse_disability_number("11010519491231002X85")


@settings(deadline=None)
@given(st.lists(st.text("0123456789 -", max_size=20)))
def test_cards_and_phones_in_columns_agree_with_single_values(values: list[str]) -> None:
    column = pa.array(values, pa.string())
    assert examine_bank_cards(column).tolist() == [is_bank_card(value) for value in values]
    assert examine_phones(column).tolist() == [phone_form(value) is not None for value in values]
