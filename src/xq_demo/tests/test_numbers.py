"""Invented numbers are formally valid and can be told from real ones."""

from random import Random

import pyarrow.compute as pc
import pytest

from xq_demo import columns
from xq_demo.numbers import Numbers, check_character, luhn_digit


def test_the_check_character_is_that_of_the_standards_example() -> None:
    # Source: GB 11643-1999, appendix: 11010519491231002X.
    assert check_character("11010519491231002") == "X"


def test_the_luhn_digit_is_that_of_the_standards_example() -> None:
    assert luhn_digit("7992739871") == "3"


def test_id_numbers_are_unique_on_one_birthday_and_move_on_when_it_is_full() -> None:
    numbers = Numbers(Random(1))
    born = Numbers.day_of("362131198002281234")
    given = [numbers.citizen(born, "MALE") for _ in range(60)]
    assert len({number for number, _ in given}) == 60
    assert all(check_character(number[:17]) == number[17] for number, _ in given)
    assert all(int(number[16]) % 2 == 1 and 901 <= int(number[14:17]) <= 995 for number, _ in given)
    assert all(f"{day:%Y%m%d}" == number[6:14] for number, day in given)


def test_cards_and_phones_are_unique_and_of_unassigned_ranges() -> None:
    numbers = Numbers(Random(1))
    cards = [numbers.card() for _ in range(500)]
    phones = [numbers.phone() for _ in range(500)]
    assert len({*cards, *phones}) == 1000
    assert all(
        len(card) == 19 and card.startswith("629999") and luhn_digit(card[:-1]) == card[-1] for card in cards
    )
    assert all(len(phone) == 11 and phone.startswith("199000") for phone in phones)


def test_columns_hold_as_many_households_as_asked_and_members_of_them_only() -> None:
    tables = columns(2000)
    household, person = tables["household"], tables["person"]
    assert household.num_rows == 2000
    assert set(person["household_key"].to_pylist()) == set(household["key"].to_pylist())
    assert columns(2000)["person"].equals(person)
    assert household["reported_net_income_fen"].type == "int64"


@pytest.mark.parametrize(("fact", "other"), [("dibao", "household_type")])
def test_columns_say_dibao_of_the_household_when_a_member_receives_it(fact: str, other: str) -> None:
    tables = columns(2000)
    receiving = set(tables["person"].filter(tables["person"][fact])["household_key"].to_pylist())
    types = tables["household"].filter(pc.starts_with(tables["household"][other], "DIBAO"))
    assert set(types["key"].to_pylist()) == receiving
