"""Planters of damaged cells: the row with such a cell is not taken, or taken with a warning."""

from datetime import date, timedelta

from xq_demo.numbers import check_character, luhn_digit
from xq_demo.planting import Bench, Kind, dispensable, mark, pick, refuse
from xq_demo.records import Cell, Household


def _on_member(fact: str, code: str, home: Household, bench: Bench, cell: Cell) -> bool:
    row = pick(bench, dispensable(home))
    return row is not None and refuse(row, fact, code, cell)


def id_scientific(home: Household, bench: Bench) -> bool:
    """An ID number that went through a number cell."""
    row = pick(bench, dispensable(home))
    if row is None:
        return False
    number = row.text("id_number")
    lost = number[:15] + "000"
    forms: list[Cell] = [f"{int(lost):.4E}"]
    if bench.dialect < 2:
        forms.append(float(lost))
    elif check_character(lost[:17]) != lost[17]:  # as text it must not pass for a sound number by chance
        forms.append(lost)
    return refuse(row, "id_number", "ID.SCIENTIFIC", bench.rng.choice(forms))


def id_length(home: Household, bench: Bench) -> bool:
    """A digit dropped or doubled."""
    row = pick(bench, dispensable(home))
    if row is None:
        return False
    number = row.text("id_number")
    place = bench.rng.randint(7, 16)
    damaged = bench.rng.choice(
        (number[:place] + number[place + 1 :], number[:place] + number[place] + number[place:])
    )
    return refuse(row, "id_number", "ID.LENGTH", damaged)


def id_checksum(home: Household, bench: Bench) -> bool:
    """A wrong check character."""
    row = pick(bench, dispensable(home))
    if row is None:
        return False
    number = row.text("id_number")
    wrong = bench.rng.choice([digit for digit in "0123456789" if digit != number[17]])
    return refuse(row, "id_number", "ID.CHECKSUM", number[:17] + wrong)


def id_birth(home: Household, bench: Bench) -> bool:
    """A month or day that no calendar has; the check character fits."""
    row = pick(bench, dispensable(home))
    if row is None:
        return False
    number = row.text("id_number")
    first17 = number[:10] + bench.rng.choice(("1325", "0231", "0432", "0010")) + number[14:17]
    return refuse(row, "id_number", "ID.BIRTH", first17 + check_character(first17))


def date_invalid(home: Household, bench: Bench) -> bool:
    """A birth date that is none."""
    return _on_member(
        "birth_on", "DATE.INVALID", home, bench, bench.rng.choice(("1987-02-30", "1990.13.5", "不详"))
    )


def number_months(home: Household, bench: Bench) -> bool:
    """More months than a year has."""
    rows = [row for row in dispensable(home) if row.facts["work_place"] != "NONE"]
    row = pick(bench, rows)
    return row is not None and refuse(row, "work_months", "NUMBER.MONTHS", bench.rng.choice((13, 15, 18, 24)))


def number_invalid(home: Household, bench: Bench) -> bool:
    """Words where a number belongs."""
    fact = bench.rng.choice(("land_arable", "land_forest", "house_area_m2", "expense_medical_fen"))
    return refuse(home.row, fact, "NUMBER.INVALID", bench.rng.choice(("不清楚", "若干", "三亩多", "待核实")))


def number_negative(home: Household, bench: Bench) -> bool:
    """A minus sign that slipped in."""
    fact = bench.rng.choice(
        ("land_forest", "land_orchard", "expense_school_fen", "house_area_m2", "income_property_fen")
    )
    return refuse(home.row, fact, "NUMBER.NEGATIVE", -bench.rng.randint(2, 300))


_UNKNOWN_HOME = {"fuel": "秸秆", "road_type": "机耕道", "household_type": "困难户", "cause_main": "因赌"}
_UNKNOWN_MEMBER = {
    "health": "一般",
    "education": "私塾",
    "ethnicity": "客家",
    "labour": "帮工",
    "political": "积极分子",
}


def code_unknown(home: Household, bench: Bench) -> bool:
    """A word that no list has, of the household or of a member."""
    if bench.rng.random() < 0.5:
        fact = bench.rng.choice(list(_UNKNOWN_HOME))
        return refuse(home.row, fact, "CODE.UNKNOWN", _UNKNOWN_HOME[fact])
    fact = bench.rng.choice(list(_UNKNOWN_MEMBER))
    return _on_member(fact, "CODE.UNKNOWN", home, bench, _UNKNOWN_MEMBER[fact])


def required_missing(home: Household, bench: Bench) -> bool:
    """An empty cell that must not be: village, name or relation."""
    fact = bench.rng.choice(("village", "name", "relation"))
    if fact == "village":
        return refuse(home.row, fact, "REQUIRED.MISSING", None)
    return _on_member(fact, "REQUIRED.MISSING", home, bench, None)


def place_unknown(home: Household, bench: Bench) -> bool:
    """A village that the division tree does not have."""
    return refuse(
        home.row, "village", "PLACE.UNKNOWN", bench.rng.choice(("云顶天池村", "桃花岛村", "百子园村"))
    )


def phone_format(home: Household, bench: Bench) -> bool:
    """A digit of the phone number lost, or two numbers run together."""
    number = home.row.text("phone")
    if not number:
        return False
    home.row.raw["phone"] = bench.rng.choice((number[:-1], number + "0", number[1:7]))
    return mark(home.row, "phone", "PHONE.FORMAT")


def bank_checksum(home: Household, bench: Bench) -> bool:
    """Two digits of the card swapped, zeros lost, or the card in scientific writing."""
    card = home.row.text("bank_card")
    if not card:
        return False
    wrong = card[:-1] + str((int(card[-1]) + bench.rng.randint(1, 9)) % 10)
    rounded = float(card[:15] + "0000")
    lost = rounded if bench.dialect < 2 and luhn_digit(card[:15] + "000") != "0" else wrong
    home.row.raw["bank_card"] = bench.rng.choice((wrong, f"{int(card):.5E}", lost))
    return mark(home.row, "bank_card", "BANK.CHECKSUM")


def birth_mismatch(home: Household, bench: Bench) -> bool:
    """Another birthday in the column than in the ID number, of the same year."""
    row = pick(bench, dispensable(home))
    if row is None:
        return False
    born = row.facts["birth_on"]
    assert isinstance(born, date)
    other = born + timedelta(days=bench.rng.choice((-40, -9, 9, 40)))
    row.facts["birth_on"] = other if other.year == born.year else born.replace(month=6, day=15)
    return mark(row, "birth_on", "ID.BIRTH_MISMATCH")


KINDS = [
    Kind("NUMBER.MONTHS", number_months, wide=True),
    Kind("ID.SCIENTIFIC", id_scientific, wide=True),
    Kind("ID.LENGTH", id_length, wide=True),
    Kind("ID.CHECKSUM", id_checksum, wide=True),
    Kind("ID.BIRTH", id_birth, wide=True),
    Kind("ID.BIRTH_MISMATCH", birth_mismatch, wide=True),
    Kind("DATE.INVALID", date_invalid, wide=True),
    Kind("CODE.UNKNOWN", code_unknown, wide=False),
    Kind("REQUIRED.MISSING", required_missing, wide=False),
    Kind("NUMBER.INVALID", number_invalid, wide=False),
    Kind("NUMBER.NEGATIVE", number_negative, wide=False),
    Kind("PLACE.UNKNOWN", place_unknown, wide=False),
    Kind("PHONE.FORMAT", phone_format, wide=False),
    Kind("BANK.CHECKSUM", bank_checksum, wide=False),
]
