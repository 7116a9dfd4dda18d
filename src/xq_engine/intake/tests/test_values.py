"""What is promised about reading cells: what is mended, what is a problem, that columns and cells agree."""

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xq_engine.facts import catalogue
from xq_engine.intake.columns import arrow_type, read_column
from xq_engine.intake.values import ColumnRule, Reading, read_value

HOUSEHOLD, PERSON = catalogue()["household"].base, catalogue()["person"].base


def read(text: str, fact: str, unit: str = "") -> Reading:
    return read_value(text, ColumnRule(PERSON.get(fact) or HOUSEHOLD[fact], unit))


@pytest.mark.parametrize(
    ("text", "fact", "value", "repair"),
    [
        ("张　三", "name", "张三", "blank"),
        (" 11010519491231002x", "id_number", "11010519491231002X", "id_form"),
        ("１１０１０５１９４９１２３１００２Ｘ", "id_number", "11010519491231002X", "full_width"),
        ("'11010519491231002X", "id_number", "11010519491231002X", "blank"),
        ("31000", "birth_on", dt.date(1984, 11, 14), "serial_date"),
        ("1984年11月14日", "birth_on", dt.date(1984, 11, 14), "date_form"),
        ("1984-11-14 00:00:00", "birth_on", dt.date(1984, 11, 14), ""),
        ("19841114", "birth_on", dt.date(1984, 11, 14), "date_form"),
        ("1,234.5", "income_wage_fen", 123450, "number_form"),
        ("1.2万", "income_wage_fen", 1_200_000, "unit"),
        ("3.35亩", "land_arable", 335, "unit"),
        ("0.005", "income_wage_fen", 1, "rounded"),
        ("138 0013 8000", "phone", "13800138000", "blank"),
        ("男性", "sex", "MALE", ""),
        ("男 。", "sex", "MALE", "word"),
        ("√", "dibao", True, ""),
        ("--", "income_wage_fen", None, "placeholder"),
        ("无", "disability_no", None, "placeholder"),
        ("   ", "name", None, ""),
    ],
)
def test_damage_is_mended_and_named(text: str, fact: str, value: object, repair: str) -> None:
    assert read(text, fact) == Reading(value, repair)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fact", "code"),
    [
        ("3.6073E+17", "id_number", "ID.SCIENTIFIC"),
        ("360730199001012000", "id_number", "ID.SCIENTIFIC"),
        ("36073019900101101", "id_number", "ID.LENGTH"),
        ("110105194902310026", "id_number", "ID.BIRTH"),
        ("110105194912310021", "id_number", "ID.CHECKSUM"),
        ("11010519491231002X9", "disability_no", "ID.LENGTH"),
        ("1380013800", "phone", "PHONE.FORMAT"),
        ("6.2220E+18", "bank_card", "BANK.CHECKSUM"),
        ("1990.13.5", "birth_on", "DATE.INVALID"),
        ("不详", "birth_on", "DATE.INVALID"),
        ("三亩多", "land_arable", "NUMBER.INVALID"),
        ("-3", "land_arable", "NUMBER.NEGATIVE"),
        ("13", "work_months", "NUMBER.MONTHS"),
        ("私塾", "education", "CODE.UNKNOWN"),
        ("也许", "dibao", "CODE.UNKNOWN"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_code(text: str, fact: str, code: str) -> None:
    assert read(text, fact).problem == code


def test_the_unit_of_the_heading_counts_unless_the_cell_names_its_own() -> None:
    assert read("1.5", "income_wage_fen", "万元").value == 1_500_000
    assert read("1.5元", "income_wage_fen", "万元").value == 150
    assert read("1.5", "road_distance_m", "公里").value == 1500


messy = st.one_of(
    st.text("0123456789.-年月日/ 元亩万,Xx'　０男女是否无—=+", max_size=20),
    st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,3})?", fullmatch=True),
    st.dates().map(str),
    st.sampled_from(["11010519491231002X", "110105491231002", "6222020200112230", "13800138000", "1e3"]),
)
columns = [
    (fact, unit)
    for fact in ("name", "sex", "dibao", "birth_on", "id_number", "work_months")
    for unit in ("",)
]
columns += [(fact, "") for fact in ("phone", "bank_card", "disability_no", "house_area_m2", "land_arable")]
columns += [("income_wage_fen", "元"), ("income_wage_fen", "万元"), ("road_distance_m", "公里")]


@settings(deadline=None)
@given(st.sampled_from(columns), st.lists(st.one_of(messy, st.none()), max_size=20))
def test_a_column_is_read_as_its_cells_are(column: tuple[str, str], cells: list[str | None]) -> None:
    spec = PERSON.get(column[0]) or HOUSEHOLD[column[0]]
    rule = ColumnRule(spec, column[1])
    typed = read_column(pa.array(cells, pa.string()), rule)
    readings = [Reading(None) if cell is None else read_value(cell, rule) for cell in cells]
    assert (
        typed.values.to_pylist() == pa.array([r.value for r in readings], arrow_type(spec.type)).to_pylist()
    )
    for attribute, found in (("problem", typed.problems), ("repair", typed.repairs)):
        said = {(name, row) for name, rows in found.items() for row in rows.tolist()}
        assert said == {
            (name, row) for row, reading in enumerate(readings) if (name := getattr(reading, attribute))
        }
