"""Units that help, ordered to villages, and their cadres with skills, home places and room for households."""

from random import Random

from xq_demo.names import Names
from xq_demo.numbers import Numbers
from xq_demo.records import Household, Row, Value, Village

_BUREAUS = (
    "财政局 教育科技体育局 民政局 人力资源和社会保障局 自然资源局 住房和城乡建设局 交通运输局 水利局 农业农村局 商务局 "
    "文化广电旅游局 卫生健康委员会 退役军人事务局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局 林业局 司法局 公安局 "
    "发展和改革委员会 工业和信息化局 信访局 残疾人联合会 妇女联合会 总工会 团委 科学技术协会 工商业联合会 红十字会 供销合作社 "
    "档案馆 融媒体中心 果业发展服务中心 农业技术推广中心 疾病预防控制中心 妇幼保健院 人民医院 中医院 烟草局 税务局 气象局 供电公司 "
    "电信公司 移动公司 联通公司 邮政公司 广电网络公司 农商银行 农业银行 邮储银行 自来水公司 公路分中心 城市管理局 行政审批局"
).split()
_LOCAL = "人民政府 卫生院 中心小学 中学 农业综合服务中心 林业工作站 财政所 供销社 水务站 司法所 便民服务中心".split()
_SKILLS = {
    "CITRUS": 12, "TEA": 4, "LOTUS": 5, "POULTRY": 7, "CROPS": 9, "MEDICAL": 9, "EDUCATION": 12, "ECOMMERCE": 5,
    "FINANCE": 6, "LAW": 4, "BUILDING": 5, "SOCIAL": 7, "NONE": 15,
}  # fmt: skip
_CAPACITY = ((1, 2, 3, 4, 5), (17, 31, 29, 15, 8))
# A cadre's room is 2.7 households on average; together they hold a little less than the need.
_HOUSEHOLDS_PER_CADRE = 2.75


class Helpers:
    """Makes units and cadres from one seeded source."""

    def __init__(self, rng: Random, numbers: Numbers, villages: list[Village], *, as_of: int) -> None:
        self._rng = rng
        self._numbers = numbers
        self._names = Names(rng)
        self._villages = villages
        self._as_of = as_of

    def units(self) -> list[Row]:
        """One unit for each village, no two with one name."""
        towns = list(dict.fromkeys(village.township for village in self._villages))
        names = [("县" + bureau, "COUNTY") for bureau in _BUREAUS]
        names += [(town + local, "TOWNSHIP") for local in _LOCAL for town in towns]
        names += [("市" + bureau, "CITY") for bureau in _BUREAUS[:15]]
        self._rng.shuffle(names)
        rows = []
        for village, (name, level) in zip(self._villages, names, strict=False):
            facts: dict[str, Value] = {
                "unit_name": name,
                "unit_level": level,
                "helps_township": village.township,
                "helps_village": village.name,
                "contact_name": self._names.full(self._names.surname(), "MALE"),
                "contact_phone": self._numbers.phone(),
            }
            rows.append(Row(facts))
        return rows

    def cadres(self, units: list[Row], homes: list[Household]) -> list[Row]:
        """Cadres of each unit by the need of its village; every fifth unit has too few, so that gaps exist."""
        need: dict[str, int] = {}
        for home in homes:
            need[home.village] = need.get(home.village, 0) + (home.truth["needs_cadre"] is True)
        short_towns = set(
            self._rng.sample(sorted({v.township for v in self._villages}), k=max(1, len(need) // 60))
        )
        rows = []
        for unit in units:
            wanted = need.get(unit.text("helps_village"), 0) / _HOUSEHOLDS_PER_CADRE
            if unit.text("helps_township") in short_towns:
                wanted *= 0.8
            rows += [
                self._cadre(unit, place)
                for place in range(max(3, round(wanted * self._rng.uniform(0.95, 1.1))))
            ]
        return rows

    def _cadre(self, unit: Row, place: int) -> Row:
        rng = self._rng
        sex = "MALE" if rng.random() < 0.66 else "FEMALE"
        born = self._numbers.birthday(self._as_of - rng.randint(25, 57))
        role = ("FIRST_SECRETARY", "TEAM_MEMBER")[place] if place < 2 else "HELPER"
        if role == "HELPER" and rng.random() < 0.05:
            role = "VILLAGE_CADRE"
        home = rng.choice(self._villages) if rng.random() < 0.8 else None
        posted = role != "HELPER"
        facts: dict[str, Value] = {
            "name": self._names.full(self._names.surname(), sex),
            "sex": sex,
            "id_number": self._numbers.citizen(born, sex)[0],
            "unit_name": unit.facts["unit_name"],
            "position": rng.choice(
                ("科员", "科员", "副股长", "股长", "副主任", "教师", "医师", "职工", "副局长")
            ),
            "role": role,
            "political": "PARTY" if posted or rng.random() < 0.6 else "MASSES",
            "education": rng.choices(("SENIOR", "COLLEGE", "BACHELOR"), weights=(8, 40, 52))[0],
            "skill": rng.choices(list(_SKILLS), weights=list(_SKILLS.values()))[0],
            "phone": self._numbers.phone(),
            "home_township": home.township if home else None,
            "home_village": home.name if home else None,
            "speaks_hakka": rng.random() < (0.97 if home else 0.3),
            "capacity": rng.choices(*_CAPACITY)[0],
            "helps_township": unit.facts["helps_township"] if posted else None,
            "helps_village": unit.facts["helps_village"] if posted else None,
        }
        return Row(facts)
