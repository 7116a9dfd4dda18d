"""docs/language.md says what is so: every example of it is run."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from xq_engine.errors import ExpressionError
from xq_engine.lang import BOOL, Case, compile_closure, from_json, parse, standard_schema, to_json

MANUAL = Path(__file__).parents[4] / "docs" / "language.md"
SCHEMA = standard_schema()


def rows(heading: str) -> Iterator[tuple[str, str]]:
    """Give the rows (code of the first cell, text of the second) of the table under a heading."""
    table = MANUAL.read_text(encoding="utf-8").split(heading, 1)[1].split("\n\n", 1)[0]
    for line in table.splitlines()[2:]:
        found = re.match(r"\| `(.*?)` \| (.*) \|$", line)
        assert found, line
        yield found.group(1), found.group(2)


@pytest.mark.parametrize("entity", ["household", "person"])
def test_every_example_of_the_manual_can_be_read_and_survives_json(entity: str) -> None:
    examples = list(rows(f"| about a {entity} | says |"))
    assert len(examples) > 8
    for text, _ in examples:
        expr = parse(text, entity, SCHEMA)
        assert from_json(to_json(expr)) == expr


def test_unknown_behaves_as_the_manual_says() -> None:
    words = {"true": True, "false": False, "unknown": None}
    for text, value in rows("| expression | value |"):
        ask = compile_closure(parse(text, "household", SCHEMA), SCHEMA)
        assert ask(Case({}, as_of=date(2026, 1, 1))) is words[value], text


def test_every_mistake_of_the_manual_is_told_with_its_code_and_place() -> None:
    mistakes = list(rows("| text | code |"))
    assert len({code for _, code in mistakes}) >= 20
    for text, code in mistakes:
        with pytest.raises(ExpressionError) as caught:
            parse(text, "household", SCHEMA, expect=BOOL)
        assert caught.value.code == code, text
        assert caught.value.line == 1
        assert 1 <= caught.value.column <= max(len(text), 1)


def test_a_mistake_in_a_later_line_is_told_there() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse('any(members,\n  "甲" == name and heath == "SERIOUS")', "household", SCHEMA)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("UNKNOWN_FACT", 2, 19)
    assert "health" in caught.value.hint


def test_the_manual_talks_to_python_as_printed() -> None:
    assert doctest.testfile(str(MANUAL), module_relative=False, encoding="utf-8").failed == 0
