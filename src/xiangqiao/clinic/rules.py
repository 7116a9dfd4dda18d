"""What a consultation may become, who may do it, and what a check-up asks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Side = Literal["clinic", "hospital"]

# From a state, by a verb of one side, to a state. Nothing else happens to a consultation.
STEPS: dict[tuple[str, str], tuple[Side, str]] = {
    ("ASKED", "accept"): ("hospital", "ACCEPTED"),
    ("ASKED", "decline"): ("hospital", "DECLINED"),
    ("ASKED", "withdraw"): ("clinic", "WITHDRAWN"),
    ("ACCEPTED", "appoint"): ("hospital", "ACCEPTED"),
    ("ACCEPTED", "withdraw"): ("clinic", "WITHDRAWN"),
    ("ACCEPTED", "answer"): ("hospital", "ANSWERED"),
    ("ANSWERED", "answer"): ("hospital", "ANSWERED"),
    ("ANSWERED", "close"): ("clinic", "CLOSED"),
}
STATES = ("ASKED", "ACCEPTED", "ANSWERED", "CLOSED", "DECLINED", "WITHDRAWN")
# While a consultation stands so, the hospital sees the case file; afterwards only its own opinions.
FILE_OPEN = frozenset({"ASKED", "ACCEPTED", "ANSWERED"})


def after(state: str, verb: str, side: Side) -> str | None:
    """Return the state that a verb of a side leads to, None where it may not be done.

    >>> after("ASKED", "accept", "hospital"), after("ASKED", "accept", "clinic"), after("CLOSED", "answer", "hospital")
    ('ACCEPTED', None, None)
    """
    step = STEPS.get((state, verb))
    return step[1] if step and step[0] == side else None


def verbs(state: str, side: Side) -> list[str]:
    """Return what a side may do now."""
    return [verb for (here, verb), (whose, _to) in STEPS.items() if here == state and whose == side]


def verbs_of(side: Side) -> frozenset[str]:
    """Return every verb that a side ever has."""
    return frozenset(verb for (_here, verb), (whose, _to) in STEPS.items() if whose == side)


def chain(previous: str, *parts: object) -> str:
    """Return the link of a log entry: SHA-256 over the link before and the entry's own parts."""
    return hashlib.sha256("\n".join([previous, *map(str, parts)]).encode()).hexdigest()


def opinion_text(consultation: object, number: int, at: object, by: object, text: str) -> bytes:
    """Return the bytes that an opinion's signature covers: which consultation, which number, when, who, what."""
    return "\n".join(["xiangqiao opinion 1", str(consultation), str(number), str(at), str(by), text]).encode()


@dataclass(frozen=True)
class Measure:
    """One measured value of a check-up: bounds are those of a plausible entry, not of health."""

    key: str
    unit: str
    low: int
    high: int


# Source: groups of the residents' check-up form of the national public-health service specification, third edition
# (国家基本公共卫生服务规范（第三版）, 2017). Values are whole numbers in the unit named.
FORM_VERSION = "checkup-2017.1"
MEASURES = (
    Measure("systolic", "mmHg", 50, 300),
    Measure("diastolic", "mmHg", 30, 200),
    Measure("pulse", "1/min", 20, 250),
    Measure("height", "cm", 40, 230),
    Measure("weight", "kg", 2, 300),
    Measure("waist", "cm", 20, 200),
)
