"""Invented names of people: Gannan surnames by plausible frequency, common syllables, nobody in the news."""

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
STOP = frozenset(
    "刘少奇 李小平 黄兴 李克强 王明 罗荣桓 谢晋 李连杰 刘德华 李小龙 张国荣 陈毅 彭德怀 朱德 王震 黄继光 罗明 "
    "邓小平 李先念 陈云 胡锦涛 温家宝 江泽民 曾庆红 李鹏 吴邦国 张学良 何香凝 廖承志 廖仲恺 谢觉哉 杨利伟 王伟 "
    "刘强东 刘永好 张文宏 钟南山 李文亮 郭明义 孙立人 彭湃 郑和 曾志伟 谢霆锋 吴京 陈道明 张艺谋 王小波 刘翔 "
    "李娜 郭晶晶 何雯娜 邓亚萍 陈景润 王思聪 黄晓明 杨国福 李立三 张国立 王宏伟 吴小晖 赖小民 罗志祥 张晓明".split()
)


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
