"""Finds what no public page may carry in a text: numbers of persons, phones, cards, and who is ill. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from xiangqiao.kernel.publication import beside, numbers
from xiangqiao.kernel.publication.digits import CHECK, MASK, Run, runs, unescaped

_LONGEST = 24
# Of ID numbers, disability certificates, cards.
_LENGTHS = frozenset((15, 16, 17, 18, 19, 20, 22))
# How people group the digits of a phone or a card when they write it down.
_PHONE_GROUPS = {
    (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6), (4, 7), (3, 3, 3, 2), (2, 3, 4, 4), (2, 11), (4, 11),
    (2, 3, 8), (6, 5), (3, 5, 3), (2, 9), (8, 3), (2, 2, 2, 2, 3), (3, 2, 2, 2, 2), (1, 3, 3, 4), (1, 10), (4, 3, 4, 4),
}  # fmt: skip


class LeakKind(StrEnum):
    """What was found."""

    ID = "ID"
    ID_PART = "ID_PART"
    DISABILITY = "DISABILITY"
    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    CARD = "CARD"
    CONTACT = "CONTACT"
    ILLNESS = "ILLNESS"
    CHILD = "CHILD"


@dataclass(frozen=True)
class Leak:
    """One find: what, where in the text (first and behind the last character), and whether it is sure.

    What is not sure does not stop a list, but the second person must say why it may stay.
    """

    kind: LeakKind
    start: int
    end: int
    certain: bool = True


def leaks(text: str, *, open_numbers: Iterable[str] = ()) -> list[Leak]:
    """Return everything in a text that may not be published, in order. `open_numbers` are phones that may.

    >>> [(leak.kind.value, leak.certain) for leak in leaks("张三，３６０７３０ 19850315 123X，电话 138 0013 8000")]
    [('ID', True), ('MOBILE', True)]
    >>> leaks("第12号服务站 2016 年 11 月卖出脐橙 3,200 斤，货款 12,800.50 元")
    []
    """
    plain = unescaped(text)
    allowed = {re.sub(r"\D", "", number) for number in open_numbers}
    found: list[Leak] = []
    for run in runs(plain):
        found += _Reading(run, plain, allowed).leaks()
    found += [Leak(LeakKind(kind), a, b, certain) for kind, a, b, certain in beside.finds(plain, allowed)]
    return _without_overlap(found)


def number_across(cells: Iterable[str]) -> bool:
    """Return whether the cells of a row, put together, hold an ID number with its check that no single cell holds."""
    joined = "\t".join(cells)
    return any(
        numbers.is_id18(part) and numbers.has_check(part)
        for run in runs(joined)
        for i in range(len(run.text) - 17)
        if (part := run.text[i : i + 18]) and i in run.starts and i + 18 in run.ends
    )


def _without_overlap(found: list[Leak]) -> list[Leak]:
    """Keep of leaks that overlap the sure and long one."""
    kept: list[Leak] = []
    for leak in sorted(found, key=lambda one: (not one.certain, one.start - one.end)):
        if all(leak.end <= other.start or leak.start >= other.end for other in kept):
            kept.append(leak)
    return sorted(kept, key=lambda one: one.start)


class _Reading:
    """One run of digits and what stands in it."""

    def __init__(self, run: Run, plain: str, allowed: set[str]) -> None:
        self.run, self.plain, self.allowed = run, plain, allowed
        self.found: list[Leak] = []

    def leaks(self) -> list[Leak]:
        self._glued_ids()
        if MASK in self.run.text:
            self._masked()
        for i in self.run.starts:
            self._windows(i)
        return self.found

    def _add(self, kind: LeakKind, i: int, j: int, *, certain: bool = True) -> None:
        self.found.append(Leak(kind, self.run.at[i], self.run.at[j - 1] + 1, certain))

    def _glued_ids(self) -> None:
        """ID numbers anywhere, also glued to other digits: the check makes them sure."""
        text = self.run.text
        for i in range(len(text) - 17):
            part = text[i : i + 18]
            if numbers.is_id18(part) and numbers.has_check(part):
                self._add(LeakKind.ID, i, i + 18)

    def _windows(self, i: int) -> None:
        """Numbers that begin and end where a segment does."""
        text, ends = self.run.text, self.run.ends
        for j in range(i + 10, min(i + _LONGEST, len(text)) + 1):
            # A check letter or an extension may hang on; a window ends with its segment.
            if j not in ends:
                continue
            part = text[i:j]
            if MASK not in part:
                self._judge(part, i, j)

    def _judge(self, part: str, i: int, j: int) -> None:
        neat = self._neat(i, j)
        if numbers.is_disability(part):
            self._add(LeakKind.DISABILITY, i, j)
        elif numbers.is_id18(part):
            self._add(LeakKind.ID, i, j)
        elif numbers.is_id15(part):
            self._add(LeakKind.ID, i, j, certain=neat or self._few(i, j))
        elif numbers.is_card(part):
            self._add(LeakKind.CARD, i, j, certain=self._few(i, j))
        elif numbers.is_id_part(part.removesuffix(CHECK)):
            self._add(LeakKind.ID_PART, i, j, certain=neat)
        elif numbers.is_card_mistyped(part):
            self._add(LeakKind.CARD, i, j, certain=False)
        elif part not in self.allowed and (numbers.is_mobile(part) or numbers.is_landline(part)):
            mobile = numbers.is_mobile(part)
            self._add(LeakKind.MOBILE if mobile else LeakKind.LANDLINE, i, j, certain=self._as_phone(i, j))

    def _lengths(self, i: int, j: int) -> tuple[int, ...]:
        """Lengths of the segments of a window."""
        cuts = [i, *(s for s in self.run.starts if i < s < j), j]
        return tuple(b - a for a, b in pairwise(cuts))

    def _neat(self, i: int, j: int) -> bool:
        lengths = self._lengths(i, j)
        return len(lengths) == 1 or set(lengths) == {1}

    def _few(self, i: int, j: int) -> bool:
        """Return whether a window is one piece, spelled out, or in groups of equal size but for the last."""
        lengths = self._lengths(i, j)
        return self._neat(i, j) or (len(set(lengths[:-1])) == 1 and lengths[0] in (2, 3, 4, 5, 6, 8))

    def _as_phone(self, i: int, j: int) -> bool:
        lengths = self._lengths(i, j)
        if self._neat(i, j) or lengths in _PHONE_GROUPS:
            return True
        return self.run.text[i] == "0" and lengths[0] in (3, 4) and len(lengths) <= 3

    def _masked(self) -> None:
        """Numbers some of whose digits are covered. Every digit that is left helps who knows the rest."""
        for match in re.finditer(r"[0-9X]*\*[0-9X*]*", self.run.text):
            i, j = match.span()
            # What stands before in the run may be another number: begin with each segment before the first mask.
            first = self.run.text.index(MASK, i)
            for start in [i, *(at for at in self.run.starts if i < at <= first)]:
                kind = _covered(self.run.text[start:j])
                if kind is not None:
                    self._add(kind, start, j)
                    break


def _covered(part: str) -> LeakKind | None:
    """Return what a number with covered digits is, or None."""
    shown, size, head = sum(c != MASK for c in part), len(part), part.split(MASK)[0]
    if size == 11 and head[:1] == "1" and len(head) >= 3:
        return LeakKind.MOBILE
    if size in _LENGTHS and (shown > 1 or head):
        return LeakKind.ID_PART
    return LeakKind.ID_PART if MASK * 2 in part and shown > 1 and size > 5 else None
