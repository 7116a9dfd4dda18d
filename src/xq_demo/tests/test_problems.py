"""Planted errors: the manifest's cells hold the damage they claim, and no other cell holds such damage."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from xq_demo import Manifest
from xq_demo.numbers import check_character
from xq_demo.tests.reading import grid, rows_of
from xq_demo.words import CODES

WORDS = {
    kind: {word: code for code, words in codes.items() for word in words} for kind, codes in CODES.items()
}
Where = tuple[str, str, int]


def _number(value: Any) -> float:
    return float(value or 0)


def _planted(manifest: Manifest, code: str) -> set[Where]:
    return {(p.workbook, p.sheet, p.row) for p in manifest.problems if p.code == code}


def _errors_of(manifest: Manifest) -> set[Where]:
    return {(p.workbook, p.sheet, p.row) for p in manifest.problems}


DAMAGE: dict[str, Callable[[Any], bool]] = {
    "ID.SCIENTIFIC": lambda cell: isinstance(cell, (int, float)) or "E+" in cell or cell.endswith("000"),
    "ID.LENGTH": lambda cell: len(cell) not in (15, 18, 20),
    "ID.CHECKSUM": lambda cell: check_character(cell[:17]) != cell[17],
    "ID.BIRTH": lambda cell: (
        check_character(cell[:17]) == cell[17] and cell[10:14] in ("1325", "0231", "0432", "0010")
    ),
    "DATE.INVALID": lambda cell: isinstance(cell, str),
    "NUMBER.INVALID": lambda cell: isinstance(cell, str),
    "NUMBER.NEGATIVE": lambda cell: cell < 0,
    "NUMBER.MONTHS": lambda cell: float(cell) > 12,
    "CODE.UNKNOWN": lambda cell: not any(cell in words for words in WORDS.values()),
    "REQUIRED.MISSING": lambda cell: cell is None,
    "PHONE.FORMAT": lambda cell: len(cell) != 11,
    "ROW.TOTALS": lambda cell: cell in ("合计", "小计"),
    "HEAD.MANY": lambda cell: WORDS["relation"][cell] == "HEAD",
    "SCHOOL.AGE": lambda cell: WORDS["schooling"][cell] in ("SENIOR", "VOCATIONAL_SECONDARY"),
    "LABOUR.HEALTHY_LOST": lambda cell: WORDS["labour"][cell] == "LOST",
    "WORK.NO_MONTHS": lambda cell: not _number(cell),
    "DIBAO.AND_WUBAO": lambda cell: _number(cell) > 0,
    "LAND.PER_HEAD": lambda cell: _number(cell) > 50,
}


@pytest.mark.parametrize("code", sorted(DAMAGE))
def test_cells_of_the_manifest_hold_the_damage_they_claim(
    folder: Path, manifest: Manifest, code: str
) -> None:
    found = [p for p in manifest.problems if p.code == code]
    assert found
    for problem in found:
        cell = grid(folder, problem.workbook, problem.sheet).get((problem.row, problem.column))
        assert DAMAGE[code](cell), (problem, cell)


def _is_sound(number: str) -> bool:
    bare = number.strip().upper().translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X"))
    return len(bare) in (15, 20) or (len(bare) == 18 and check_character(bare[:17]) == bare[17])


def test_every_other_id_number_is_sound_and_of_one_person(folder: Path, manifest: Manifest) -> None:
    bad = set().union(
        *(_planted(manifest, f"ID.{kind}") for kind in ("SCIENTIFIC", "LENGTH", "CHECKSUM", "BIRTH"))
    )
    twice = _planted(manifest, "ID.DUPLICATE")
    seen: dict[str, Where] = {}
    for sheet, row, facts in rows_of(folder, manifest, "person", "wide"):
        where = (sheet.workbook, sheet.sheet, row)
        if where in bad:
            continue
        number = facts["id_number"].strip()
        assert _is_sound(number), (where, number)
        assert (number in seen) == (where in twice), where
        seen[number] = where


def test_sex_and_birth_date_agree_with_the_id_number_elsewhere(folder: Path, manifest: Manifest) -> None:
    known = _errors_of(manifest) - _planted(manifest, "ID.SEX") - _planted(manifest, "ID.BIRTH_MISMATCH")
    wrong_sex, wrong_birth = set(), set()
    for sheet, row, facts in rows_of(folder, manifest, "person", "wide"):
        where, number = (sheet.workbook, sheet.sheet, row), str(facts["id_number"])
        if where in known or not number[:17].isascii() or len(number) != 18:
            continue
        if (int(number[16]) % 2 == 1) != (WORDS["sex"][facts["sex"]] == "MALE"):
            wrong_sex.add(where)
        born = facts["birth_on"]
        if isinstance(born, str) and not born.isdigit():
            parts = [int(part) for part in born.replace("/", "-").replace(".", "-").split("-")]
            born = date(*parts)
        if isinstance(born, datetime):
            born = born.date()
        if isinstance(born, date) and f"{born:%Y%m%d}" != number[6:14]:
            wrong_birth.add(where)
    assert wrong_sex == _planted(manifest, "ID.SEX")
    assert wrong_birth == _planted(manifest, "ID.BIRTH_MISMATCH")


LINES = (
    "income_wage_fen", "income_business_fen", "income_property_fen", "transfer_family_planning_fen",
    "transfer_dibao_fen", "transfer_wubao_fen", "transfer_pension_fen", "transfer_ecology_fen", "transfer_other_fen",
)  # fmt: skip


def test_reported_net_income_is_what_the_lines_give_elsewhere(folder: Path, manifest: Manifest) -> None:
    wrong = set()
    unread = _planted(manifest, "NUMBER.NEGATIVE") | _planted(manifest, "NUMBER.INVALID")
    for sheet, row, facts in rows_of(folder, manifest, "household"):
        if (sheet.workbook, sheet.sheet, row) in unread:
            continue
        net = sum(_number(facts[line]) for line in LINES) - _number(facts["cost_business_fen"])
        if abs(net - _number(facts["reported_net_income_fen"])) > 1:
            wrong.add((sheet.workbook, sheet.sheet, row))
    assert wrong == {where for where in _planted(manifest, "INCOME.NET_MISMATCH") if where[1] == "农户信息"}


def test_households_hold_together_elsewhere(folder: Path, manifest: Manifest) -> None:
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, _, facts in rows_of(folder, manifest, "person"):
        members[facts["household_no"]].append(facts)
    found: dict[str, set[Where]] = defaultdict(set)
    checked = ("DIBAO.NO_MEMBER", "CAUSE.ILLNESS", "CAUSE.STUDY", "HOUSE.GRADE", "HEAD.NONE")
    for sheet, row, facts in rows_of(folder, manifest, "household"):
        where, people = (sheet.workbook, sheet.sheet, row), members[facts["household_no"]]
        type_ = WORDS["household_type"].get(facts["household_type"])
        if type_ in ("DIBAO", "DIBAO_POOR") and not any(p["dibao"] == "是" for p in people):
            found["DIBAO.NO_MEMBER"].add(where)
        if facts["cause_main"] == "因病" and all(
            WORDS["health"].get(p["health"]) == "HEALTHY" for p in people
        ):
            found["CAUSE.ILLNESS"].add(where)
        if facts["cause_main"] == "因学" and all(WORDS["schooling"][p["schooling"]] == "NOT" for p in people):
            found["CAUSE.STUDY"].add(where)
        if (facts["house_dangerous"] == "是") != (facts["house_grade"][0] in "CD"):
            found["HOUSE.GRADE"].add(where)
        if not any(WORDS["relation"].get(p["relation"]) == "HEAD" for p in people):
            found["HEAD.NONE"].add(where)
    for code in checked:
        assert found[code] == {where for where in _planted(manifest, code) if where[1] == "农户信息"}, code


def test_a_cadre_registered_as_poor_is_a_member_of_a_household_and_no_other_cadre_is(
    folder: Path, manifest: Manifest
) -> None:
    people = {facts["id_number"] for _, _, facts in rows_of(folder, manifest, "person", "wide")}
    both = {
        (sheet.workbook, sheet.sheet, row)
        for sheet, row, facts in rows_of(folder, manifest, "cadre")
        if facts["id_number"] in people
    }
    assert both == _planted(manifest, "HELPER.REGISTERED")


def test_repairs_stand_where_the_manifest_says_and_carry_no_problem(folder: Path, manifest: Manifest) -> None:
    problems = {(p.workbook, p.sheet, p.row) for p in manifest.problems}
    assert {repair.kind for repair in manifest.repairs} >= {"blank_around", "serial_date", "wide_digits"}
    for repair in manifest.repairs:
        cell = grid(folder, repair.workbook, repair.sheet)[repair.row, repair.column]
        assert str(cell) == repair.stored
        assert repair.stored != repair.meant
        assert (repair.workbook, repair.sheet, repair.row) not in problems
