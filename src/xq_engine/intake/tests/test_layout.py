"""What is written in a layout reads back as the same facts; nothing that is written runs as a formula."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from xq_engine.facts import FactSpec, catalogue, codes
from xq_engine.identity import check_character
from xq_engine.intake.checking import check_files
from xq_engine.intake.columns import arrow_type
from xq_engine.intake.export import write_layout
from xq_engine.intake.layout import Layout, LayoutColumn, LayoutSheet
from xq_engine.intake.neutral import neutralise, restore
from xq_engine.intake.tests.files import Cell, workbook

AS_OF = date(2025, 12, 31)
texts = st.text("张三李四村组=+-@'１aB1 （）", min_size=1, max_size=8).filter(
    lambda text: "  " not in text and text == text.strip() and "１" not in text
)
texts = texts.filter(lambda text: not any(a == " " for a in text))
ids = st.builds("{:%Y%m%d}{:03d}".format, st.dates(date(1930, 1, 1), AS_OF), st.integers(0, 999)).map(
    lambda tail: f"360730{tail}{check_character(f'360730{tail}')}"
)


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": texts,
        "bool": st.booleans(),
        "date": st.dates(date(1930, 1, 1), AS_OF),
        "id_number": ids,
        "disability_no": ids.map(lambda number: f"{number}43"),
        "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        "bank_card": st.just("6222020200112230"),
        "months": st.integers(0, 12),
    }
    if spec.type == "code":
        return st.sampled_from(list(codes()[spec.codes].codes))
    return kinds.get(spec.type, st.integers(0, 10**11))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, pa.Table]:
    """Households numbered 1 to n, each with a person; other facts known or not."""
    count = draw(st.integers(1, 4))
    made = {}
    for entity in ("household", "person"):
        columns = {}
        for name, spec in catalogue()[entity].base.items():
            one = (
                values(spec)
                if name in ("name", "relation", "village")
                else st.one_of(st.none(), values(spec))
            )
            column = draw(st.lists(one, min_size=count, max_size=count))
            if name == "household_no":
                column = [str(number + 1) for number in range(count)]
            columns[name] = pa.array(column, arrow_type(spec.type))
        made[entity] = pa.table(columns)
    return made


def wide() -> Layout:
    """One sheet of persons with their household's facts, money in ten thousand yuan under a group heading."""
    household = Layout.national().only("household").sheets[0].columns
    person = Layout.national().only("person").sheets[-1].columns[1:]
    columns = [
        LayoutColumn(f"家庭收入 / {column.heading.replace('元', '万元')}", "household", column.fact, "万元")
        if column.unit == "元"
        else column
        for column in household
    ]
    return Layout((LayoutSheet("一览表", "wide", (*columns, *person)),))


@pytest.mark.parametrize(
    ("layout", "suffix"), [(Layout.national(), "xlsx"), (wide(), "xlsx"), (wide(), "csv")]
)
# Each example writes and reads a workbook: shrinking one would take minutes.
@settings(deadline=None, max_examples=5, phases=[Phase.reuse, Phase.generate])
@given(tables=tables())
def test_what_is_written_reads_back(tables: dict[str, pa.Table], layout: Layout, suffix: str) -> None:
    layout = layout.only("household", "person")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"register.{suffix}"
        write_layout(tables, path, layout)
        batch = check_files([path], as_of=AS_OF)
    for entity, table in tables.items():
        again = batch.table(entity).drop_columns(["_workbook", "_sheet", "_row", "_accepted"])
        for name in table.column_names:
            known = table[name].to_pylist()
            if name == "birth_on":
                continue
            assert again[name].to_pylist() == known, name


def test_an_export_comes_out_as_the_import_came_in(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["序号", "户编码", "村", "收入（万元）", None],
        [None, None, None, "工资收入", "低保"],
        [1, "1", "甲村", 1.2, 0.3],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, sheet="农户", merges=["D1:E1", "A1:A2", "B1:B2", "C1:C2"])
    batch = check_files([path], as_of=AS_OF)
    layout = Layout.imported(batch.mapping, "a.xlsx")
    write_layout({"household": batch.household}, tmp_path / "b.xlsx", layout)
    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["农户"]
    again = list(page.iter_rows(values_only=True))
    assert list(again[0][:4]) == ["序号", "户编码", "村", "收入（万元）"]
    assert again[1][3:] == ("工资收入", "低保")
    assert again[2][1:3] == ("1", "甲村")
    second = check_files([tmp_path / "b.xlsx"], as_of=AS_OF)
    assert second.household.drop_columns(["_workbook"]) == batch.household.drop_columns(["_workbook"])


_UNSEEN = [
    "\x00",
    "\ufeff",
    "\u200b",
    "\u2060",
    "\u202e",
    "\u2066",
    "\u00ad",
    "\u180e",
    "\x1f",
    "\x7f\u00a0",
    "\ufe0f",
    "\u3164",
]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\t1",
        "\t=1",
        "\r1",
        "\n1",
        "＝1",
        "　＝1",
        " =1",
        *(f"{one}=1" for one in _UNSEEN),
    ],
)
def test_text_that_could_run_as_a_formula_is_neutralised_and_comes_back(text: str) -> None:
    assert neutralise(text) == f"'{text}"
    assert restore(neutralise(text)) == text
    assert restore(neutralise(f"'{text}")) == f"'{text}"


@pytest.mark.parametrize("text", ["张三", "a=1", "\u200b张三", "1-2", "'abc"])
def test_other_text_is_left_alone(text: str) -> None:
    assert neutralise(text) == text
