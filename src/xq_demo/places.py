"""Places: the county's real townships, and villages below them that do not exist."""

import csv
from functools import cache
from pathlib import Path
from random import Random

from xq_demo.records import Township, Village

DATA = Path(__file__).parent / "data" / "ningdu"
COUNTY_CODE = "360730000000"
COUNTY_NAME = "宁都县"
DIVISIONS_FILE = "行政区划.csv"
# The three townships of the small county.
SMALL = ("梅江镇", "黄陂镇", "固厚乡")
# Real villages of the county have the ends 200–498, communities 001–021.
FIRST_INVENTED = 701

_FIRST = "青樟枫桐杉竹云霞石松兰荷莲茶橘梓栗桂溪泉龙鹤凤白清秀锦鹭苔芦"
_SECOND = "坪溪坑湾陂源塘岭坝田洲垅背口坳隘畲寨岗峡"


def real_rows() -> list[dict[str, str]]:
    """The rows of the real division file, townships repeated on each village."""
    with (DATA / "divisions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def townships() -> tuple[Township, ...]:
    """The 24 townships with their cells of the hexagon map, by code. The industrial park is not one of them."""
    real = real_rows()
    with (DATA / "hexgrid.csv").open(encoding="utf-8", newline="") as file:
        cells = {row["township_code12"]: row for row in csv.DictReader(file)}
    found = []
    for code, cell in sorted(cells.items()):
        villages = sum(row["township_code12"] == code and row["kind"] == "village" for row in real)
        found.append(Township(code, cell["township"], int(cell["col"]), int(cell["row"]), villages))
    return tuple(found)


def invented_villages(rng: Random, *, size: str) -> list[Village]:
    """Villages that do not exist, as many per township as there are in life (four in the small county)."""
    real = {row["village"].removesuffix("村委会").removesuffix("社区居委会") for row in real_rows()}
    real |= {name.removesuffix("村") for name in real}
    names = [a + b for a in _FIRST for b in _SECOND if a != b and a + b not in real]
    names = [
        name for name in names if not any(name in other or other in name for other in real if len(other) > 1)
    ]
    rng.shuffle(names)
    for fixed in ("樟溪", "青坪"):
        names.remove(fixed)
        names.append(fixed)
    villages = []
    for town in townships():
        if size == "small" and town.name not in SMALL:
            continue
        for index in range(4 if size == "small" else town.real_villages):
            code = f"{town.code[:9]}{FIRST_INVENTED + index}"
            x, y = round(rng.uniform(-0.4, 0.4), 3), round(rng.uniform(-0.4, 0.4), 3)
            weight = rng.uniform(0.5, 1.6)
            villages.append(Village(code, names.pop() + "村", town.code, town.name, x, y, weight))
    return villages


def write_divisions(path: Path, villages: list[Village]) -> None:
    """Write the division tree with real townships and invented villages, offsets labelled as invented."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["代码", "名称", "上级代码", "层级", "偏移x（虚构）", "偏移y（虚构）"])
        writer.writerow(["360000000000", "江西省", "", "省", "", ""])
        writer.writerow(["360700000000", "赣州市", "360000000000", "市", "", ""])
        writer.writerow([COUNTY_CODE, COUNTY_NAME, "360700000000", "县", "", ""])
        for town in townships():
            writer.writerow([town.code, town.name, COUNTY_CODE, "乡镇", "", ""])
        for village in villages:
            writer.writerow([village.code, village.name, village.township_code, "村", village.x, village.y])
