"""Records of the demo county: a row of facts, what was damaged in it, and households of such rows."""

from dataclasses import dataclass, field
from datetime import date

Value = str | int | bool | date | None
Cell = str | int | float | date | None


@dataclass(slots=True)
class Row:
    """One spreadsheet row to be: typed facts, raw cells that overrule them, and what is wrong with it.

    ``problems`` and ``repairs`` name the fact whose cell carries them; the writer knows row and column.
    """

    facts: dict[str, Value]
    raw: dict[str, Cell] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    repairs: list[tuple[str, str]] = field(default_factory=list)
    refused: bool = False

    def text(self, fact: str) -> str:
        """The fact as text; empty where it is not known."""
        value = self.facts.get(fact)
        return value if isinstance(value, str) else ""

    def number(self, fact: str) -> int:
        """The fact as an integer; 0 where it is not known."""
        value = self.facts.get(fact)
        return value if isinstance(value, int) else 0


@dataclass(slots=True)
class Household:
    """A household, its members and what the generator alone knows of it."""

    row: Row
    members: list[Row]
    ages: list[int]
    township: str
    village: str
    ability: float
    truth: dict[str, Value | list[str]] = field(default_factory=dict)
    extra: list[Row] = field(default_factory=list)
    twin: Row | None = None
    touched: bool = False

    @property
    def number(self) -> str:
        """The household number."""
        return self.row.text("household_no")


@dataclass(frozen=True, slots=True)
class Village:
    """An invented village below a real township. ``x`` and ``y`` are invented offsets within the hexagon."""

    code: str
    name: str
    township_code: str
    township: str
    x: float
    y: float
    weight: float


@dataclass(frozen=True, slots=True)
class Township:
    """A real township with its cell of the hexagon map."""

    code: str
    name: str
    col: int
    row: int
    real_villages: int
