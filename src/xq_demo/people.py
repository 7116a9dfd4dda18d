"""People of a household: school, health, labour, work away from home, papers."""

from random import Random

from xq_demo.names import Names
from xq_demo.numbers import Numbers, old_number
from xq_demo.records import Row, Value

FULL_LABOUR = ("ORDINARY", "SKILLED")
_BLOOD = {"SON", "DAUGHTER", "GRANDSON", "GRANDDAUGHTER", "FATHER", "SIBLING", "HEAD"}


class People:
    """Makes the member rows of households from one seeded source."""

    def __init__(self, rng: Random, numbers: Numbers, *, as_of: int) -> None:
        self._rng = rng
        self._numbers = numbers
        self._names = Names(rng)
        self._as_of = as_of

    def household(self, members: list[tuple[str, str, int]]) -> list[Row]:
        """Rows for members given as (relation, sex, age at the end of the year)."""
        surname = self._names.surname()
        ethnicity = self._rng.choices(("HAN", "SHE", "HUI", "OTHER"), weights=(985, 12, 1, 2))[0]
        return [self._person(*member, surname=surname, ethnicity=ethnicity) for member in members]

    def _person(self, relation: str, sex: str, age: int, *, surname: str, ethnicity: str) -> Row:
        rng = self._rng
        id_number, born = self._numbers.citizen(self._numbers.birthday(self._as_of - age), sex)
        schooling = self._schooling(age)
        health = self._health(age)
        labour = self._labour(age, health, schooling)
        own = surname if relation in _BLOOD else self._names.surname()
        place, months = self._work(age, labour)
        soldier = (
            sex == "MALE"
            and 19 <= age <= 23
            and schooling == "NOT"
            and health == "HEALTHY"
            and rng.random() < 0.02
        )
        facts: dict[str, Value] = {
            "name": self._names.full(own, sex),
            "sex": sex,
            "id_type": "CITIZEN",
            "id_number": id_number,
            "birth_on": born,
            "ethnicity": ethnicity if relation in _BLOOD else "HAN",
            "relation": relation,
            "political": self._political(age),
            "education": self._education(age, schooling),
            "schooling": schooling,
            "health": health,
            "disability_no": self._numbers.certificate(id_number)
            if health == "DISABLED" and rng.random() < 0.9
            else None,
            "labour": labour,
            "work_place": place,
            "work_months": months,
            "soldier": soldier,
            "medical_insured": rng.random() < 0.985,
            "serious_insured": rng.random() < 0.95,
            "pension_insured": age >= 16 and schooling == "NOT" and rng.random() < 0.9,
            "dibao": False,
        }
        row = Row(facts)
        self._other_paper(row, age, relation)
        return row

    def _other_paper(self, row: Row, age: int, relation: str) -> None:
        """Some elders still show a 15-digit number, some disabled members only their certificate."""
        if relation == "HEAD":
            return
        certificate = row.facts["disability_no"]
        if certificate is not None and self._rng.random() < 0.1:
            row.facts["id_type"] = "DISABILITY"
            row.facts["id_number"] = certificate
        elif age >= 65 and self._rng.random() < 0.01:
            row.facts["id_number"] = old_number(row.text("id_number"))

    def _schooling(self, age: int) -> str:
        rng = self._rng
        if age <= 2 or age >= 23:
            return "NOT"
        if age <= 5:
            return "PRESCHOOL" if rng.random() < 0.8 else "NOT"
        if age <= 15:
            return "PRIMARY" if age <= 11 else "JUNIOR"
        if age <= 18:
            return rng.choices(("SENIOR", "VOCATIONAL_SECONDARY", "NOT"), weights=(50, 30, 20))[0]
        return rng.choices(("VOCATIONAL_COLLEGE", "BACHELOR", "NOT"), weights=(22, 18, 60))[0]

    def _health(self, age: int) -> str:
        ill = 0.015 if age < 18 else 0.05 if age < 45 else 0.13 if age < 60 else 0.33
        if self._rng.random() >= ill:
            return "HEALTHY"
        weights = (35, 25, 40) if age < 45 else (62, 17, 21)
        return self._rng.choices(("CHRONIC", "SERIOUS", "DISABLED"), weights=weights)[0]

    def _labour(self, age: int, health: str, schooling: str) -> str:
        """LOST is never given to the healthy; the young and pupils have none."""
        if age < 16 or schooling != "NOT":
            return "NONE"
        rng = self._rng
        if health == "HEALTHY":
            if age >= 75:
                return "NONE"
            shares = (77, 21, 2, 0) if age < 60 else (22, 3, 50, 25)
            return rng.choices(("ORDINARY", "SKILLED", "WEAK", "NONE"), weights=shares)[0]
        if age >= 70:
            return rng.choices(("LOST", "NONE"), weights=(60, 40))[0]
        weights = (30, 60, 10) if health == "CHRONIC" else (4, 46, 50)
        return rng.choices(("ORDINARY", "WEAK", "LOST"), weights=weights)[0]

    def _work(self, age: int, labour: str) -> tuple[str, int]:
        if labour not in FULL_LABOUR or not 18 <= age <= 64 or self._rng.random() > 0.68:
            return "NONE", 0
        place = self._rng.choices(("TOWNSHIP", "COUNTY", "PROVINCE", "OUTSIDE"), weights=(16, 24, 14, 46))[0]
        return place, self._rng.choices(range(3, 13), weights=(3, 3, 4, 6, 5, 10, 12, 22, 18, 17))[0]

    def _political(self, age: int) -> str:
        if age < 14:
            return "MASSES"
        if age < 28:
            return self._rng.choices(("LEAGUE", "MASSES", "PROBATIONARY"), weights=(40, 59, 1))[0]
        return self._rng.choices(("MASSES", "PARTY"), weights=(94, 6))[0]

    def _education(self, age: int, schooling: str) -> str | None:
        if age < 6:
            return None
        known = {
            "PRIMARY": "PRIMARY",
            "JUNIOR": "PRIMARY",
            "SENIOR": "JUNIOR",
            "VOCATIONAL_SECONDARY": "JUNIOR",
        }
        if schooling != "NOT":
            return known.get(schooling, "SENIOR")
        if age >= 60:
            return self._rng.choices(("NONE", "PRIMARY", "JUNIOR", "SENIOR"), weights=(30, 48, 18, 4))[0]
        weights = (4, 30, 48, 12, 4, 2) if age >= 35 else (0, 5, 45, 25, 15, 10)
        levels = ("NONE", "PRIMARY", "JUNIOR", "SENIOR", "COLLEGE", "BACHELOR")
        return self._rng.choices(levels, weights=weights if age >= 19 else (0, 10, 80, 10, 0, 0))[0]
