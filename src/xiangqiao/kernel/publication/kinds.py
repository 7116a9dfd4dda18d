"""Kinds of public lists: which columns may be shown, how names stand, how many must look alike. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# A row may say beside its columns that it tells of somebody under 18; this is never published itself.
MINOR = "minor"


class Of(StrEnum):
    """What a column holds. There is no kind for numbers of persons, birthdays, addresses or illnesses."""

    NAME = "NAME"
    TEXT = "TEXT"
    COUNT = "COUNT"
    FEN = "FEN"
    DATE = "DATE"
    TOWNSHIP = "TOWNSHIP"
    VILLAGE = "VILLAGE"


class NameRule(StrEnum):
    """How the names of a list are shown: in full (by law), as surname and 某, or not at all."""

    FULL = "FULL"
    SURNAME = "SURNAME"
    NONE = "NONE"


@dataclass(frozen=True)
class Column:
    """One allowed column: its key in the rows, its title for the reader (Chinese msgid), and what it holds."""

    key: str
    title: str
    of: Of = Of.TEXT


@dataclass(frozen=True)
class Kind:
    """A typed public list. Whatever a row holds beside these columns is refused.

    `quasi` are columns by whose combination a neighbour could guess a person; rows alike in all of them must be at
    least `k`. `keep_days` is the longest time from submission to withdrawal. `open_numbers` are office phones that are
    meant to be public.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    name_rule: NameRule = NameRule.NONE
    quasi: tuple[str, ...] = ()
    k: int = 1
    keep_days: int = 365
    open_numbers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a kind that contradicts itself."""
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys) or MINOR in keys:
            raise ValueError(f"{self.code}: a column key is used twice or reserved")
        if not set(self.quasi) <= set(keys):
            raise ValueError(f"{self.code}: quasi names a column that is not there")
        if self.name_rule == NameRule.NONE and any(c.of == Of.NAME for c in self.columns):
            raise ValueError(f"{self.code}: a column of names needs a rule for names")

    def column(self, key: str) -> Column | None:
        """Return the column with a key, or None."""
        return next((column for column in self.columns if column.key == key), None)
