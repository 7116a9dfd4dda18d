"""What the closures read: one household with its members on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from xq_engine.lang.types import Value

Row = dict[str, Any]


class Case:
    """One household with its members on a day, as the closures read it; derived facts are kept once computed."""

    __slots__ = ("as_of", "household", "members", "parameters", "person")

    def __init__(
        self,
        household: Mapping[str, Value],
        members: Sequence[Mapping[str, Value]] = (),
        *,
        as_of: date,
        parameters: Mapping[str, int | None] | None = None,
        person: int | None = None,
    ) -> None:
        """Copy the facts; `person` is the place of the member in hand, None when the household is asked about.

        A fact that is left out or None is not known.
        """
        self.household: Row = dict(household)
        self.members: list[Row] = [dict(member) for member in members]
        self.as_of = as_of
        self.parameters = parameters or {}
        self.person: Row = {} if person is None else self.members[person]


Closure = Callable[[Case, Row], Any]
