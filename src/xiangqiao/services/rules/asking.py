"""A question's way: which step leads from which state to which. One table, nothing else decides."""

from __future__ import annotations

from datetime import date
from typing import Final

RECEIVED, ASSIGNED, ACCEPTED = "RECEIVED", "ASSIGNED", "ACCEPTED"
REFUSED, ANSWERED, CLOSED, WITHDRAWN = "REFUSED", "ANSWERED", "CLOSED", "WITHDRAWN"

STATES: Final = (RECEIVED, ASSIGNED, ACCEPTED, REFUSED, ANSWERED, CLOSED, WITHDRAWN)

# state -> step -> next state. `escalate` is a refusal too many: the service centre decides who is in charge.
TRANSITIONS: Final[dict[str, dict[str, str]]] = {
    RECEIVED: {"assign": ASSIGNED, "refuse": REFUSED, "withdraw": WITHDRAWN},
    ASSIGNED: {
        "accept": ACCEPTED,
        "assign": ASSIGNED,
        "pass_on": ASSIGNED,
        "escalate": RECEIVED,
        "refuse": REFUSED,
        "withdraw": WITHDRAWN,
    },
    ACCEPTED: {"answer": ANSWERED, "assign": ASSIGNED, "pass_on": ASSIGNED, "escalate": RECEIVED, "withdraw": WITHDRAWN},
    REFUSED: {"reopen": RECEIVED},
    ANSWERED: {"rate": CLOSED, "reopen": ACCEPTED},
    CLOSED: {"reopen": ACCEPTED},
    WITHDRAWN: {},
}  # fmt: skip
OPEN: Final = frozenset({RECEIVED, ASSIGNED, ACCEPTED})

# Passed on by so many offices, a question goes to the service centre, which settles who is in charge.
# Source: practice of the 12345 hotlines: refused by three bodies is escalated (research report on the faces, section 1).
MOST_PASSED_ON = 2

# The asker may open an answered question again for so long.
REOPEN_DAYS = 30


def next_state(state: str, step: str) -> str | None:
    """Return where a step leads, None where it cannot be taken.

    >>> next_state("ACCEPTED", "answer"), next_state("CLOSED", "answer")
    ('ANSWERED', None)
    """
    return TRANSITIONS[state].get(step)


def overdue(state: str, due_on: date | None, today: date) -> bool:
    """Return whether an open question has waited longer than its time limit.

    >>> overdue("ACCEPTED", date(2026, 11, 2), date(2026, 11, 3)), overdue("ANSWERED", date(2026, 11, 2), date(2026, 11, 3))
    (True, False)
    """
    return state in OPEN and due_on is not None and due_on < today


def duty_for(duties: list[tuple[str, str, str]], topic: str, division_code: str) -> str | None:
    """Return the office in charge among duties (topic, division code, office): the nearest place wins.

    A duty for a county is told by a code that ends in zeros.

    >>> duties = [("ROAD", "360730000000", "county"), ("ROAD", "360730100000", "town")]
    >>> duty_for(duties, "ROAD", "360730100201"), duty_for(duties, "ROAD", "360730101201"), duty_for(duties, "LAW", "360730100201")
    ('town', 'county', None)
    """
    fitting = [
        (len(stem), office)
        for known, code, office in duties
        if known == topic and division_code.startswith(stem := _stem(code))
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _stem(code: str) -> str:
    for digits in (2, 4, 6, 9):
        if set(code[digits:]) == {"0"}:
            return code[:digits]
    return code
