"""The data table: heads that sort, rows that open, boxes to pick, pages by key and not by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Meter, Tag

PAGE_KEYS = ("after", "before")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a second, softer line or with tags after the value."""

    value: str | int | None
    sub: str = ""
    tags: Sequence[Tag] = ()
    href: str = ""


Content = str | int | SafeString | Cell | Tag | Link | Meter | Sequence[Tag] | None
"""None is "not known" and shows as a dash that is read out as such."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: numeric ones stand right, with the unit in the head."""

    key: str
    title: str
    unit: str = ""
    numeric: bool = False
    sortable: bool = False
    meaning: str = ""

    @property
    def bracketed_unit(self) -> str:
        """Return the unit as it stands after the title, in the brackets of the language; nothing where there is none."""
        return _("（%(unit)s）") % {"unit": self.unit} if self.unit else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells in the order of the columns; `href` opens it, `key` is what picking sends."""

    cells: Sequence[Content]
    href: str = ""
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Neighbouring pages as opaque keys ("" where there is none)."""

    next_key: str = ""
    previous_key: str = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What may be done with the picked rows: posts `picked` (keys) or `all_matching` to `url`."""

    text: str
    url: str
    confirm: str = ""
    danger: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as drawn: where its sorting link leads and which way it sorts now."""

    column: Column
    href: str
    direction: str

    @property
    def icon(self) -> str:
        """Name the arrow of the present order."""
        return {"ascending": "arrow-up", "descending": "arrow-down"}.get(self.direction, "arrows-sort")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table of rows. `query` is the request's GET (filters stay in links), `sort` a key or "-key"."""

    id: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str
    query: QueryDict = field(default_factory=lambda: QueryDict(""))
    sort: str = ""
    total: int | None = None
    noun: str = ""
    pager: Pager | None = None
    actions: Sequence[BulkAction] = ()
    exports: Sequence[Link] = ()
    chooser: bool = False
    tall: bool = False
    folds: bool = True
    empty: Empty | None = None

    def _address(self, **changes: str) -> str:
        query = self.query.copy()
        for key in PAGE_KEYS:
            query.pop(key, None)
        for key, value in changes.items():
            query[key] = value
        return f"?{query.urlencode()}"

    def heads(self) -> Iterator[Head]:
        """Give each column's head with its sorting link (empty where it does not sort)."""
        for column in self.columns:
            if not column.sortable:
                yield Head(column, "", "")
                continue
            direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
            # Numbers are first wanted from the largest down.
            first = f"-{column.key}" if column.numeric else column.key
            other = column.key if column.numeric else f"-{column.key}"
            yield Head(column, self._address(sort=other if self.sort == first else first), direction)

    @property
    def next_href(self) -> str:
        """Return the address of the next page, or nothing."""
        return self._address(after=self.pager.next_key) if self.pager and self.pager.next_key else ""

    @property
    def previous_href(self) -> str:
        """Return the address of the page before, or nothing."""
        return self._address(before=self.pager.previous_key) if self.pager and self.pager.previous_key else ""

    @property
    def filters(self) -> str:
        """Return the filters in force, as sent with "all that match"."""
        return self._address().removeprefix("?")

    @property
    def has_tools(self) -> bool:
        """Whether a line of tools stands above the table."""
        return self.total is not None or self.chooser or bool(self.exports)
