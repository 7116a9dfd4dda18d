"""Spreadsheets with each kind of damage that clerks know, and files made to harm, with invented people."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from xiangqiao.people.tests.sheets import TOWNSHIP, VILLAGE, citizen
from xq_engine.intake.tests.files import Cell, rewritten, workbook

HOME_HEADS: tuple[list[Cell], list[Cell]] = (
    [
        "户编号",
        "乡镇",
        "行政村",
        "联系电话",
        "农户属性",
        "主要致贫原因",
        "家庭收入（元）",
        None,
        "耕地面积",
        "银行卡号",
    ],
    [None, None, None, None, None, None, "工资性收入", "生产经营性收入", None, None],
)
PERSON_HEADS: list[Cell] = [
    "户编号",
    "姓名",
    "性别",
    "证件号码",
    "出生日期",
    "与户主关系",
    "文化程度",
    "健康状况",
]


def damaged_workbook(path: Path) -> Path:
    """Write a workbook of households and members with every kind of damage that a cell may have."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    homes = book.create_sheet("农户")
    homes.append(["某乡 2016 年农户情况表"])
    for heads in HOME_HEADS:
        homes.append(heads)
    homes.merge_cells("A1:J1")
    homes.merge_cells("G2:H2")
    for letter in "ABCDEFIJ":
        homes.merge_cells(f"{letter}2:{letter}3")
    rows: list[list[Cell]] = [
        [
            "H1",
            TOWNSHIP,
            VILLAGE,
            "１３８００１３８０００",
            "一般贫困户",
            "缺技术",
            "１２００",
            None,
            "２．５",
            "6222020200112230",
        ],
        [
            " H2　",
            f"{TOWNSHIP} ",
            "樟溪 村",
            "7976832211",
            "一般贫困户",
            "缺 技术",
            "1,200",
            None,
            "2.5亩",
            "62220202001122",
        ],
        ["小计", None, None, None, None, None, 2400, None, 5, None],
    ]
    for row in rows:
        homes.append(row)
    people = book.create_sheet("成员")
    people.append(PERSON_HEADS)
    members: list[list[Cell]] = [
        ["H1", "甲一", "男", citizen(1), 21916, "户主", "小学", "健康"],
        ["H1", "甲二", "女", 369999196001010221, "1960-01-01", "配偶", "小学", "健康"],
        ["H1", "甲三", "男", "3.69999E+17", "1990年1月1日", "之子", "小学", "健康"],
        ["H2", "乙　一", "男", citizen(4), "1960.1.1", "户主", "小学", " 健康 "],
        ["合计", None, "4人", None, None, None, None, None],
    ]
    for row in members:
        people.append(row)
    book.save(path)
    return path


def chinese_csv(path: Path) -> Path:
    """Write a wide sheet in GB18030: a household and its members in each row."""
    heads = "户编号,乡镇,行政村,主要致贫原因,姓名,性别,证件号码,出生日期,与户主关系,健康状况"
    rows = [
        f"H3,{TOWNSHIP},{VILLAGE},缺技术,丙一,男,{citizen(5)},1960-01-01,户主,健康",
        f"H3,{TOWNSHIP},{VILLAGE},缺技术,丙㐂,女,{citizen(6, male=False)},1960-01-01,配偶,健康",
    ]
    path.write_bytes("\r\n".join([heads, *rows]).encode("gb18030"))
    return path


def wide_workbook(path: Path) -> Path:
    """Write a wide sheet in which the cells of a household are merged over its members."""
    heads: list[Cell] = [
        "户编号",
        "乡镇",
        "行政村",
        "主要致贫原因",
        "姓名",
        "性别",
        "证件号码",
        "出生日期",
        "与户主关系",
    ]
    first: list[Cell] = ["H4", TOWNSHIP, VILLAGE, "缺技术", "丁一", "男", citizen(7), "1960-01-01", "户主"]
    second: list[Cell] = [None, None, None, None, "丁二", "女", citizen(8, male=False), "1960-01-01", "配偶"]
    return workbook(path, [heads, first, second], sheet="一览表", merges=[f"{one}2:{one}3" for one in "ABCD"])


def hostile_files(folder: Path) -> Mapping[Path, tuple[str, str]]:
    """Write files that must be refused, each with a piece of what is said, in Chinese and in English."""
    plain = workbook(folder / "原表.xlsx", [["户编号", "姓名"], ["1", "甲"]])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(plain) as archive:
        inside = archive.read(sheet)
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + inside
    made: dict[str, dict[str, bytes | None]] = {
        "炸弹.xlsx": {"xl/media/a.bin": b"\0" * 40_000_000},
        "实体.xlsx": {sheet: laughs},
        "宏.xlsx": {"xl/vbaProject.bin": b"macro"},
    }
    for name, changes in made.items():
        rewritten(plain, folder / name, changes)
    (folder / "图片.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    (folder / "断了.xlsx").write_bytes(plain.read_bytes()[:-40])
    (folder / "空的.csv").write_bytes(b"")
    (folder / "加密.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )
    said = {
        "炸弹.xlsx": ("展开后异常地大", "unpacks to an abnormal size"),
        "实体.xlsx": ("夹带了实体定义", "carries entity definitions"),
        "宏.xlsx": ("带有宏程序", "contains macros"),
        "图片.xlsx": ("不是表格文件", "not a spreadsheet"),
        "断了.xlsx": ("已损坏", "broken"),
        "空的.csv": ("是空的", "empty"),
        "加密.xlsx": ("打开密码", "encrypted"),
    }
    return {folder / name: words for name, words in said.items()}
