"""Numbers of invented persons, written down in the ways in which offices write, split, cover and hide them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

_CHINESE = "〇一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
_AREAS = ["360730", "360702", "360721", "350123", "440305", "431126", "110105", "652901", "510722", "330602"]


def id_number(random: Random) -> str:
    """Return an ID number of 18 characters with its check; its sequence number is one that is hardly given in life."""
    born = date(1930, 1, 1) + timedelta(days=random.randrange(33_000))
    body = f"{random.choice(_AREAS)}{born:%Y%m%d}{random.randrange(901, 996):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def short_id(random: Random) -> str:
    """Return an ID number of 15 digits, as issued before 1999."""
    number = id_number(random)
    while number[6:8] != "19":
        number = id_number(random)
    return number[:6] + number[8:17]


def card(random: Random) -> str:
    """Return a bank card with its check digit."""
    heads = ["621700", "622848", "622202", "623090", "621098", "436742", "955880", "625362"]
    body = random.choice(heads)
    size = 16 if body[:2] in ("43", "62") and random.random() < 0.3 else 19
    body += "".join(str(random.randrange(10)) for _ in range(size - 1 - len(body)))
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def mobile(random: Random) -> str:
    """Return a mobile number."""
    heads = ["130", "135", "138", "139", "150", "152", "159", "166", "177", "182", "187", "189", "198"]
    return random.choice(heads) + f"{random.randrange(10**8):08d}"


def landline(random: Random) -> str:
    """Return a fixed line with its area code, written with a hyphen."""
    area = random.choice(["0797", "0791", "010", "020", "0755", "0591"])
    size = 8 if len(area) == 3 or area in ("0755", "0791", "0591") else 7
    return f"{area}-{random.randrange(2, 9)}{random.randrange(10 ** (size - 1)):0{size - 1}d}"


def disability(random: Random) -> str:
    """Return the number of a disability certificate."""
    return f"{id_number(random)}{random.randrange(1, 8)}{random.randrange(1, 5)}" + random.choice(
        ["", "", "B1"]
    )


Way = Callable[[str, Random], str]


def _plain(text: str, _random: Random) -> str:
    return text


def _full_width(text: str, _random: Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c == "X" else c for c in text)


def _chinese(text: str, random: Random) -> str:
    table = random.choice([_CHINESE, _CAPITAL, _CHINESE.replace("〇", "零")])
    return "".join(table[int(c)] if c.isdigit() else c for c in text)


def _spelled(text: str, random: Random) -> str:
    return random.choice([" ", "-", "\u200b", " ", "、", "\u3000", "."]).join(text)


def _invisible(text: str, random: Random) -> str:
    where = sorted(random.sample(range(1, len(text)), 2))
    sign = random.choice(["\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad"])
    return text[: where[0]] + sign + text[where[0] : where[1]] + sign + text[where[1] :]


def _groups_of_four(text: str, random: Random) -> str:
    sign = random.choice([" ", "-", "  ", "—", "."])
    return sign.join(text[i : i + 4] for i in range(0, len(text), 4))


def _by_sense(text: str, random: Random) -> str:
    cuts = [6, 14] if len(text) >= 18 else [3, 7]
    sign = random.choice([" ", "-", "\n", "/", " - "])
    return sign.join([text[: cuts[0]], text[cuts[0] : cuts[1]], text[cuts[1] :]])


def _lower(text: str, _random: Random) -> str:
    return text.lower()


WHOLE: tuple[Way, ...] = (_plain, _plain, _full_width, _chinese, _spelled, _invisible, _groups_of_four, _by_sense, _lower)  # fmt: skip
# An old ID number or a card is not written in the sense of the new one.
REGULAR: tuple[Way, ...] = (_plain, _plain, _full_width, _chinese, _spelled, _invisible, _groups_of_four)
PHONE: tuple[Way, ...] = (_plain, _plain, _full_width, _chinese, _spelled, _invisible, _by_sense)


def covered(number: str, random: Random) -> str:
    """Return a number with some digits covered, as lists print it."""
    keep, tail = random.choice(
        [(10, 4), (6, 4), (3, 4), (14, 0), (6, 2), (0, 4), (1, 1), (12, 2), (4, 4), (2, 3)]
    )
    if keep + tail >= len(number):
        keep, tail = 3, 4
    hidden = len(number) - keep - tail
    sign = random.choice(["*", "*", "＊", "x", "X", "●", "□", "?", "※"])
    return number[:keep] + sign * hidden + (number[-tail:] if tail else "")
