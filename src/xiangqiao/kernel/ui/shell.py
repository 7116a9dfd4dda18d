"""What stands around a page: the rail, crumbs, tabs, and who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xiangqiao.kernel.ui.marks import Link


@dataclass(frozen=True, slots=True)
class RailItem:
    """One line of the rail. `count` only where somebody must act; 0 shows nothing."""

    title: str
    url: str
    icon: str = ""
    count: int = 0
    active: bool = False


@dataclass(frozen=True, slots=True)
class RailGroup:
    """Lines of the rail under one small title; the first group has none."""

    title: str
    items: Sequence[RailItem]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, with the links of their menu; signing out is a POST to `sign_out_url`."""

    name: str
    office: str = ""
    links: Sequence[Link] = ()
    sign_out_url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the same thing; tabs are links, so each has an address."""

    title: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a wizard: `state` is "done", "now" or "later"."""

    title: str
    state: str = "later"
    url: str = ""


def steps(titles: Sequence[str], *, now: int) -> list[Step]:
    """Make the steps of a wizard of which number `now` (from 0) is being done."""
    return [
        Step(title, "done" if place < now else "now" if place == now else "later")
        for place, title in enumerate(titles)
    ]


@dataclass(frozen=True, slots=True)
class Key:
    """A keyboard key and what it does; pages may add theirs to the help."""

    keys: Sequence[str] = field(default_factory=tuple)
    does: str = ""
