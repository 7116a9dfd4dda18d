"""Small spreadsheets for tests: households and members as a clerk would type them, with invented people."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from xq_engine.facts import catalogue
from xq_engine.identity import check_character

TOWNSHIP, VILLAGE, CODE = "青坪乡", "樟溪村", "360730901701"
DIVISIONS = (("360730000000", "宁都县"), ("360730901000", TOWNSHIP), (CODE, VILLAGE))


def citizen(number: int, birth: str = "19600101", *, male: bool = True) -> str:
    """An ID number nobody holds (its area code is not in use), told apart by `number`."""
    first = f"369999{birth}{number:02d}{1 if male else 2}"
    return first + check_character(first)


def household(number: str, **facts: str) -> dict[str, str]:
    """A household row that passes every check."""
    plain = {
        "household_no": number, "township": TOWNSHIP, "village": VILLAGE, "phone": "13800138000",
        "household_type": "一般贫困户", "cause_main": "缺技术", "income_wage_fen": "12000",
        "transfer_other_fen": "300", "land_arable": "2.5", "house_dangerous": "否", "house_grade": "A级",
    }  # fmt: skip
    return {**plain, **facts}


def person(number: str, name: str, own: int, relation: str = "户主", **facts: str) -> dict[str, str]:
    """A member row that passes every check."""
    male = facts.get("sex", "男") == "男"
    plain = {
        "household_no": number, "name": name, "sex": "男", "id_type": "居民身份证", "id_number": citizen(own, male=male),
        "birth_on": "1960-01-01", "relation": relation, "health": "健康", "labour": "普通劳动力", "schooling": "非在校生",
        "education": "小学", "dibao": "否",
    }  # fmt: skip
    return {**plain, **facts}


def write(
    folder: Path, homes: Iterable[Mapping[str, str]], people: Iterable[Mapping[str, str]]
) -> list[Path]:
    """Write both sheets as CSV and return their paths."""
    folder.mkdir(exist_ok=True)
    return [_sheet(folder / "农户.csv", "household", homes), _sheet(folder / "成员.csv", "person", people)]


def _sheet(path: Path, entity: str, rows: Iterable[Mapping[str, str]]) -> Path:
    facts = catalogue()[entity].base
    listed = list(rows)
    used = [name for name in facts if any(name in row for row in listed)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(facts[name].zh for name in used)
        writer.writerows([row.get(name, "") for name in used] for row in listed)
    return path
