"""An application's way, and what a form's fields accept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

SUBMITTED, SUPPLEMENT, GRANTED, DENIED, COLLECTED, WITHDRAWN = (
    "SUBMITTED", "SUPPLEMENT", "GRANTED", "DENIED", "COLLECTED", "WITHDRAWN",
)  # fmt: skip
TRANSITIONS: Final[dict[str, dict[str, str]]] = {
    SUBMITTED: {"ask_supplement": SUPPLEMENT, "grant": GRANTED, "deny": DENIED, "withdraw": WITHDRAWN},
    SUPPLEMENT: {"supplement": SUBMITTED, "deny": DENIED, "withdraw": WITHDRAWN},
    GRANTED: {"collect": COLLECTED},
    DENIED: {},
    COLLECTED: {},
    WITHDRAWN: {},
}
OPEN: Final = frozenset({SUBMITTED, SUPPLEMENT})
KINDS: Final = ("text", "long_text", "number", "date", "choice", "yes_no", "id_number", "phone", "bank_card")


def next_state(state: str, step: str) -> str | None:
    """Return where a step leads, None where it cannot be taken.

    >>> next_state("GRANTED", "collect"), next_state("DENIED", "collect")
    ('COLLECTED', None)
    """
    return TRANSITIONS[state].get(step)


def faults_of_fields(fields: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with a form's definition: each field needs a name, a label and a kind; a choice its choices.

    >>> faults_of_fields([{"name": "size", "label": "面积", "kind": "number"}, {"name": "a b", "label": "", "kind": "x"}])
    ['a b: name', 'a b: label', 'a b: kind']
    """
    faults = []
    for one in fields:
        name = str(one.get("name", ""))
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", name):
            faults.append(f"{name}: name")
        if not one.get("label"):
            faults.append(f"{name}: label")
        if one.get("kind") not in KINDS:
            faults.append(f"{name}: kind")
        if one.get("kind") == "choice" and not one.get("choices"):
            faults.append(f"{name}: choices")
    return faults


def fits(kind: str, value: str, choices: list[str] | None = None) -> bool:
    """Return whether a text is a value of a kind; the empty text is left to "required".

    >>> fits("number", "12"), fits("date", "2026-02-30"), fits("phone", "13800000000"), fits("choice", "甲", ["甲", "乙"])
    (True, False, True, True)
    """
    if not value:
        return True
    if kind == "number":
        return re.fullmatch(r"\d{1,9}(\.\d{1,2})?", value) is not None
    if kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True
    if kind == "phone":
        return re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}", value) is not None
    if kind == "id_number":
        return re.fullmatch(r"\d{17}[\dXx]", value) is not None
    if kind == "bank_card":
        return re.fullmatch(r"\d{15,19}", value.replace(" ", "")) is not None
    if kind == "yes_no":
        return value in {"yes", "no"}
    return value in (choices or []) if kind == "choice" else len(value) <= 2000
