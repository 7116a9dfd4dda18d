"""An author's mistake is told with file, line, column and the way to mend it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xq_engine.errors import RuleError
from xq_engine.policy import load_policies
from xq_engine.policy.tests.writing import write_policy

PARAMETERS = """\
line:
  zh: 低保标准
  en: line
  unit: fen
  values:
    - {region: "", from: 2016-01-01, to: 2020-01-01, value: 100, source: s, status: verified}
    - {region: "", from: 2020-01-01, value: 120, source: s, status: verified}
    - {region: "3607", from: 2018-01-01, value: 150, source: s, status: unverified}
"""


def mistake(folder: Path) -> RuleError:
    with pytest.raises(RuleError) as caught:
        load_policies(folder)
    return caught.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "other"}, "ID"),
        ({"unit": "village"}, "WORD"),
        ({"level": "galaxy"}, "WORD"),
        ({"pays": "cadre"}, "WORD"),
        ({"source_status": "sure"}, "WORD"),
        ({"region": "36073"}, "REGION"),
        ({"valid": {"from": "2016-13-01"}}, "DATE"),
        ({"valid": {"from": "2016-01-01", "to": "2016-01-01"}}, "VALID"),
        ({"valid": {"to": None}}, "KEY_MISSING"),
        ({"colour": "red"}, "KEY_UNKNOWN"),
        ({"name": "字"}, "SHAPE"),
        ({"name": {"zh": "", "en": "x"}}, "EMPTY"),
        ({"criteria": []}, "CRITERIA"),
        ({"criteria": {"zh": "字"}}, "SHAPE"),
        ({"amount": {"period": "year"}}, "AMOUNT"),
        ({"amount": {"expr": "yuan(1)"}}, "KEY_MISSING"),
        ({"amount": {"expr": "land_arable", "period": "once"}}, "WRONG_RESULT"),
        ({"amount": {"expr": "1", "period": "once", "cap_fen": "1.5"}}, "NUMBER"),
        ({"amount": {"expr": "1", "period": "daily"}}, "WORD"),
    ],
)
def test_a_wrong_document_is_refused(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    write_policy(tmp_path, "p", **{"when": ["true"], **changes})
    found = mistake(tmp_path)
    assert (found.code, found.file) == (code, "p.yaml")
    assert found.message_zh
    assert found.message_en


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ({"household": {"colour": 1}}, "UNKNOWN_FACT"),
        ({"household": {"size": 3}}, "UNKNOWN_FACT"),
        ({"household": {"fuel": "核能"}}, "UNKNOWN_CODE"),
        ({"household": {"income_wage_fen": "1.5"}}, "NUMBER"),
        ({"household": {"broadband": "maybe"}}, "WORD"),
        ({"verdict": "perhaps"}, "WORD"),
        ({"decided_by": "c9"}, "WORD"),
    ],
)
def test_a_wrong_example_is_refused(tmp_path: Path, example: dict[str, Any], code: str) -> None:
    whole = {"name": "n", "as_of": "2016-01-01", "household": {}, "members": [], "verdict": "yes"} | example
    write_policy(tmp_path, "p", when=["true"], examples=[whole])
    assert mistake(tmp_path).code == code


def test_a_mistake_inside_an_expression_is_told_at_its_place_in_the_file(tmp_path: Path) -> None:
    path = write_policy(tmp_path, "p", when=["broadband", "true and siz > 3"])
    found = mistake(tmp_path)
    line = path.read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("siz > 3")
    assert "size" in found.hint


def test_a_key_written_twice_and_broken_yaml_are_told_with_their_line(tmp_path: Path) -> None:
    path = write_policy(tmp_path, "p", when=["true"])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"level"', '"pays": "fund",\n "level"'), encoding="utf-8")
    assert mistake(tmp_path).code == "KEY_TWICE"
    path.write_text("id: p\nname: {zh: 字\n", encoding="utf-8")
    assert (mistake(tmp_path).code, mistake(tmp_path).line) == ("YAML", 3)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a: &a [*a]", "YAML"),
        (b"a: " + b"[" * 5_000, "YAML"),
        (b"a: \x01", "YAML"),
        (b"a: \xff\xfe", "ENCODING"),
        (b"a: " + b"x" * 1_000_000, "TOO_LONG"),
        (b"", "EMPTY"),
    ],
)
def test_a_file_made_to_harm_is_refused_like_any_other_mistake(
    tmp_path: Path, data: bytes, code: str
) -> None:
    (tmp_path / "p.yaml").write_bytes(data)
    assert (mistake(tmp_path).code, mistake(tmp_path).file) == (code, "p.yaml")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("value: 100", "value: 1_00", "NUMBER"),
        ("value: 100", "value: １００", "NUMBER"),
        ("value: 100", f"value: {'9' * 19}", "NUMBER"),
        ("from: 2016-01-01", "from: 2016-W01-1", "DATE"),
        ("to: 2020-01-01", "to: 2016-01-01", "VALID"),
    ],
)
def test_a_parameter_that_could_be_read_in_two_ways_is_refused(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    (tmp_path / "parameters.yaml").write_text(PARAMETERS.replace(old, new), encoding="utf-8")
    assert mistake(tmp_path).code == code


def test_a_parameter_changes_on_the_very_day(tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")
    parameters = load_policies(tmp_path).parameters
    days = [date(2015, 12, 31), date(2016, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [parameters.at(day, "11")["line"] for day in days] == [None, 100, 100, 120]


def test_the_longest_region_with_a_value_on_the_day_wins(tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")
    parameters = load_policies(tmp_path).parameters
    places = [
        (2015, "360730"),
        (2016, "360730"),
        (2019, "360730"),
        (2019, "110101"),
        (2021, "11"),
        (2021, "3607"),
    ]
    found = [parameters.at(date(year, 6, 1), region)["line"] for year, region in places]
    assert found == [None, 100, 150, 100, 120, 150]


def test_two_values_at_one_time_are_refused(tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text(PARAMETERS.replace("to: 2020-01-01, ", ""), encoding="utf-8")
    found = mistake(tmp_path)
    assert (found.code, found.file, found.line) == ("VALUES_OVERLAP", "parameters.yaml", 7)


def test_the_version_follows_what_decides_and_nothing_else(tmp_path: Path) -> None:
    def version(text: str, **changes: Any) -> str:
        (tmp_path / "parameters.yaml").write_text(text, encoding="utf-8")
        write_policy(tmp_path, "p", when=['income_wage_fen < param("line")'], **changes)
        return load_policies(tmp_path)["p"].version

    first = version(PARAMETERS)
    assert version(PARAMETERS, examples=[]) == first
    assert version(PARAMETERS.replace("150", "151")) != first
    assert version(PARAMETERS, region="36") != first


def test_the_library_knows_what_is_in_force(tmp_path: Path) -> None:
    write_policy(tmp_path, "old", when=["true"], valid={"from": "2014-01-01", "to": "2021-01-01"})
    write_policy(tmp_path, "new", when=["true"], valid={"from": "2021-01-01"})
    library = load_policies(tmp_path)
    assert [policy.id for policy in library.in_force(date(2020, 12, 31))] == ["old"]
    assert [policy.id for policy in library.in_force(date(2021, 1, 1))] == ["new"]
