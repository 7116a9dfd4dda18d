"""Lists and files for the guard's examination: half of them with one planted leak, half with none.

The generator knows nothing of the scanner. It writes what offices write, and hides a number the way people do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from xq_demo import leaky_numbers as numbers
from xq_demo.leaky_files import CARRIERS, located_picture

_SURNAMES = "廖曾赖李刘黄谢温罗邱宁陈王张彭胡孙郭杨吴何钟戴卢严管肖崔蔡朱江"
_GIVEN = (
    "建国",
    "志强",
    "春梅",
    "秀英",
    "德福",
    "水生",
    "招娣",
    "文华",
    "金莲",
    "小兰",
    "明",
    "军",
    "丽",
    "平",
    "火生",
    "观音",
    "石养",
    "长生",
    "桂香",
    "玉莲",
)
_TOWNS = [
    "梅江镇",
    "青塘镇",
    "长胜镇",
    "黄陂镇",
    "固村镇",
    "赖村镇",
    "石上镇",
    "田头镇",
    "竹笮乡",
    "对坊乡",
    "固厚乡",
    "田埠乡",
]
_GOODS = [
    "化肥",
    "棉被",
    "书包",
    "轮椅",
    "电饭锅",
    "鸡苗",
    "脐橙苗",
    "饲料",
    "课桌",
    "手扶拖拉机",
    "助听器",
    "羽绒服",
]


@dataclass(frozen=True)
class Specimen:
    """A list with at most one file, and the kind of leak in it ("" for none) and how it was hidden."""

    rows: list[dict[str, str | int]]
    file: tuple[str, bytes] | None = None
    leak: str = ""
    way: str = ""
    text: str = ""


def specimens(seed: int, count: int) -> Iterator[Specimen]:
    """Yield specimens, every second one with a leak; the same seed yields the same."""
    random = Random(seed)  # noqa: S311
    makers = list(_LEAKS.items())
    for index in range(count):
        if index % 2:
            yield _clean(random)
        else:
            leak, maker = makers[index // 2 % len(makers)]
            yield maker(leak, random)


def person(random: Random) -> str:
    """Return an invented name."""
    return random.choice(_SURNAMES) + random.choice(_GIVEN)


def _row(random: Random, need: str) -> dict[str, str | int]:
    return {
        "township": random.choice(_TOWNS),
        "need": need,
        "quantity": random.randrange(1, 90),
        "fen": random.randrange(100, 900_000),
    }


def _rows(random: Random) -> list[dict[str, str | int]]:
    return [_row(random, _harmless(random)) for _ in range(random.randrange(1, 5))]


def _harmless(random: Random) -> str:
    """Return a sentence full of figures, none of which is anybody's."""
    good, amount, year = random.choice(_GOODS), random.randrange(10, 99_999), random.randrange(2012, 2027)
    return random.choice(
        [
            f"需要{good} {amount} 件，每件 {random.randrange(5, 900)}.{random.randrange(100):02d} 元",
            f"{year} 年 {random.randrange(1, 13)} 月 {random.randrange(1, 29)} 日在{random.choice(_TOWNS)}发放，合计 {amount:,}.00 元",
            f"批次 {year}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}-{random.randrange(9999):04d}，{good}",
            f"宁府办发〔{year}〕{random.randrange(1, 200)} 号，区划 36073010{random.randrange(4)}{random.randrange(200, 230)}",
            f"脐橙 {amount} 斤，单价 {random.randrange(2, 6)}.{random.randrange(10)} 元，{random.randrange(2, 60)} 户",
            f"请打 0797-6832211，工作日 8:30-12:00，14:30-17:30，{good}",
            f"{good}{random.randrange(2, 30)}件、{random.choice(_GOODS)}{random.randrange(2, 30)}件，{year}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d} 前送到",
            f"受益 {random.randrange(10, 400)} 户 {random.randrange(400, 1800)} 人，占 {random.randrange(10, 99)}.{random.randrange(10)}%",
            f"订单 DD{year}{random.randrange(10**10):010d}，{good}",
            f"东经 116.{random.randrange(10**4):04d}，北纬 26.{random.randrange(10**4):04d}，{good}",
            f"{random.randrange(1000, 9999)} {random.randrange(1000, 9999)} {random.randrange(100, 999)} {good}",
            f"一九四九年建的老屋要翻修，约 {random.randrange(40, 200)} 平方米，{amount} 元",
        ]
    )


def _clean(random: Random) -> Specimen:
    file = None
    if random.random() < 0.5:
        suffix, data = random.choice(CARRIERS)(_harmless(random), random)
        file = (f"{random.choice(_TOWNS)}需求表{random.randrange(2014, 2026)}.{suffix}", data)
    return Specimen(_rows(random), file)


def _sentence(random: Random, label: str, hidden: str) -> str:
    name = person(random)
    return random.choice(
        [
            f"{label}：{hidden}",
            f"{name}，{label}{hidden}，{random.choice(_TOWNS)}",
            f"{_harmless(random)}；{hidden}",
            hidden,
            f"（{hidden}）{random.choice(_GOODS)}",
            f"联系人{name} {hidden}",
            f"{hidden}{name}",
        ]
    )


def _number(
    make: Callable[[Random], str], ways: tuple[numbers.Way, ...], label: str
) -> Callable[[str, Random], Specimen]:
    def maker(leak: str, random: Random) -> Specimen:
        way = random.choice(ways)
        return _placed(leak, way.__name__, _sentence(random, label, way(make(random), random)), random)

    return maker


def _placed(leak: str, way: str, text: str, random: Random) -> Specimen:
    """Put a text into a cell of the list, into a file, or into the name of a file."""
    rows = _rows(random)
    where = random.random()
    if where < 0.4:
        rows.insert(random.randrange(len(rows) + 1), _row(random, text))
        return Specimen(rows, None, leak, f"{way} in a cell", text)
    if where < 0.45 and "/" not in text:
        return Specimen(rows, (f"{text}.txt", b""), leak, f"{way} in a file name", text)
    carrier = random.choice(CARRIERS)
    suffix, data = carrier(text, random)
    return Specimen(rows, (f"附件.{suffix}", data), leak, f"{way} in {carrier.__name__}", text)


def _covered(leak: str, random: Random) -> Specimen:
    number = random.choice([numbers.id_number, numbers.id_number, numbers.card, numbers.mobile])(random)
    return _placed(leak, "covered", _sentence(random, "证号", numbers.covered(number, random)), random)


def _tail(leak: str, random: Random) -> Specimen:
    name, tail = person(random), numbers.id_number(random)[-random.choice([4, 6]) :]
    text = random.choice(
        [
            f"{name}（{tail}）",
            f"{name}({tail})",
            f"{name} 尾号{tail}",
            f"{name}，身份证后四位 {tail[-4:]}",
            f"户主{name}（{tail}）",
            f"{name}【{tail}】",
        ]
    )
    return _placed(leak, "tail", text, random)


def _across(leak: str, random: Random) -> Specimen:
    number = numbers.id_number(random)
    rows = _rows(random)
    rows.append({"township": number[:6], "need": number[6:], "quantity": 1, "fen": 100})
    return Specimen(rows, None, leak, "across two columns")


def _located(leak: str, random: Random) -> Specimen:
    suffix, data = located_picture(random)
    return Specimen(_rows(random), (f"现场.{suffix}", data), leak, "place of a photo")


_LEAKS: dict[str, Callable[[str, Random], Specimen]] = {
    "id": _number(numbers.id_number, numbers.WHOLE, "身份证号"),
    "old id": _number(numbers.short_id, numbers.REGULAR, "身份证"),
    "card": _number(numbers.card, numbers.REGULAR, "银行卡"),
    "mobile": _number(numbers.mobile, numbers.PHONE, "电话"),
    "landline": _number(numbers.landline, (numbers.WHOLE[0], numbers.REGULAR[2], numbers.REGULAR[5]), "电话"),
    "disability": _number(numbers.disability, numbers.REGULAR, "残疾证"),
    "covered": _covered,
    "tail": _tail,
    "across": _across,
    "photo place": _located,
}
