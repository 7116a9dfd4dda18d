"""How one office writes a fact into a cell: words of its own, its way with dates, amounts and blanks."""

from datetime import date

from xq_demo.layout import Field
from xq_demo.records import Cell, Row, Value
from xq_demo.words import CODES

DATE_STYLES = (
    "{0.year}-{0.month:02d}-{0.day:02d}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month}/{0.day}",
)
# Excel counts days from here (its day 60 does not exist; nobody here is born before March 1900).
_SERIAL_EPOCH = date(1899, 12, 30)


def letter(index: int) -> str:
    """The column letter of a 0-based column."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def serial(day: date) -> int:
    """The day as Excel stores it."""
    return (day - _SERIAL_EPOCH).days


class Renderer:
    """Writes facts as the office with number ``dialect`` does; the third writes true dates into its cells."""

    def __init__(self, dialect: int, *, as_text: bool = False) -> None:
        self._dialect = dialect
        self._as_text = as_text
        self._words = {
            kind: {code: words[dialect % len(words)] for code, words in codes.items()}
            for kind, codes in CODES.items()
        }

    def cell(self, field: Field, row: Row) -> Cell:
        """The cell of one column: the damage where there is some, else the fact in words."""
        if field.fact in row.raw:
            return row.raw[field.fact]
        return self.clean(field, row)

    def clean(self, field: Field, row: Row) -> Cell:
        """The cell as it should be."""
        value = row.facts.get(field.fact)
        if value is None or field.kind == "text":
            return value
        if field.kind in self._words:
            return self._word(field.kind, str(value), row)
        if field.kind == "date":
            return self._date(value)
        if field.kind == "bool":
            return "是" if value else "否"
        if field.kind == "have":
            return "有" if value else "无"
        return self._number(field.kind, value)

    def _word(self, kind: str, code: str, row: Row) -> str:
        if kind == "relation" and code == "SPOUSE" and self._dialect == 1:
            return "妻" if row.facts["sex"] == "FEMALE" else "夫"
        return self._words[kind][code]

    def _date(self, value: Value) -> Cell:
        assert isinstance(value, date)
        if self._dialect == 2 and not self._as_text:
            return value
        return DATE_STYLES[self._dialect].format(value)

    def _number(self, kind: str, value: Value) -> Cell:
        assert isinstance(value, int)
        if kind in ("fen", "centimu"):
            if self._as_text:
                return f"{value / 100:.2f}"
            return value // 100 if value % 100 == 0 else value / 100
        if kind == "km":
            return value / 1000
        return value
