"""Invented names of people: Gannan surnames by plausible frequency, common syllables, nobody in the news."""

from pathlib import Path
from random import Random

# Relative frequencies are a plausible guess for southern Jiangxi, not a statistic.
SURNAMES = dict(
    zip(
        "廖曾赖李刘黄谢温罗邱宁陈王张彭胡孙郭杨吴何钟戴卢严管肖崔蔡朱江连丁符郑邓",
        (
            9,
            8,
            8,
            7,
            7,
            6,
            6,
            6,
            5,
            5,
            4,
            4,
            3,
            3,
            3,
            3,
            2,
            2,
            2,
            2,
            2,
            2,
            2,
            2,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
        ),
        strict=True,
    )
)
_MALE = "木水生长春发福根贵秋冬火金石荣华茂林昌盛庆祥和平忠厚连招禾田南北远亮军兵强勇伟波涛峰斌鑫浩宇轩辰"
_FEMALE = "秀兰桂英莲香梅菊凤玉珍招娣满女春秋细妹冬莲红艳燕霞芳琴玲娟丽萍婷倩雯欣怡萱涵雨桐"
_MIDDLE = "木水观长石养林道世先家声传国建志小晓德光继学文明永运承立启宏嘉梓子俊思"
# Given names with a surname of the list that belong to well-known people; a drawn name found here is drawn again.
STOP = frozenset((Path(__file__).parent / "data" / "names_stop.txt").read_text(encoding="utf-8").split())


class Names:
    """Draws surnames and given names from one seeded source."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._surnames = [name for name, share in SURNAMES.items() for _ in range(share)]

    def surname(self) -> str:
        """A surname by frequency."""
        return self._rng.choice(self._surnames)

    def full(self, surname: str, sex: str) -> str:
        """A full name for a surname and a sex code; two or three characters, never one of the stop list."""
        last = _MALE if sex == "MALE" else _FEMALE
        while True:
            given = self._rng.choice(last)
            if self._rng.random() < 0.8:
                middle = self._rng.choice(_MIDDLE if sex == "MALE" else _FEMALE)
                given = middle + given if middle != given else given
            if surname + given not in STOP:
                return surname + given
