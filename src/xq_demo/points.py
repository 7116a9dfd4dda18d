"""Places that wait for a network: offices, schools, clinics, service stations and hamlets. All of them invented."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path
from random import Random

from xq_demo.places import DATA

Place = tuple[float, float]
# (code of 12 digits, name, code of its township)
VillageOf = tuple[str, str, str]
SEED = 360730
# Degrees from the seat: how far villages lie, and where each township has a valley without a 4G mast.
_FAR, DARK_FAR, DARK_WIDE = 0.055, 0.062, 0.036
HEADINGS = ("名称", "类别", "行政区划代码", "经度", "纬度", "坐标系", "户数", "来源")
_HAMLETS = "上屋|下屋|老屋场|新屋下|河背|岭脑|水口|寨下|坑尾|山背|排上|塘边"


@dataclass(frozen=True, slots=True)
class Point:
    """A place below the township, with what stands there."""

    name: str
    kind: str
    division_code: str
    place: Place
    households: int | None


def seats() -> dict[str, Place]:
    """The seats of the townships by code, WGS-84 degrees."""
    with (DATA / "seats.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["township_code12"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)
        }


def beside(place: Place, angle: float, degrees: float) -> Place:
    """The place some degrees away in a direction, to six digits."""
    east = degrees * cos(angle) / cos(place[1] * pi / 180)
    return round(place[0] + east, 6), round(place[1] + degrees * sin(angle), 6)


def dark_valleys() -> list[Place]:
    """One place in each township around which no 4G stands."""
    rng = Random(SEED)  # noqa: S311 (invented data, no secret)
    return [beside(seat, rng.uniform(0, 2 * pi), DARK_FAR) for _code, seat in sorted(seats().items())]


def points(villages: Sequence[VillageOf]) -> list[Point]:
    """The points of villages: the same ones for the same villages, whatever other villages there are."""
    valleys = dict(zip(sorted(seats()), dark_valleys(), strict=True))
    return [
        point
        for village in villages
        if village[2] in valleys
        for point in _of_village(village, seats()[village[2]], valleys[village[2]])
    ]


def _of_village(village: VillageOf, seat: Place, valley: Place) -> list[Point]:
    code, name, _township = village
    rng = Random(f"{SEED}:{code}")  # noqa: S311 (as above)
    # The first village of a township and every fourth one lie at the edge of the valley without 4G.
    edge = int(code[-3:]) % 4 == 1
    middle = (
        beside(valley, rng.uniform(0, 2 * pi), 0.02)
        if edge
        else beside(seat, rng.uniform(0, 2 * pi), rng.uniform(0.01, _FAR))
    )
    bare = name.removesuffix("村")
    found = [
        Point(f"{name}委会", "OFFICE", code, middle, None),
        Point(f"{name}卫生室", "CLINIC", code, beside(middle, rng.uniform(0, 6), 0.001), None),
    ]
    if edge or rng.random() < 0.6:
        found.append(Point(f"{bare}小学", "SCHOOL", code, beside(middle, rng.uniform(0, 6), 0.003), None))
    if edge or rng.random() < 0.5:
        found.append(
            Point(f"{bare}电商服务站", "STATION", code, beside(middle, rng.uniform(0, 6), 0.0015), None)
        )
    for hamlet in rng.sample(_HAMLETS.split("|"), rng.randint(3, 6)):
        place = beside(middle, rng.uniform(0, 6.28), rng.uniform(0.004, 0.014))
        found.append(Point(f"{bare}{hamlet}", "HAMLET", code, place, round(rng.lognormvariate(3.2, 0.5))))
    return found


def write_points(path: Path, found: Sequence[Point]) -> None:
    """Write the list of points; every row says that its place is invented."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for one in found:
            writer.writerow(
                [
                    one.name,
                    one.kind,
                    one.division_code,
                    *one.place,
                    "WGS84",
                    one.households or "",
                    "示例，坐标为虚构",
                ]
            )
