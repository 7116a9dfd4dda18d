"""No rule, however it is written, can exhaust the machine that reads it."""

from __future__ import annotations

import time

import pytest

from xq_engine.errors import ExpressionError
from xq_engine.lang import BOOL, parse, standard_schema


def nested(shape: str, times: int) -> str:
    text = "size > 0" if shape.startswith("if") else "size"
    for _ in range(times):
        text = shape.replace("…", text)
    return text if shape.startswith("if") else f"{text} > 0"


@pytest.mark.parametrize(
    "text",
    [
        "not " * 500 + "dibao",
        "+".join(["size"] * 900) + " > 0",
        "size > 0" + " " * 10_000 + "",
        "size in [" + "1," * 6_000 + "1]",
        nested("if(…, true, false)", 25),
        nested("min(…, 1)", 40),
        nested('div_round(…, 2, "half_up")', 40),
        nested("digits(phone, …, 3)", 9),
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ExpressionError) as caught:
        parse(text, "household", standard_schema(), expect=BOOL)
    assert caught.value.code == "TOO_LONG"
    assert caught.value.hint
    assert time.process_time() - start < 2


def test_what_a_county_writes_is_far_from_the_limits() -> None:
    many = " and ".join(f"(size > {number} or any(members, age > {number}))" for number in range(60))
    parse(many, "household", standard_schema(), expect=BOOL)
