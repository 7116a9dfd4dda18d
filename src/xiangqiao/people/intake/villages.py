"""Villages as spreadsheets name them, to division codes."""

from __future__ import annotations

import pyarrow as pa

from xiangqiao.people.intake.layout import plain_column
from xiangqiao.places.queries import divisions_for_intake
from xq_engine.intake.places import plain_name


class Villages:
    """The village codes of the county by the plain names of township and village."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        alone: dict[str, set[str]] = {}
        for township, village, code in divisions_for_intake():
            name = plain_name(village)
            self._codes[plain_name(township), name] = code
            alone.setdefault(name, set()).add(code)
        # A village named without its township, where the county has only one of the name.
        self._codes |= {("", name): next(iter(codes)) for name, codes in alone.items() if len(codes) == 1}

    def find(self, township: str | None, village: str | None) -> str:
        """Return the code of a village; the empty string where it is not known."""
        return self._codes.get((plain_name(township or ""), plain_name(village or "")), "")

    def codes_of(self, table: pa.Table, default: str) -> list[str]:
        """Return the code of each row's village; `default` where the table names none that is known."""
        known: dict[tuple[str | None, str | None], str] = {}
        codes = []
        for key in zip(plain_column(table, "township"), plain_column(table, "village"), strict=True):
            if key not in known:
                known[key] = self.find(*key) or default
            codes.append(known[key])
        return codes
