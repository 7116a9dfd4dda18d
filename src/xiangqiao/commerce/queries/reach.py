"""三有一能 computed: centre, stations, points, and which households can sell and buy, with who cannot and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, Viewer
from xiangqiao.commerce.models import Beginner, Consent, Offer
from xiangqiao.commerce.queries.figures import centres_on, designated, points_on
from xiangqiao.commerce.rules.reach import Lack, Reach, lack_of
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.places.queries import children, names
from xq_engine.divisions import is_within

# Totals by village show no household; whose names they are is asked of the register with the reader's own posts.
_COUNTING = SystemViewer("三有一能统计")
# Everybody the register keeps as poor or helped: not yet exited, exited, fallen back (codes.toml, exit_status), or
# monitored since 2021 (watch_type).
POOR = Q(exit_status__in=["POOR", "EXITED", "RELAPSED"]) | Q(
    watch_type__in=["UNSTABLE", "MARGINAL", "SUDDEN"]
)


@dataclass
class VillageReach:
    """A village: its open points, its poor households, how many of them can, and why others cannot."""

    code: str
    name: str
    points: int = 0
    keepers: int = 0
    poor: int = 0
    can: int = 0
    lacks: Counter[Lack] = field(default_factory=Counter)


@dataclass(frozen=True)
class CountyReach:
    """The three that there should be, and the one that should be possible, each with its denominator."""

    centres: int
    townships: int
    townships_with_station: int
    poor_villages: int
    poor_villages_with_point: int
    poor_households: int
    poor_households_able: int
    villages: list[VillageReach]
    missing_townships: list[str]


def county_reach(viewer: AnyViewer, county: str, day: date) -> CountyReach:
    """Return 三有一能 as a viewer's range shows it on a day; half a dozen queries whatever the size."""
    points = points_on(viewer, day)
    towns = [one.code for one in children(county) if _seen(viewer, one.code)]
    served = {code[:9] for code in points.values_list("division_code", flat=True)}
    villages = village_reach(viewer, day)
    poor_villages = set(designated(viewer, day).values_list("division_code", flat=True))
    pointed = set(points.filter(division_code__in=poor_villages).values_list("division_code", flat=True))
    missing = [code for code in towns if code[:9] not in served]
    called = names(missing)
    return CountyReach(
        centres=centres_on(day),
        townships=len(towns),
        townships_with_station=len(towns) - len(missing),
        poor_villages=len(poor_villages),
        poor_villages_with_point=len(pointed),
        poor_households=sum(one.poor for one in villages),
        poor_households_able=sum(one.can for one in villages),
        villages=villages,
        missing_townships=[called[code] for code in missing],
    )


def village_reach(viewer: AnyViewer, day: date, *, only: str = "") -> list[VillageReach]:
    """Return every village with poor households or points that a viewer may see, worst first."""
    known = _Known(day)
    found: dict[str, VillageReach] = {}
    rows = households(_COUNTING, HouseholdFilter(), extra=POOR)
    if only:
        rows = rows.filter(division_code=only)
    for key, code, phone in rows.values_list("public_id", "division_code", "phone_hash"):
        if not _seen(viewer, code):
            continue
        one = found.setdefault(code, VillageReach(code, "", known.points[code], known.keepers[code]))
        one.poor += 1
        lack = known.lack(key, code, bool(phone))
        if lack is None:
            one.can += 1
        else:
            one.lacks[lack] += 1
    called = names(found)
    for code, one in found.items():
        one.name = called[code]
    return sorted(found.values(), key=lambda one: (one.can - one.poor, one.code))


def who_cannot(viewer: AnyViewer, village: str, day: date) -> list[tuple[UUID, str, str, Lack]]:
    """Return (household, number, head, what is lacking) of a village: only to who may read the register there."""
    known = _Known(day)
    rows = households(viewer, HouseholdFilter(division=village), extra=POOR).order_by("household_no")
    listed = rows.values_list("public_id", "household_no", "head_name", "division_code", "phone_hash")[:500]
    lacks = [
        (key, number, name, known.lack(key, code, bool(phone))) for key, number, name, code, phone in listed
    ]
    return [(key, number, name, lack) for key, number, name, lack in lacks if lack is not None]


class _Known:
    """What commerce knows, by village and by household."""

    def __init__(self, day: date) -> None:
        self.points: dict[str, int] = defaultdict(int)
        self.keepers: dict[str, int] = defaultdict(int)
        for code, keeper in points_on(_COUNTING, day).values_list("division_code", "keeper_name"):
            self.points[code] += 1
            self.keepers[code] += bool(keeper)
        consents = Consent.objects.filter(ended_on__isnull=True)
        self.consents = set(consents.values_list("household", flat=True))
        shops = Beginner.objects.filter(offers__state=Offer.State.OPEN)
        self.shops = set(shops.values_list("household", flat=True))

    def lack(self, household: UUID, village: str, phone: bool) -> Lack | None:  # noqa: FBT001 - one of five facts
        """Return what a household lacks."""
        return lack_of(
            Reach(
                point=self.points[village] > 0, keeper=self.keepers[village] > 0, phone=phone,
                own_shop=household in self.shops, consent=household in self.consents,
            )
        )  # fmt: skip


def _seen(viewer: AnyViewer, code: str) -> bool:
    if not isinstance(viewer, Viewer):
        return True
    return any(is_within(code, own) for own in viewer.divisions(Can.READ_COMMERCE))
