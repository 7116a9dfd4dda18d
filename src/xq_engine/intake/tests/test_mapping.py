"""What is promised about headings: found, understood, corrected, remembered."""

from pathlib import Path

import pyarrow as pa

from xq_engine.intake.guessing import guess_mapping, guess_sheet
from xq_engine.intake.headers import find_body, find_header
from xq_engine.intake.mapping import Mapping, SheetMapping
from xq_engine.intake.reading import open_table_file
from xq_engine.intake.sheets import Sheet
from xq_engine.intake.tests.files import Cell, workbook


def sheet_of(rows: list[list[Cell]], name: str = "表") -> Sheet:
    columns = [
        pa.array([None if cell is None else str(cell) for cell in column])
        for column in zip(*rows, strict=True)
    ]
    return Sheet("a.xlsx", name, columns)


def facts(mapping: SheetMapping) -> dict[str, str]:
    return {column.letters: column.fact for column in mapping.columns if column.fact}


def test_title_merged_groups_units_and_totals_are_understood(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["2016年建档立卡农户信息表", None, None, None, None, None],
        ["户编号", "乡（镇）", "行政村", "户主", None, "2016年收入（万元）"],
        [None, None, None, "姓名", "身份证号码", "工资性收入(万元)"],
        ["甲", "乙", 1, 2, 3, 4],
        ["0001", "梅江镇", "甲村", "张三", "11010519491231002X", "1.2"],
        [None, None, None, None, None, None],
        ["户编号", "乡（镇）", "行政村", "姓名", "身份证号码", "工资性收入(万元)"],
        ["小 计", None, None, None, None, "1.2"],
        ["填表人：李四", None, None, None, None, None],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, merges=["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"])
    (sheet,) = open_table_file(path)
    header = find_header(sheet)
    assert header
    mapping = guess_sheet(sheet, header)
    assert mapping.entity == "household"
    assert list(facts(mapping).values()) == [
        "household_no",
        "township",
        "village",
        "head_name",
        "head_id_number",
        "income_wage_fen",
    ]
    assert mapping.columns[5].unit == "万元"
    body = find_body(sheet, header)
    assert body.rows.tolist() == [5]
    assert body.totals == [(8, 0, "小计")]


def test_a_unit_above_the_table_counts_for_its_money() -> None:
    sheet = sheet_of([["单位：万元", None, None], ["户编号", "行政村", "低保金"], ["1", "甲村", "2"]])
    assert guess_sheet(sheet, find_header(sheet)).columns[2].unit == "万元"


def test_persons_with_household_columns_are_one_wide_sheet() -> None:
    heads: list[Cell] = [
        "户编号",
        "行政村",
        "农户属性",
        "主要致贫原因",
        "工资性收入",
        "姓名",
        "与户主关系",
        "健康状况",
        "低保",
        "低保金",
        "文化程度",
    ]
    mapping = guess_sheet(
        sheet_of([heads, ["1"] * len(heads)]), find_header(sheet_of([heads, ["1"] * len(heads)]))
    )
    assert mapping.entity == "wide"
    by_fact = {column.fact: column.entity for column in mapping.columns}
    assert by_fact["dibao"] == "person"
    assert by_fact["transfer_dibao_fen"] == "household"
    assert by_fact["village"] == "household"


def test_the_cadre_beside_a_household_is_not_the_household() -> None:
    rows: list[list[Cell]] = [
        ["户编号", "行政村", "户主姓名", "帮扶责任人", "帮扶责任人"],
        [None, None, None, "姓名", "联系电话"],
    ]
    mapping = guess_sheet(sheet_of(rows), find_header(sheet_of(rows)))
    assert list(facts(mapping).values()) == ["household_no", "village", "head_name"]


def test_a_sheet_without_headings_is_left_out() -> None:
    (mapping,) = guess_mapping([sheet_of([["会议纪要", None], ["第一条", "内容"]])])
    assert mapping.entity == ""


def test_a_correction_is_remembered_for_the_next_file_of_the_source() -> None:
    rows: list[list[Cell]] = [
        ["户编号", "行政村", "户主姓名", "神秘列"],
        ["1", "甲村", "张三", "13800138000"],
    ]
    guess = guess_mapping([sheet_of(rows)])
    assert guess.sheets[0].columns[3].fact == ""
    guess.sheets[0].columns[3].entity, guess.sheets[0].columns[3].fact = "household", "phone"
    kept = Mapping.from_json(guess.to_json())
    fresh = sheet_of(rows, name="二月")
    again = kept.find(guess_sheet(fresh, find_header(fresh)))
    assert again.sheet == "二月"
    assert again.columns[3].fact == "phone"
