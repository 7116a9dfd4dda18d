"""Where the season is played: the demo village, its households, its people, the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.config.demo_users import demo_posts
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household
from xiangqiao.places import queries as places

DEMO = SystemViewer("示例县")


@dataclass(frozen=True)
class Stage:
    """The demo village of a county, and who acts in it."""

    county: str
    township: str
    village: str
    # Households of the village, in the order of their numbers.
    households: tuple[UUID, ...]
    users: dict[str, User]
    now: datetime
    folder: Path

    def ago(self, days: int, hour: int = 9) -> datetime:
        """Return a moment some days back, so that the season has a past."""
        return (self.now - timedelta(days=days)).replace(hour=hour % 24, minute=0, second=0, microsecond=0)

    def viewer(self, username: str) -> Viewer:
        """Return one of the demo's people as who is looking and acting today."""
        return Viewer.of(self.users[username], day_of(self.now))

    def act(self, username: str, days_ago: int = 0, hour: int = 9, reason: str = "") -> Act:
        """Return an act by one of the demo's people, some days back."""
        at = self.ago(days_ago, hour) if days_ago else self.now
        return Act(by=self.viewer(username), at=at, source=Source.COMMAND, reason=reason)


def set_stage(county: str, folder: Path, *, now: datetime) -> Stage:
    """Return the stage: the first village of the first township, as the demo's sign-ins know it."""
    township = places.children(county)[0].code
    village = places.children(township)[0].code
    homes = Household.objects.filter(division_code=village).order_by("household_no")
    names = [username for username, *_rest in demo_posts(county)]
    return Stage(
        county=county,
        township=township,
        village=village,
        households=tuple(homes.values_list("public_id", flat=True)),
        users={user.username: user for user in User.objects.filter(username__in=names)},
        now=now,
        folder=folder,
    )
