"""Which township and village names the division tree knows."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

_COMMITTEE = re.compile(r"(?:(?<=村)(?:民委员会|委会)|(?:村民委员会|村委会|居民委员会|居委会))$")
_BLANKS = re.compile(r"[\s\u3000]+")


@dataclass(frozen=True, slots=True)
class Divisions:
    """Names of townships, each with the names of its villages and communities, in plain form."""

    villages: dict[str, frozenset[str]]

    @classmethod
    def from_codes(cls, rows: Iterable[tuple[str, str]]) -> Self:
        """Make the tree from pairs of a 12-digit division code and a name; levels above the township are passed over."""
        names = {code: name for code, name in rows if len(code) == 12 and code[6:9] != "000"}
        villages: dict[str, set[str]] = {
            plain_name(name): set() for code, name in names.items() if code.endswith("000")
        }
        for code, name in names.items():
            township = names.get(f"{code[:9]}000")
            if township and not code.endswith("000"):
                villages[plain_name(township)].add(plain_name(name))
        return cls({name: frozenset(found) for name, found in villages.items()})

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the tree from a CSV file whose first two columns are the division code and the name."""
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return cls.from_codes((row[0], row[1]) for row in csv.reader(stream) if len(row) > 1)

    def unknown(self, township: str | None, village: str | None) -> str:
        """Say which of the two names the tree does not know: "township", "village" or "" for neither.

        A village without its township is looked for in the whole county; an empty name is nobody's mistake here.
        """
        if township and plain_name(township) not in self.villages:
            return "township"
        if not village:
            return ""
        known = [self.villages[plain_name(township)]] if township else self.villages.values()
        return "" if any(plain_name(village) in names for names in known) else "village"


@cache
def plain_name(name: str) -> str:
    """Bring the name of a place to the form in which names are compared.

    >>> plain_name("小布村民委员会") == plain_name("小布村委会") == plain_name(" 小布村")
    True
    """
    bare = _COMMITTEE.sub("", _BLANKS.sub("", name))
    return bare.removesuffix("村") if len(bare) > 1 else bare
