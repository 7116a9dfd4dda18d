"""Where the season is played: the demo village, its households, its people, the days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.config.demo_users import demo_posts
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.pairing.models import Pairing
from xiangqiao.people.models import Household, Membership
from xiangqiao.places import queries as places

DEMO = SystemViewer("示例县")


@dataclass(frozen=True)
class Stage:
    """The demo village of a county, and who acts in it."""

    county: str
    township: str
    village: str
    # The household that the printed tour follows (docs/tour) stands first, then the others in the order of their numbers.
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
    rows = Household.objects.filter(division_code=village).order_by("household_no")
    homes = list(rows.values_list("public_id", flat=True))
    followed = _followed(village, day_of(now))
    names = [username for username, *_rest in demo_posts(county)]
    return Stage(
        county=county,
        township=township,
        village=village,
        households=tuple(sorted(homes, key=lambda home: home != followed)),
        users={user.username: user for user in User.objects.filter(username__in=names)},
        now=now,
        folder=folder,
    )


def _followed(village: str, today: date) -> UUID | None:
    """Return the household of the tour: the cadre with most households of the village helps it; it has a pupil and is large."""
    pairs = Pairing.objects.filter(division_code=village, valid_to__isnull=True).order_by("id")
    helped = Counter(pairs.values_list("cadre", flat=True))
    if not helped:
        return None
    mine = pairs.filter(cadre=helped.most_common(1)[0][0]).values_list("household", flat=True)
    members = Membership.objects.filter(household__public_id__in=mine, valid_to__isnull=True)
    size, pupils = Counter[UUID](), Counter[UUID]()
    for home, born in members.values_list("household__public_id", "person__birth_on"):
        size[home] += 1
        pupils[home] += born is not None and 6 <= today.year - born.year <= 12
    return max(mine, key=lambda home: (pupils[home] > 0, size[home]))
