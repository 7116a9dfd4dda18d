"""From any kind of change to its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from xiangqiao.people.drafting import facts, homes, members
from xiangqiao.people.drafting.draft import Draft
from xiangqiao.people.drafting.scene import Scene
from xiangqiao.people.models import Person
from xiangqiao.people.rules import payloads as said
from xiangqiao.people.rules.kinds import FACTS, JOINING, LEAVING, Kind

_OTHERS: Mapping[Kind, Callable[[Any, Scene], Draft]] = {
    Kind.HEAD: members.change_head,
    Kind.ID_NUMBER: facts.identify,
    Kind.DISABILITY: facts.certify,
    Kind.PHONE: homes.call,
    Kind.BANK_CARD: homes.pay_to,
    Kind.SPLIT: homes.split,
    Kind.MERGE: homes.merge,
    Kind.HOUSEHOLD_MOVE: homes.move,
    Kind.CLOSE: homes.close,
    Kind.REGISTER: members.found,
}


def build(kind: Kind, payload: said.Payload, scene: Scene, known: Person | None = None) -> Draft:
    """Draft a change that the rules let through. `known`: the person who comes back into a household."""
    if kind in JOINING:
        return members.join(kind, cast("said.Joining", payload), scene, known)
    if kind in LEAVING:
        return members.leave(kind, cast("said.Leaving", payload), scene)
    if kind in FACTS:
        return facts.correct(kind, cast("said.Corrected", payload), scene)
    return _OTHERS[kind](payload, scene)
