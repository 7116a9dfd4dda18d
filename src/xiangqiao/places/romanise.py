"""English names of divisions that have none of their own: Hanyu Pinyin and the kind of place."""

from __future__ import annotations

from pypinyin import lazy_pinyin

_KINDS = (
    ("村民委员会", "Village"),
    ("村委会", "Village"),
    ("社区居委会", "Community"),
    ("居委会", "Community"),
    ("社区", "Community"),
    ("街道", "Subdistrict"),
    ("镇", "Town"),
    ("乡", "Township"),
    ("村", "Village"),
    ("县", "County"),
    ("市", "City"),
    ("省", "Province"),
)


# Characters that read otherwise in names of places than by themselves. A division file may state English names itself.
_READINGS = {"都": "du", "长": "chang"}


def romanised(name: str) -> str:
    """Return a Chinese place name as one reads it in English; a name without a known kind is spelled as it is.

    Source: GB/T 28039-2011 writes the specific part as one word; the kind is translated, as on English maps.

    >>> romanised("梅江镇"), romanised("青坪村"), romanised("工业园")
    ('Meijiang Town', 'Qingping Village', 'Gongyeyuan')
    """
    for ending, kind in _KINDS:
        stem = name.removesuffix(ending)
        if stem and stem != name:
            return f"{_spelled(stem)} {kind}"
    return _spelled(name)


def _spelled(stem: str) -> str:
    # Read as a whole first: 陂 is "pi" in 黄陂 and "bei" by itself.
    return "".join(
        _READINGS.get(sign, read) for sign, read in zip(stem, _readings(stem), strict=True)
    ).capitalize()


def _readings(stem: str) -> list[str]:
    """One reading for each sign; signs that are no characters stand for themselves."""
    whole = lazy_pinyin(stem)
    return whole if len(whole) == len(stem) else [lazy_pinyin(sign)[0] for sign in stem]
