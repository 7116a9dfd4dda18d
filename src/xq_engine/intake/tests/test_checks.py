"""What is promised about the catalogue of checks and the sentences."""

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from xq_engine.checks import checks
from xq_engine.intake.errors import _REASONS
from xq_engine.intake.sentences import Language, problem_sentence

DECISION = Path(__file__).parents[4] / "docs" / "decisions" / "0001-checks-and-planted-errors.md"


def test_every_agreed_code_has_a_check_of_its_scope_and_severity() -> None:
    rows = re.findall(r"^\| `([A-Z_.]+)` \| (\w+) \| (\w+) \|", DECISION.read_text(encoding="utf-8"), re.M)
    assert {code: (scope, severity) for code, scope, severity in rows} == {
        check.code: (check.scope, check.severity) for check in checks().values()
    }


@pytest.mark.parametrize("code", list(checks()))
def test_every_problem_is_said_in_both_languages_with_a_way_to_mend_it(code: str) -> None:
    problem = {
        "code": code,
        "entity": "household",
        "fact": "cause_main",
        "value": "因赌",
        "other": "a / b / 3",
    }
    said = [problem_sentence(problem, language) for language in get_args(Language)]
    assert all(sentence.text and sentence.hint and "{" not in sentence.text for sentence in said)
    assert re.search(r"[\u4e00-\u9fff]", said[0].text)


def test_the_rules_of_checks_are_well_typed() -> None:
    assert all(case.expression for check in checks().values() for case in check.cases)


def test_refusals_of_files_say_what_to_do_in_both_languages() -> None:
    assert all(zh and en and hint[0] and hint[1] for zh, en, hint in _REASONS.values())
    assert not any(
        set(string.ascii_letters) & set(zh.replace("Excel", "").replace("DTD", "")) - set("xlscvw.")
        for zh, _, _ in _REASONS.values()
    )
