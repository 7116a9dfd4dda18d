"""What divisions are called, for apps that stand below the tree of divisions: `places` tells it when it starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A division to choose from: county, township or village."""

    code: str
    name: str


_tellers: list[Callable[[], Sequence[Named]]] = []


def told_by(teller: Callable[[], Sequence[Named]]) -> None:
    """Ask `teller` for the divisions from now on. Called from `AppConfig.ready`."""
    _tellers[:] = [teller]


def named_divisions() -> Sequence[Named]:
    """Return the divisions of this county in the order of their codes; none before they are loaded."""
    return _tellers[0]() if _tellers else ()


def division_names() -> dict[str, str]:
    """Return the name of each division by its code."""
    return {one.code: one.name for one in named_divisions()}
