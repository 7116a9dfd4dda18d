"""The lists of e-commerce as operators and the park keep them: four hands, merged cells, repetitions, odd dates.

The figures are those of the report as of 2016-11-29: 160 service points of four operators in 24 townships, 55 of them
村邮乐购 stations, 148 tenants, 107 poor villages (as many as the division file has villages for).
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from random import Random

import xlsxwriter

from xq_demo.places import COUNTY_CODE

AS_OF = date(2016, 11, 29)
# Points open on that day, by operator. Source: design of the demo; their sum and the 55 are the report's.
POINTS = {"ALIBABA": 46, "JD": 33, "CHINA_POST": 55, "FEITIAN": 26}
POOR_VILLAGES, TENANTS = 107, 148
FILES = {
    "ALIBABA": "农村淘宝村点名单.xlsx", "JD": "京东推广员.csv", "CHINA_POST": "村邮乐购站点.xlsx",
    "FEITIAN": "飞天麦光光门店.csv", "TENANTS": "孵化园入驻名单.xlsx", "POOR_VILLAGES": "贫困村名单.csv",
}  # fmt: skip
_SURNAMES, _GIVEN = "曾温廖李赖黄谢罗邱宁刘卢胡何彭崔", "春秋明建小志秀国文水立海金新玉长"
_SECTORS = ("脐橙", "三黄鸡", "茶叶", "黄年米果", "家纺", "文创", "物流", "摄影美工", "培训", "农资")


@dataclass
class Point:
    """A station as the operator knows it."""

    code: str
    township: str
    village: str
    keeper: str
    phone: str
    opened: date
    closed: date | None = None


def write_lists(out: Path, divisions: Path, *, seed: int = 360730) -> dict[str, Path]:
    """Write the six lists into the folder ``out`` for the divisions of a file; return their paths by kind.

    The same arguments give the same cells. Raises: OSError where ``out`` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    rng = Random(f"commerce:{seed}")  # noqa: S311 (invented data, no secret)
    places = _places(divisions)
    points = {kind: _points(rng, kind, places) for kind in POINTS}
    paths = {kind: out / name for kind, name in FILES.items()}
    _alibaba(paths["ALIBABA"], points["ALIBABA"])
    _jd(paths["JD"], points["JD"])
    _post(paths["CHINA_POST"], points["CHINA_POST"])
    _feitian(paths["FEITIAN"], points["FEITIAN"])
    _tenants(rng, paths["TENANTS"])
    _poor(rng, paths["POOR_VILLAGES"], places)
    return paths


def _places(divisions: Path) -> list[tuple[str, list[str]]]:
    """Townships with their villages, in the order of their codes."""
    with divisions.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    names = {row[0]: row[1] for row in rows if row[2] == COUNTY_CODE}
    return [(name, [row[1] for row in rows if row[2] == code]) for code, name in sorted(names.items())]


def _points(rng: Random, kind: str, places: list[tuple[str, list[str]]]) -> list[Point]:
    """The points open on the day, some that opened later, some that had closed before."""
    wanted, found = POINTS[kind], []
    spare = {name: rng.sample(villages, len(villages)) for name, villages in places}
    turn = cycle(places)
    for number in range(wanted + 9):
        township, villages = next(turn)
        village = spare[township].pop() if spare[township] and (number < 2 or rng.random() < 0.9) else "圩镇"
        if number < wanted:
            opened = date(2015, 3, 1) + timedelta(days=rng.randrange(600))
            gone = rng.random() < 0.35
            closed = AS_OF + timedelta(days=rng.randrange(120, 1500)) if gone and number > 1 else None
        elif number < wanted + 5:
            opened, closed = AS_OF + timedelta(days=rng.randrange(5, 900)), None
        else:
            opened = date(2015, 3, 1) + timedelta(days=rng.randrange(200))
            closed = opened + timedelta(days=rng.randrange(90, 300))
        if number == 0 and villages:
            # The first village of the first township: where the demo's keeper stands.
            village = villages[0]
        code = {"ALIBABA": f"CT{360730}{number + 1:03d}", "JD": f"JDN-{7300 + number}",
                "CHINA_POST": f"34{2730100 + number}", "FEITIAN": f"MGG{number + 1:03d}"}[kind]  # fmt: skip
        found.append(Point(code, township, village, _name(rng), _phone(rng), opened, closed))
    return found


def _name(rng: Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)


def _phone(rng: Random) -> str:
    return f"1{rng.choice('3578')}{rng.randrange(10**9):09d}"


def _alibaba(path: Path, points: list[Point]) -> None:
    """A title above the heads, dates with dots, one row entered twice, the county's centre on top."""
    rows: list[list[object]] = [
        ["1", "CT360730000", "宁都县运营中心", "县级", "", "", "电商中心", "", "2015.4.18", "营业", ""]
    ]
    for number, one in enumerate([*points, points[3]], start=2):
        end = one.closed.strftime("%Y.%m.%d") if one.closed else ""
        phone = one.phone if number % 7 else f"{one.phone[:3]}-{one.phone[3:7]}-{one.phone[7:]}"
        rows.append(
            [str(number), one.code, f"{one.village}村点", "村点", one.township, one.village, one.keeper, phone,
             one.opened.strftime("%Y.%m.%d"), "已关停" if one.closed else "营业", end]
        )  # fmt: skip
    heads = ["序号", "村点编号", "村点名称", "级别", "所属乡镇", "行政村", "合伙人", "联系电话", "开业时间", "状态",
             "关停时间"]  # fmt: skip
    _write_excel(path, "宁都县农村淘宝村级服务站名单（虚构数据）", heads, rows)


def _jd(path: Path, points: list[Point]) -> None:
    """One column of addresses, in GBK; the same shop once more under a new number."""
    rows = [["站点ID", "推广员姓名", "手机", "地址", "签约日期", "解约日期", "级别"]]
    rows.append(["JDN-7299", "京东帮服务店", "", "宁都县梅江镇", "20150610", "", "县级"])
    for one in points:
        end = one.closed.strftime("%Y%m%d") if one.closed else ""
        where = f"宁都县{one.township}{one.village}" + ("小卖部" if one.village != "圩镇" else "")
        rows.append([one.code, one.keeper, one.phone, where, one.opened.strftime("%Y%m%d"), end, ""])
    again = next(one for one in points if one.village != "圩镇")
    rows.append(
        ["JDN-9001", again.keeper, again.phone, f"{again.township}{again.village}", "20160301", "", ""]
    )
    _write_csv(path, rows, "gb18030")


def _post(path: Path, points: list[Point]) -> None:
    """The township only once for all its rows, real dates, a total at the end; one phone a digit short."""
    ordered = sorted(points, key=lambda one: one.township)
    rows: list[list[object]] = [
        ["3427300000", "县邮政电商运营中心", "", "", "邮政分公司", "", date(2015, 5, 8), "", "县级"]
    ]
    last = ""
    for number, one in enumerate(ordered):
        phone = one.phone[:-1] if number == 5 else one.phone
        rows.append(
            [one.code, f"村邮乐购·{one.village}站", one.township if one.township != last else "", one.village,
             one.keeper, phone, one.opened, one.closed or "", ""]
        )  # fmt: skip
        last = one.township
    rows.append(["合计", f"{len(points)} 个", "", "", "", "", "", "", ""])
    heads = ["网点机构号", "网点名称", "乡（镇）", "村", "掌柜", "电话", "加盟日期", "撤点日期", "类型"]
    _write_excel(path, "村邮乐购站点台账（虚构数据）", heads, rows)


def _feitian(path: Path, points: list[Point]) -> None:
    """Township and village in one cell, months instead of days, two rows that no day can be read from."""
    rows = [["门店编码", "店名", "乡镇村", "店长", "电话", "开通", "关店", "级别"]]
    rows.append(["MGG000", "麦光光县运营中心", "宁都县城", "飞天集团", "", "2015年9月", "", "县级"])
    for one in points:
        # A month is its first day: none opens in the month of the report.
        opened = one.opened.replace(day=1) if one.opened > AS_OF else one.opened
        end = f"{one.closed.year}年{one.closed.month}月{one.closed.day}日" if one.closed else ""
        start = f"{opened.year}年{opened.month}月" + (f"{opened.day}日" if one.closed else "")
        rows.append(
            [
                one.code,
                f"麦光光{one.village}店",
                f"{one.township}/{one.village}",
                one.keeper,
                one.phone,
                start,
                end,
                "",
            ]
        )
    rows.append(["MGG900", "麦光光样板店", "固厚乡/圩镇", "待定", "", "去年年底", "", ""])
    rows.append(["", "麦光光流动车", "黄陂镇/圩镇", "待定", "", "2016年5月", "", ""])
    _write_csv(path, rows, "utf-8-sig")


def _tenants(rng: Random, path: Path) -> None:
    """Who had space in the park on the day, who came later, who had left."""
    rows: list[list[object]] = []
    for number in range(TENANTS + 18):
        if number < TENANTS:
            came = date(2015, 6, 1) + timedelta(days=rng.randrange(500))
            stays = rng.random() < 0.55
            left = None if stays else AS_OF + timedelta(days=rng.randrange(60, 2500))
        elif number < TENANTS + 12:
            came, left = AS_OF + timedelta(days=rng.randrange(10, 3000)), None
        else:
            came = date(2015, 6, 1) + timedelta(days=rng.randrange(60))
            left = came + timedelta(days=rng.randrange(100, 400))
        sector = rng.choice(_SECTORS)
        firm = f"宁都{rng.choice(_GIVEN)}{rng.choice(_GIVEN)}{sector}{'有限公司' if number % 3 else '商行'}"
        rows.append(
            [f"FH{number + 1:03d}", firm, sector, f"{'ABC'[number % 3]}{number // 3 + 101}", rng.randrange(15, 120),
             "是" if rng.random() < 0.8 else "", _name(rng), "是" if number % 9 == 0 else "否", came, left or ""]
        )  # fmt: skip
    rows.append([*rows[10]])
    heads = ["商户编号", "企业（商户）名称", "主营", "房号", "面积（㎡）", "是否免租", "负责人", "返乡大学生", "入驻时间",
             "退出时间"]  # fmt: skip
    _write_excel(path, "宁都县电子商务孵化园入驻企业（商户）名单（虚构数据）", heads, rows)


def _poor(rng: Random, path: Path, places: list[tuple[str, list[str]]]) -> None:
    every = [(township, village) for township, villages in places for village in villages]
    count = POOR_VILLAGES if len(every) >= 2 * POOR_VILLAGES else len(every) * 2 // 3
    first = every[:1] + rng.sample(every[1:], count - 1)
    rows = [["序号", "乡镇", "村名", "认定时间", "退出时间"]]
    for number, (township, village) in enumerate(sorted(first), start=1):
        rows.append(
            [
                str(number),
                township,
                f"{village}委会" if number % 4 == 0 else village,
                "2015年1月",
                "2020-04-26",
            ]
        )
    _write_csv(path, rows, "utf-8")


def _write_excel(path: Path, title: str, heads: list[str], rows: Iterable[list[object]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write(0, 0, title)
        for number, row in enumerate(_lines(heads, rows), start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)


def _lines(heads: list[str], rows: Iterable[list[object]]) -> Iterator[list[object]]:
    yield list(heads)
    yield from rows


def _write_csv(path: Path, rows: list[list[str]], encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
