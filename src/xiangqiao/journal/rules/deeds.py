"""What may be done on a visit: a coded list, the usual acts first."""

from __future__ import annotations

from collections.abc import Sequence

# In the order in which the buttons stand. `PROMISE` is set by the action where a promise was kept on the visit.
USUAL = ("TALK", "POLICY", "PAPERS", "FARM", "SALE", "WORK", "SCHOOL", "HEALTH", "HOUSE", "GOODS")
DEEDS = (*USUAL, "PROMISE", "OTHER")
TEXT_MOST = 1000


def in_order(chosen: Sequence[str]) -> list[str]:
    """Return known codes of a choice, each once, in the order of the list.

    >>> in_order(["FARM", "TALK", "FARM", "??"])
    ['TALK', 'FARM']
    """
    return [code for code in DEEDS if code in chosen]


def says_something(done: Sequence[str], text: str) -> bool:
    """Return whether a visit says what was done: an act of the list, or words (OTHER needs words).

    >>> says_something(["TALK"], ""), says_something(["OTHER"], " "), says_something([], "修好了水管")
    (True, False, True)
    """
    return bool(text.strip()) or bool(set(done) - {"OTHER"})
