"""Finding Chinese texts by pairs of characters: the same on every database, and nothing that is there is missed.

Source: shared findings on recall: bigrams 1.000, dictionaries of words lose place names and terms of one's own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping

_RUNS = re.compile(r"[a-z0-9]+|[^\W\d_a-z]+")
_LONGEST = 40
# A text that shares less of a question than this, by weight, is not shown for it.
LEAST_SHARE = 0.34
_UNHELD = 0.25


def tidy(text: str) -> str:
    """Return a text in the form in which texts are compared: one width, small letters.

    >>> tidy("脐橙ＡＢＣ　防冻")
    '脐橙abc 防冻'
    """
    return unicodedata.normalize("NFKC", text).lower()


def grams(text: str) -> frozenset[str]:
    """Return the grams of a text: each character, each pair of neighbours, each word of letters or digits.

    >>> sorted(grams("防冻 LED"))
    ['led', '冻', '防', '防冻']
    """
    found: set[str] = set()
    for run in _RUNS.findall(tidy(text)):
        if run.isascii():
            found.add(run[:_LONGEST])
            continue
        found.update(run)
        found.update(run[place : place + 2] for place in range(len(run) - 1))
    return frozenset(found)


def asked(text: str) -> frozenset[str]:
    """Return the grams by which a question is looked up: pairs and words; single characters only where it has no others.

    >>> sorted(asked("稻田养鱼")), sorted(asked("鱼"))
    (['养鱼', '田养', '稻田'], ['鱼'])
    """
    every = grams(text)
    longer = frozenset(one for one in every if len(one) > 1 or one.isascii())
    return longer or every


def weights(wanted: Iterable[str], holders: Mapping[str, int], total: int) -> dict[str, float]:
    """Return how much each gram tells: the fewer texts hold it, the more; one that none holds, little."""
    return {
        one: (math.log((total + 1) / (holders.get(one, 0) + 1)) + 0.1) * (1.0 if one in holders else _UNHELD)
        for one in wanted
    }


def share(wanted: Mapping[str, float], held: Iterable[str]) -> float:
    """Return the part of a question, by weight, that a text holds: 0 to 1."""
    whole = sum(wanted.values())
    return sum(wanted.get(one, 0.0) for one in held) / whole if whole else 0.0
