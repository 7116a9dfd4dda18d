"""Character bigrams: Chinese full-text search that misses nothing, on either database."""

from __future__ import annotations

import re

_RUN = re.compile(r"[\w]+")


def bigrams(text: str) -> set[str]:
    """Return every pair of neighbouring characters of a text, and single characters of one-character runs.

    >>> sorted(bigrams("低保, A"))
    ['a', '低保']
    """
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        found |= {run[place : place + 2] for place in range(len(run) - 1)} or {run}
    return found


def rank(query: str, title: str, text: str) -> int:
    """Return how well a text answers a query: the whole query in the title first, then in the text, then pieces.

    >>> rank("土地流转", "农村土地流转办法", "") > rank("土地流转", "土地法", "流转土地") > rank("土地流转", "婚姻", "")
    True
    """
    words = [word for word in query.lower().split() if word]
    whole = sum(40 * (word in title.lower()) + 10 * (word in text.lower()) for word in words)
    pieces = bigrams(query)
    return whole + 4 * len(pieces & bigrams(title)) + len(pieces & bigrams(text))
