"""A village with a household, the cadre who is paired with it, a clerk, a keeper and a registered villager."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.journal.actions import log_visit
from xiangqiao.journal.models import Visit
from xiangqiao.kernel import clock
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.record import recording
from xiangqiao.pairing.actions import link_user
from xiangqiao.pairing.models import Cadre, Pairing, Unit
from xiangqiao.people.tests.changing import COUNTY, JOB, OTHER_VILLAGE, VILLAGE, Village, make_village


@dataclass
class Scene:
    """Who is there, and the moment of the tests."""

    village: Village
    users: dict[str, User]
    now: datetime = field(default_factory=clock.now)

    @property
    def home(self) -> UUID:
        """The household that the cadre helps."""
        return self.village.home.public_id

    @property
    def other(self) -> UUID:
        """A household of the village that the cadre does not help."""
        return self.village.other.public_id

    def viewer(self, name: str) -> Viewer:
        """One of the people, looking today."""
        return Viewer.of(self.users[name], clock.day_of(self.now))

    def act(self, name: str, *, days_ago: int = 0, key: UUID | None = None, reason: str = "") -> Act:
        """An act of one of the people."""
        return Act(by=self.viewer(name), at=self.now - timedelta(days=days_ago), key=key, reason=reason)

    def visit(self, name: str = "cadre", **more: Any) -> Visit:
        """Log a visit to the household."""
        given = {"act": self.act(name), "household": self.home, "done": ["TALK"], **more}
        return log_visit(**given)


def make_scene(person_in_post: Callable[..., Any]) -> Scene:
    """Make the village, and pair the cadre with its first household."""
    village = make_village(person_in_post)
    posts = {
        "cadre": ("CADRE", COUNTY),
        "clerk": ("VILLAGE_CLERK", VILLAGE),
        "far_clerk": ("VILLAGE_CLERK", OTHER_VILLAGE),
        "keeper": ("STATION_KEEPER", VILLAGE),
        "far_keeper": ("STATION_KEEPER", OTHER_VILLAGE),
        "member": ("MEMBER", COUNTY),
        "county": ("COUNTY_OFFICE", COUNTY),
        "department": ("DEPARTMENT", COUNTY),
    }
    users = {name: person_in_post(role, code, username=name) for name, (role, code) in posts.items()}
    scene = Scene(village, users)
    with recording("pairing.accepted", Act(by=JOB, at=scene.now)) as record:
        unit = Unit(name="县果业局")
        record.create(unit)
        cadre = Cadre(name="黄晓岚", unit=unit, capacity=5)
        record.create(cadre)
        record.create(
            Pairing(
                household=scene.home, division_code=VILLAGE, cadre=cadre, valid_from=clock.day_of(scene.now),
                basis="hand",
            )
        )  # fmt: skip
    link_user(act=Act(by=JOB, at=scene.now), viewer=JOB, cadre=cadre, user=users["cadre"].public_id)
    return scene


def faults() -> list[str]:
    """What the log does not replay to: the people of the tests, who were made without it, left aside."""
    return [one.subject for one in verify().findings if not one.subject.startswith("accounts.")]


@pytest.fixture
def scene(county: None, person_in_post: Callable[..., Any]) -> Scene:
    """The village of these tests."""
    return make_scene(person_in_post)
