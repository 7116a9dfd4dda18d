"""Planters of errors between rows: heads, orphans, duplicates, and the cadre who is himself registered as poor."""

from datetime import date

from xq_demo.planting import Bench, Kind, dispensable, is_plain, mark, pick, refuse, with_ages
from xq_demo.records import Household, Row, Value


def head_none(home: Household, _: Bench) -> bool:
    """No member is the head; the household is not taken."""
    if len(home.members) < 2:
        return False
    home.members[0].facts["relation"] = "OTHER"
    home.row.refused = True
    return mark(home.row, "household_no", "HEAD.NONE")


def head_many(home: Household, bench: Bench) -> bool:
    """A grown son or sibling who also calls himself head, of the first head's sex."""
    rows = [row for row in dispensable(home) if row.facts["sex"] == home.members[0].facts["sex"]]
    row = pick(bench, rows)
    if row is None:
        return False
    row.facts["relation"] = "HEAD"
    row.refused = True
    return mark(row, "relation", "HEAD.MANY")


def head_mismatch(home: Household, bench: Bench) -> bool:
    """The household row shows another member's ID number for the head's."""
    rows = [
        row
        for row in home.members[1:]
        if row.facts["id_type"] == "CITIZEN" and len(row.text("id_number")) == 18
    ]
    row = pick(bench, rows)
    if row is None:
        return False
    home.row.facts["head_id_number"] = row.facts["id_number"]
    return mark(home.row, "head_id_number", "HEAD.MISMATCH")


def orphan(home: Household, bench: Bench) -> bool:
    """An extra member row whose household number is nobody's."""
    sex = bench.rng.choice(("MALE", "FEMALE"))
    model = next((row for row, age in with_ages(home) if age >= 18 and is_plain(row)), None)
    if model is None:
        return False
    born = model.facts["birth_on"]
    assert isinstance(born, date)
    number, day = bench.numbers.citizen(born, sex)
    own: dict[str, Value] = {
        "id_number": number,
        "birth_on": day,
        "sex": sex,
        "relation": "OTHER",
        "soldier": False,
    }
    stray = Row(
        {**model.facts, **own, "household_no": home.number[:-4] + f"9{bench.rng.randint(0, 999):03d}"}
    )
    stray.refused = True
    home.extra.append(stray)
    return mark(stray, "household_no", "ROW.ORPHAN")


def required_number(home: Household, bench: Bench) -> bool:
    """An extra member row with no household number at all."""
    if not orphan(home, bench):
        return False
    home.extra[-1].problems.clear()
    return refuse(home.extra[-1], "household_no", "REQUIRED.MISSING", None)


def duplicate_person(home: Household, bench: Bench) -> bool:
    """A member of the household before, entered here once more."""
    if bench.previous is None:
        return False
    rows = [row for row, age in with_ages(bench.previous) if age >= 18 and is_plain(row)]
    row = pick(bench, rows)
    if row is None:
        return False
    bench.previous.touched = True
    again = Row({**row.facts, "relation": "OTHER", "household_no": home.number}, refused=True)
    home.extra.append(again)
    return mark(again, "id_number", "ID.DUPLICATE")


def duplicate_household(home: Household, _: Bench) -> bool:
    """The household row a second time, directly below."""
    home.twin = Row(dict(home.row.facts), refused=True)
    return mark(home.twin, "household_no", "ROW.DUPLICATE")


KINDS = [
    Kind("HEAD.MANY", head_many, wide=False),
    Kind("ID.DUPLICATE", duplicate_person, wide=False),
    Kind("HEAD.NONE", head_none, wide=False),
    Kind("HEAD.MISMATCH", head_mismatch, wide=True),
    Kind("ROW.ORPHAN", orphan, wide=False),
    Kind("REQUIRED.MISSING", required_number, wide=False),
    Kind("ROW.DUPLICATE", duplicate_household, wide=False),
]


def plant_cadres(cadres: list[Row], homes: list[Household], bench: Bench, *, quota: int) -> None:
    """Plant damage among the cadres, and cadres who are members of poor households themselves.

    Raises: ValueError where too few poor households have a grown, healthy member.
    """
    poor = [home for home in homes if not home.touched and home.row.facts["household_type"] == "DIBAO_POOR"]
    rows = bench.rng.sample(cadres, k=min(len(cadres), quota * 4))
    found = 0
    for home in poor:
        person = next(
            (row for row, age in with_ages(home) if 20 <= age <= 59 and row.facts["id_type"] == "CITIZEN"),
            None,
        )
        if found == quota or person is None:
            continue
        row = rows.pop()
        row.facts.update({fact: person.facts[fact] for fact in ("name", "sex", "id_number")})
        row.refused = home.touched = True
        mark(row, "id_number", "HELPER.REGISTERED")
        found += 1
    if found < quota:
        raise ValueError(
            "too few poor households for a cadre who is registered as poor; make the county larger"
        )
    _damage_cadres(rows, bench, each=max(1, quota // 4))


def _damage_cadres(rows: list[Row], bench: Bench, *, each: int) -> None:
    for _ in range(each):
        row = rows.pop()
        row.raw["phone"] = row.text("phone")[:-2]
        mark(row, "phone", "PHONE.FORMAT")
        row = rows.pop()
        refuse(row, "id_number", "ID.LENGTH", row.text("id_number")[:-1])
        refuse(rows.pop(), "skill", "CODE.UNKNOWN", bench.rng.choice(("书法", "驾驶")))
        row = rows.pop()
        refuse(row, "home_village", "PLACE.UNKNOWN", "桃花岛村")
        row.facts["home_township"] = row.facts["home_township"] or "梅江镇"
