"""Units that help, ordered to villages, and their cadres with skills, home places and room for households."""

from pathlib import Path
from random import Random

from xq_demo.names import Names
from xq_demo.numbers import Numbers
from xq_demo.records import Household, Row, Value, Village

_WORDS = Path(__file__).parent / "data"
_SKILLS = {
    "CITRUS": 12, "TEA": 4, "LOTUS": 5, "POULTRY": 7, "CROPS": 9, "MEDICAL": 9, "EDUCATION": 12, "ECOMMERCE": 5,
    "FINANCE": 6, "LAW": 4, "BUILDING": 5, "SOCIAL": 7, "NONE": 15,
}  # fmt: skip
_CAPACITY = ((1, 2, 3, 4, 5), (17, 31, 29, 15, 8))
# A cadre's room is 2.7 households on average; together they hold a little less than the need.
_HOUSEHOLDS_PER_CADRE = 2.7


class Helpers:
    """Makes units and cadres from one seeded source."""

    def __init__(self, rng: Random, numbers: Numbers, villages: list[Village], *, as_of: int) -> None:
        self._rng = rng
        self._numbers = numbers
        self._names = Names(rng)
        self._villages = villages
        self._as_of = as_of
        self._bureaus = (_WORDS / "units_county.txt").read_text(encoding="utf-8").split()
        self._local = (_WORDS / "units_township.txt").read_text(encoding="utf-8").split()

    def units(self) -> list[Row]:
        """One unit for each village, no two with one name."""
        county = [("县" + bureau, "COUNTY") for bureau in self._bureaus] + [
            ("市" + bureau, "CITY") for bureau in self._bureaus[:15]
        ]
        local = {village.township: list(self._local) for village in self._villages}
        self._rng.shuffle(county)
        for names in local.values():
            self._rng.shuffle(names)
        rows = []
        for village in self._villages:
            near = local[village.township]
            if county and (not near or self._rng.random() < 0.2):
                name, level = county.pop()
            else:
                name, level = village.township + near.pop(), "TOWNSHIP"
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
        """Cadres of each unit by the need of its village; in a few townships there are too few, so that gaps exist."""
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
