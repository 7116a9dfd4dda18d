"""Base stations of the demo county and the lists in which three operators and the tower company keep them: messy, as in life.

963 stations on invented places around the real seats. What each row is in truth is known to this module alone.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from math import pi
from pathlib import Path
from random import Random

import xlsxwriter

from xq_demo.datums import bd09, gcj02, sexagesimal
from xq_demo.places import townships
from xq_demo.points import DARK_WIDE, SEED, Place, beside, dark_valleys, seats

STATIONS = {"CMCC": 455, "CTCC": 268, "CUCC": 240}
_TECHNOLOGIES = {"CMCC": ("2G", "4G", "3G"), "CTCC": ("3G", "4G"), "CUCC": ("2G", "3G", "4G")}
_WORDS = {
    ("CMCC", "2G"): "GSM", ("CMCC", "3G"): "TD-SCDMA", ("CMCC", "4G"): "TD-LTE", ("CTCC", "3G"): "CDMA2000",
    ("CTCC", "4G"): "LTE FDD", ("CUCC", "2G"): "GSM", ("CUCC", "3G"): "WCDMA", ("CUCC", "4G"): "FDD-LTE",
}  # fmt: skip
_SITES = 470
_APART = 0.009  # degrees, about a kilometre
_FIRST, _SECOND = (
    "青樟枫桐杉竹云霞石松兰荷莲茶橘梓栗桂溪泉龙鹤凤白清秀锦鹭苔芦",
    "坪溪坑湾陂源塘岭坝田洲垅背口坳隘畲寨岗峡",
)

FILES = {
    # file name: (operator, datum); as the offices say it who send them
    "中国移动宁都分公司基站台账.xlsx": ("CMCC", "GCJ02"),
    "中国移动2016年新建站补充表.xlsx": ("CMCC", "WGS84"),
    "电信站点清单.csv": ("CTCC", "BD09"),
    "联通基站资源表.xlsx": ("CUCC", "WGS84"),
    "铁塔公司站址清单.xlsx": ("TOWER", "WGS84"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A mast: place, name, township, the tower company's number."""

    number: int
    name: str
    township: str
    place: Place
    tower_no: str
    is_dark: bool


@dataclass(frozen=True, slots=True)
class Station:
    """A base station: one technology of one operator on a mast."""

    operator: str
    technology: str
    number: str
    site: Site


@dataclass(slots=True)
class Line:
    """A row of a list: what is written, and which station (or mast) it is in truth."""

    truth: str
    operator: str
    number: str
    name: str
    township: str
    word: str
    place: Place
    tower_no: str
    odd: str = ""


@dataclass(slots=True)
class Lists:
    """The lines of each file. `truth[file][row]` says what a spreadsheet row (1-based) is in truth."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    truth: dict[str, dict[int, str]] = field(default_factory=dict)


def station_lists(folder: Path) -> Lists:
    """Write the five lists into a folder and return what their rows are in truth. The same files each time."""
    rng = Random(SEED + 1)  # noqa: S311 (invented data, no secret)
    stations = _stations(rng, _sites(rng))
    found = Lists({name: [] for name in FILES})
    for station in stations:
        found.lines[_file_of(station, rng)].append(_line(station, rng))
    _repeat(found, rng)
    _towers(found, stations)
    writers: dict[str, Callable[[Path, list[Line]], int]] = dict(
        zip(FILES, (_mobile, _mobile, _telecom, _unicom, _tower), strict=True)
    )
    for name, lines in found.lines.items():
        first = writers[name](folder / name, lines)
        found.truth[name] = {row: line.truth for row, line in enumerate(lines, start=first)}
    return found


def _sites(rng: Random) -> list[Site]:
    names = [a + b for a in _FIRST for b in _SECOND]
    rng.shuffle(names)
    at, valleys = seats(), dark_valleys()
    found: list[Site] = []
    for town in cycle(townships()):
        if len(found) == _SITES:
            return found
        place = beside(at[town.code], rng.uniform(0, 2 * pi), 0.07 * rng.random() ** 0.7)
        if all(abs(place[0] - one.place[0]) + abs(place[1] - one.place[1]) > _APART for one in found):
            dark = any(_apart(place, valley) < DARK_WIDE for valley in valleys)
            number = len(found) + 1
            short = town.name.rstrip("镇乡")
            found.append(
                Site(number, short + names[number], town.name, place, f"3607300000{number:05}", dark)
            )
    return found


def _apart(one: Place, other: Place) -> float:
    return float(((one[0] - other[0]) ** 2 * 0.8 + (one[1] - other[1]) ** 2) ** 0.5)


def _stations(rng: Random, sites: Sequence[Site]) -> list[Station]:
    """Exactly as many stations of each operator as there are; a mast in a dark valley bears no 4G."""
    found: list[Station] = []
    for operator, count in STATIONS.items():
        could = [
            (tech, site)
            for site in sites
            for tech in _TECHNOLOGIES[operator]
            if tech != "4G" or not site.is_dark
        ]
        chosen = sorted(rng.sample(range(len(could)), count))
        for serial, place in enumerate(chosen, start=1):
            technology, site = could[place]
            found.append(
                Station(operator, technology, f"{'007' if operator == 'CMCC' else '73'}{serial:05}", site)
            )
    return found


def _file_of(station: Station, rng: Random) -> str:
    names = [name for name, (operator, _datum) in FILES.items() if operator == station.operator]
    return names[-1] if len(names) > 1 and station.technology == "4G" and rng.random() < 0.25 else names[0]


def _line(station: Station, rng: Random) -> Line:
    site = station.site
    word = _WORDS[station.operator, station.technology]
    own = {"CMCC": "宁都{}-{}", "CTCC": "{}", "CUCC": "宁都{}基站"}[station.operator]
    # Each operator measured the mast by itself: some metres apart.
    place = beside(site.place, rng.uniform(0, 2 * pi), rng.uniform(0, 0.00012))
    truth = f"{station.operator}:{station.number}"
    tower_no = site.tower_no if rng.random() < 0.7 else ""
    return Line(
        truth,
        station.operator,
        station.number,
        own.format(site.name, word),
        site.township,
        word,
        place,
        tower_no,
    )


def _repeat(found: Lists, rng: Random) -> None:
    """List some stations twice: with lost zeros, another hand's name, a place measured again; and some that only look so."""
    mobile, extra, telecom, unicom, _tower_list = FILES
    for line in rng.sample(found.lines[mobile], 38):
        found.lines[extra].append(
            replace(
                line,
                number=line.number.lstrip("0"),
                name=line.name.replace("-", " "),
                place=_again(line, rng),
            )
        )
    for line in rng.sample(found.lines[telecom], 14):
        found.lines[telecom].append(replace(line, name=f"电信{line.name}站", place=_again(line, rng)))
    for line in rng.sample(found.lines[unicom], 9):
        found.lines[unicom].append(replace(line, number="", place=_again(line, rng)))
    # What only a person can tell: a number given anew to the same station, and one number at two places.
    for line in rng.sample(found.lines[mobile], 5):
        found.lines[extra].append(replace(line, number=f"9{line.number[1:]}", place=_again(line, rng)))
    modern = [line for line in found.lines[unicom] if line.word == "WCDMA" and line.number]
    taken = rng.sample(modern, 8)
    for line, other in zip(taken[:4], taken[4:], strict=True):
        other.number = line.number
    # Listed a second time with a place that is missing or mistyped: told at the cell, and not taken.
    for odd in ("lost", "far"):
        for line in rng.sample(found.lines[mobile], 3):
            found.lines[extra].append(replace(line, odd=odd))
    for operator_list, odd in (
        (mobile, "dms"),
        (telecom, "dms"),
        (unicom, "swapped"),
        (extra, "swapped"),
        (telecom, "zeros"),
    ):
        for line in rng.sample([one for one in found.lines[operator_list] if not one.odd], 12):
            line.odd = odd


def _again(line: Line, rng: Random) -> Place:
    return beside(line.place, rng.uniform(0, 2 * pi), rng.uniform(0.0001, 0.0003))


def _towers(found: Lists, stations: Sequence[Station]) -> None:
    by_site: dict[int, list[Station]] = {}
    for station in stations:
        by_site.setdefault(station.site.number, []).append(station)
    name = list(FILES)[-1]
    for _number, here in sorted(by_site.items()):
        site = here[0].site
        tenants = "、".join(
            sorted({{"CMCC": "移动", "CTCC": "电信", "CUCC": "联通"}[one.operator] for one in here})
        )
        line = Line(
            f"TOWER:{site.tower_no}",
            "TOWER",
            site.tower_no,
            f"{site.name}铁塔",
            site.township,
            tenants,
            site.place,
            site.tower_no,
        )
        found.lines[name].append(line)


def _numbers(line: Line, place: Place) -> tuple[object, object]:
    lon, lat = round(place[0], 6), round(place[1], 6)
    if line.odd == "lost":
        return "", ""
    if line.odd == "far":
        lat = round(lat - 2, 6)
    if line.odd == "dms":
        return sexagesimal(lon), sexagesimal(lat)
    return (lat, lon) if line.odd == "swapped" else (lon, lat)


def _sheet(path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """Write a workbook with a title above the headings and a line of totals below; return the first row of data."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("清单")
    sheet.merge_range(0, 0, 0, len(headings) - 1, title)
    for row, values in enumerate([headings, *rows, ["合计", "合计"]], start=1):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.close()
    return 3


def _mobile(path: Path, lines: list[Line]) -> int:
    shift = gcj02 if "台账" in path.name else (lambda lon, lat: (lon, lat))
    rows = [
        [n, one.number, one.name, one.township, one.word, *_numbers(one, shift(*one.place)), 35, one.tower_no]
        for n, one in enumerate(lines, start=1)
    ]
    headings = (
        "序号",
        "基站编号",
        "基站名称",
        "所属乡镇",
        "网络制式",
        "经度",
        "纬度",
        "天线挂高（米）",
        "铁塔站址编码",
    )
    return _sheet(
        path,
        "中国移动宁都分公司基站明细（高德坐标）" if "台账" in path.name else "2016 年新建站（GPS 实测）",
        headings,
        rows,
    )


def _telecom(path: Path, lines: list[Line]) -> int:
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["站点编码", "站点名称", "镇", "网络类型", "百度经度", "百度纬度", "铁塔编码"])
        for one in lines:
            number = f"{one.number}.0" if one.odd == "zeros" else one.number
            writer.writerow(
                [number, one.name, one.township, one.word, *_numbers(one, bd09(*one.place)), one.tower_no]
            )
    return 2


def _unicom(path: Path, lines: list[Line]) -> int:
    rows = [
        [
            one.number,
            one.name,
            one.township,
            one.word,
            "{},{}".format(*_numbers(one, one.place)),
            one.tower_no,
        ]
        for one in lines
    ]
    return _sheet(
        path, "联通基站资源表（WGS84）", ("基站号", "站名", "乡镇", "制式", "经纬度", "共享铁塔编码"), rows
    )


def _tower(path: Path, lines: list[Line]) -> int:
    rows = [[one.number, one.name, one.township, *_numbers(one, one.place), one.word] for one in lines]
    return _sheet(path, "铁塔站址清单", ("站址编码", "站址名称", "所属乡镇", "经度", "纬度", "租户"), rows)
