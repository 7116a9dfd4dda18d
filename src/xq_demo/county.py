"""Generates the demo county: builds clean households, plants errors, writes the workbooks and what is known of them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Literal

from xq_demo import plant_cells, plant_rows, plant_sense
from xq_demo.cadres import Helpers
from xq_demo.collecting import collecting_by_hand, set_aside
from xq_demo.families import members
from xq_demo.living import settle
from xq_demo.manifest import Manifest
from xq_demo.numbers import Numbers
from xq_demo.people import People
from xq_demo.places import (
    COUNTY_CODE,
    COUNTY_NAME,
    DIVISIONS_FILE,
    invented_villages,
    townships,
    write_divisions,
)
from xq_demo.planting import Bench, plant_all
from xq_demo.records import Household, Row, Value, Village
from xq_demo.register import register_all
from xq_demo.repairs import plant_repairs
from xq_demo.words import BANKS
from xq_demo.workbooks import write_workbooks

Size = Literal["small", "county"]
# The township that delivers one wide sheet instead of two.
WIDE_TOWNSHIP = "固厚乡"
_HOUSEHOLDS = {"small": 400, "county": 30_000}
_QUOTA = {"small": 3, "county": 20}


@dataclass(slots=True)
class _Maker:
    """The seeded sources of one county."""

    rng: Random
    numbers: Numbers
    people: People


def generate(
    out: Path,
    *,
    size: Size,
    seed: int = 360730,
    as_of: int = 2025,
    progress: Callable[[int, int], None] | None = None,
) -> Manifest:
    """Write the demo county's workbooks, division tree, manifest and known truth into the folder ``out``.

    ``as_of`` is the year whose end the ages and whose yearly figures are of. ``progress`` is told steps done and
    steps in all. The same arguments give the same bytes.
    Raises: OSError where ``out`` cannot be written.
    """
    with collecting_by_hand():
        return _generate(out, size, seed, as_of, progress)


def _generate(
    out: Path, size: Size, seed: int, as_of: int, progress: Callable[[int, int], None] | None
) -> Manifest:
    out.mkdir(parents=True, exist_ok=True)
    rng = Random(f"{seed}:{size}:{as_of}")  # noqa: S311 (invented data, no secret)
    numbers = Numbers(rng)
    maker = _Maker(rng, numbers, People(rng, numbers, as_of=as_of))
    villages = invented_villages(rng, size=size)
    homes = [
        _household(maker, village, serial) for village, serial in _places(rng, villages, _HOUSEHOLDS[size])
    ]
    register_all(rng, homes)
    helpers = Helpers(rng, numbers, villages, as_of=as_of)
    units = helpers.units()
    cadres = helpers.cadres(units, homes)
    manifest = Manifest(COUNTY_CODE, COUNTY_NAME, size, seed, date(as_of, 12, 31).isoformat(), DIVISIONS_FILE)
    _write_truth(out / "truth.json", homes)
    dialects = _dialects(villages)
    _plant(rng, numbers, homes, cadres, dialects, quota=_QUOTA[size])
    manifest.touched_households = sum(home.touched for home in homes)
    write_divisions(out / DIVISIONS_FILE, villages)
    set_aside()
    write_workbooks(out, manifest, homes, units, cadres, dialects, wide=WIDE_TOWNSHIP, progress=progress)
    manifest.write(out / "manifest.json")
    return manifest


def _places(rng: Random, villages: list[Village], households: int) -> Iterator[tuple[Village, int]]:
    counts = dict.fromkeys((village.code for village in villages), 0)
    for village in rng.choices(villages, weights=[v.weight for v in villages], k=households):
        counts[village.code] += 1
    for village in villages:
        for serial in range(1, counts[village.code] + 1):
            yield village, serial


def _household(maker: _Maker, village: Village, serial: int) -> Household:
    rng, numbers = maker.rng, maker.numbers
    drawn = members(rng)
    people = maker.people.household(drawn)
    ability = min(3.0, max(0.35, rng.lognormvariate(0, 0.34)))
    number = f"{village.code}{serial:04d}"
    head = people[0].facts
    facts: dict[str, Value] = {
        "household_no": number,
        "township": village.township,
        "village": village.name,
        "group_name": f"{rng.choice('上下新老大')}{rng.choice('屋湾排坑坝')}组",
        "head_name": head["name"],
        "head_id_number": head["id_number"],
        "phone": numbers.phone() if rng.random() < 0.93 else None,
        "bank_name": (bank := rng.choice(BANKS) if rng.random() < 0.96 else None),
        "bank_card": numbers.card() if bank else None,
        **settle(rng, len(people), ability),
    }
    for row in people:
        row.facts["household_no"] = number
    return Household(
        Row(facts), people, [age for _, _, age in drawn], village.township, village.name, ability
    )


def _dialects(villages: list[Village]) -> dict[str, int]:
    """Which hand each township writes in. The wide sheet is in the third, small counties show all three."""
    names = [town.name for town in townships() if any(v.township == town.name for v in villages)]
    found = {name: index % 3 for index, name in enumerate(names)}
    found[WIDE_TOWNSHIP] = 2
    return found


def _plant(
    rng: Random,
    numbers: Numbers,
    homes: list[Household],
    cadres: list[Row],
    dialects: dict[str, int],
    *,
    quota: int,
) -> None:
    bench = Bench(rng, numbers, 0)
    plant_rows.plant_cadres(cadres, homes, bench, quota=quota)
    kinds = [*plant_rows.KINDS[:2], *plant_sense.KINDS[:4], *plant_cells.KINDS[:7]]
    kinds += [*plant_rows.KINDS[2:], *plant_sense.KINDS[4:], *plant_cells.KINDS[7:]]
    plant_all(kinds, homes, bench, quota=quota, wide=WIDE_TOWNSHIP, dialects=dialects)
    plant_repairs(rng, homes, share=0.02 if len(homes) > 1000 else 0.15, wide=WIDE_TOWNSHIP)


def _write_truth(path: Path, homes: list[Household]) -> None:
    """The known truth of need, by household number; never part of a workbook."""
    body = {"invented": True, "households": {home.number: home.truth for home in homes}}
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
