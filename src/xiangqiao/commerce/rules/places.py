"""Where a station stands, from however an operator writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SEAT_WORDS = ("圩镇", "圩", "集镇", "街道", "镇区", "乡政府", "镇政府", "墟")


@dataclass(frozen=True)
class Known:
    """Townships and villages by name: what texts are looked up in."""

    townships: dict[str, str]
    villages: dict[tuple[str, str], str]

    @classmethod
    def of(cls, townships: Iterable[tuple[str, str]], villages: Iterable[tuple[str, str]]) -> Known:
        """Take (code, name) of each."""
        by_name = {short(name): code for code, name in townships}
        inside = {(code[:9], short(name)): code for code, name in villages}
        return cls(by_name, inside)


@dataclass(frozen=True)
class Found:
    """A division, and whether the station stands in the township's seat and not in a village of it."""

    division_code: str
    seat: bool


def short(name: str) -> str:
    """Return a name without what some write and others do not.

    >>> short(" 梅江镇"), short("青坪村委会"), short("青坪村")
    ('梅江', '青坪', '青坪')
    """
    text = "".join(name.split())
    for end in ("村民委员会", "村委会", "居委会", "社区", "村", "镇", "乡"):
        if text.endswith(end) and len(text) > len(end) + 1:
            return text.removesuffix(end)
    return text


def locate(known: Known, *, township: str = "", village: str = "", address: str = "") -> Found | None:
    """Return the place of a station; None where the texts name none of the county's.

    >>> known = Known.of([("360730100000", "梅江镇")], [("360730100201", "青坪村")])
    >>> locate(known, address="宁都县梅江镇青坪村小卖部").division_code
    '360730100201'
    >>> locate(known, township="梅江", village="圩镇").seat, locate(known, township="别处", village="青坪")
    (True, None)
    """
    text = "".join(address.split())
    code = known.townships.get(short(township)) if township else None
    if code is None and text:
        code = next((one for name, one in known.townships.items() if name in text), None)
    if code is None:
        return None
    if village:
        inside = known.villages.get((code[:9], short(village)))
    else:
        names = [
            (len(name), one)
            for (head, name), one in known.villages.items()
            if head == code[:9] and name in text
        ]
        inside = max(names)[1] if names else None
    if inside is not None:
        return Found(inside, seat=False)
    said = village or text
    is_seat = any(word in said for word in SEAT_WORDS) or (not village and not _names_village(text))
    return Found(code, seat=True) if is_seat else None


def _names_village(text: str) -> bool:
    return "村" in text
