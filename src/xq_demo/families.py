"""Who lives together: kinds of households with the relation, sex and age of each member."""

from random import Random

Member = tuple[str, str, int]

# Shares are plausible for a county of migrants in southern Jiangxi, not a statistic. The mean size is about 3.95.
KINDS = {
    "elder": 5,
    "elder_couple": 7,
    "nuclear": 33,
    "three_generations": 42,
    "middle_couple": 5,
    "one_parent": 5,
    "left_behind": 4,
    "bachelor": 2.5,
    "siblings": 2.5,
}


def members(rng: Random) -> list[Member]:
    """The members (relation, sex, age) of one household, the head first."""
    kind = rng.choices(list(KINDS), weights=list(KINDS.values()))[0]
    return _BUILDERS[kind](rng)


def _sex(rng: Random) -> str:
    return "MALE" if rng.random() < 0.52 else "FEMALE"


def _couple(rng: Random, low: int, high: int) -> list[Member]:
    age = rng.randint(low, high)
    spouse = max(21, age - rng.randint(-2, 5))
    if rng.random() < 0.92:
        return [("HEAD", "MALE", age), ("SPOUSE", "FEMALE", spouse)]
    return [("HEAD", "FEMALE", age), ("SPOUSE", "MALE", spouse)]


def _children(rng: Random, mother_age: int, *, at_least: int) -> list[Member]:
    found: list[Member] = []
    age = mother_age - rng.randint(20, 30)
    for _ in range(max(at_least, rng.choices((0, 1, 2, 3), weights=(6, 24, 50, 20))[0])):
        if 0 <= age <= 30:
            sex = _sex(rng)
            found.append(("SON" if sex == "MALE" else "DAUGHTER", sex, age))
        age -= rng.randint(2, 5)
    return found


def _elder(rng: Random) -> list[Member]:
    return [("HEAD", _sex(rng), rng.randint(62, 88))]


def _elder_couple(rng: Random) -> list[Member]:
    return _couple(rng, 60, 84)


def _middle_couple(rng: Random) -> list[Member]:
    return _couple(rng, 46, 59)


def _nuclear(rng: Random) -> list[Member]:
    couple = _couple(rng, 26, 54)
    return couple + _children(rng, min(couple[0][2], couple[1][2]), at_least=1)


def _three_generations(rng: Random) -> list[Member]:
    if rng.random() < 0.55:
        couple = _couple(rng, 28, 50)
        found = couple + _children(rng, min(couple[0][2], couple[1][2]), at_least=1)
        eldest = max(couple[0][2], 40)
        found.append(("MOTHER", "FEMALE", min(92, eldest + rng.randint(19, 27))))
        if rng.random() < 0.65:
            found.append(("FATHER", "MALE", min(94, eldest + rng.randint(21, 29))))
        return found
    couple = _couple(rng, 52, 70)
    son = min(couple[0][2], couple[1][2]) - rng.randint(21, 27)
    wife = max(22, son - rng.randint(-1, 4))
    found = [*couple, ("SON", "MALE", son), ("DAUGHTER_IN_LAW", "FEMALE", wife)]
    grandchild = min(wife, son) - rng.randint(21, 27)
    for _ in range(rng.choices((1, 2, 3), weights=(35, 50, 15))[0]):
        if 0 <= grandchild <= 20:
            sex = _sex(rng)
            found.append(("GRANDSON" if sex == "MALE" else "GRANDDAUGHTER", sex, grandchild))
        grandchild -= rng.randint(2, 4)
    return found


def _one_parent(rng: Random) -> list[Member]:
    age = rng.randint(30, 52)
    return [("HEAD", _sex(rng), age), *_children(rng, age, at_least=1)]


def _left_behind(rng: Random) -> list[Member]:
    found = _couple(rng, 55, 70)
    for _ in range(rng.randint(1, 2)):
        sex = _sex(rng)
        found.append(("GRANDSON" if sex == "MALE" else "GRANDDAUGHTER", sex, rng.randint(3, 14)))
    return found


def _bachelor(rng: Random) -> list[Member]:
    return [("HEAD", "MALE", rng.randint(40, 72))]


def _siblings(rng: Random) -> list[Member]:
    age = rng.randint(38, 66)
    found: list[Member] = [("HEAD", "MALE", age), ("SIBLING", _sex(rng), max(30, age + rng.randint(-9, 9)))]
    if rng.random() < 0.5:
        found.append(("OTHER", _sex(rng), rng.randint(25, 60)))
    return found


_BUILDERS = {
    "elder": _elder,
    "elder_couple": _elder_couple,
    "nuclear": _nuclear,
    "three_generations": _three_generations,
    "middle_couple": _middle_couple,
    "one_parent": _one_parent,
    "left_behind": _left_behind,
    "bachelor": _bachelor,
    "siblings": _siblings,
}
