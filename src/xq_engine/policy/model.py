"""The policy document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from xq_engine.lang import Expr, Value

UNITS = ("household", "person")
PERIODS = ("once", "month", "term", "year")
SOURCE_STATUS = ("verified", "reprint", "unverified")
LEVELS = ("national", "province", "city", "county")
PAYS = ("household", "school", "fund")
VERDICTS = ("yes", "no", "unknown")
# One byte holds the deciding criterion: 1–126 the failing one, 129–254 the unknown one.
MOST_CRITERIA = 126


@dataclass(frozen=True)
class Words:
    """One sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Source:
    """Where the rule was read, and what the source supports."""

    title: str
    publisher: str
    note: str
    address: str = ""


@dataclass(frozen=True)
class Document:
    """The document that grants the benefit; empty text where it is not known."""

    title: str
    number: str
    date: str
    clause: str


@dataclass(frozen=True)
class Criterion:
    """One named condition with its words, its clause and its expression."""

    id: str
    text: Words
    clause: str
    when: Expr
    when_text: str


@dataclass(frozen=True)
class Amount:
    """The sum in fen, None where the benefit is no money or the file cannot know it."""

    expr: Expr | None
    expr_text: str
    period: str
    cap_fen: int | None
    note: Words


@dataclass(frozen=True)
class Example:
    """Facts with the verdict that the author worked out by hand."""

    name: str
    as_of: date
    region: str
    household: Mapping[str, Value]
    members: tuple[Mapping[str, Value], ...]
    verdict: str
    amount_fen: int | None
    decided_by: str
    missing: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Policy:
    """One policy; valid from `valid_from` up to but not including `valid_to`."""

    id: str
    name: Words
    summary: Words
    category: str
    issuer: Words
    document: Document
    source_status: str
    sources: tuple[Source, ...]
    level: str
    region: str
    valid_from: date
    valid_to: date | None
    unit: str
    criteria: tuple[Criterion, ...]
    amount: Amount
    papers: tuple[Words, ...]
    where: Words
    pays: str
    # True where the register itself shows that the benefit is drawn; it decides no verdict.
    received_when: Expr | None
    examples: tuple[Example, ...]
    canonical: str
    file: str

    def is_in_force(self, on: date) -> bool:
        """Tell whether the policy holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @cached_property
    def version(self) -> str:
        """Hash of everything that decides a verdict: document, parameters and derived facts that it rests on."""
        return sha256(self.canonical.encode()).hexdigest()
