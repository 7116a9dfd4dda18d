"""Parts drawn in Python promise the same as templates would: data never becomes markup, choices stay Django's."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlencode

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangqiao.kernel.ui.form_drawing import HouseForms
from xiangqiao.kernel.ui.marks import Link, Meter, Tag
from xiangqiao.kernel.ui.table_drawing import table_html
from xiangqiao.kernel.ui.tables import BulkAction, Cell, Column, Content, DataTable, Pager, Row

TEXT = st.text(st.sampled_from("<>\"'&/= aé镇\n"), max_size=12) | st.just('"><script>alert(1)</script>')


class Shape(HTMLParser):
    """Collects the tags with the names of their attributes, and the words outside of tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words += data


def full_table(text: str) -> DataTable:
    """Return a table in which every place that takes words holds this text."""
    cells: list[Content] = [
        text, Cell(text, sub=text, tags=[Tag(text)], href=text), Link(text, text), Meter(0.5, text), [Tag(text, "red")],
    ]  # fmt: skip
    return DataTable(
        id=text,
        columns=[Column(text, text, text, numeric=True, sortable=True, meaning=text) for _ in cells],
        rows=[Row(cells, href=text, key=text, label=text)],
        caption=text,
        query=QueryDict(urlencode({"q": text})),
        total=3,
        noun=text,
        pager=Pager(text, text),
        actions=[BulkAction(text, text, confirm=text)],
        exports=[Link(text, text)],
        chooser=True,
    )


@settings(deadline=None)
@given(TEXT.filter(bool))
def test_no_words_anywhere_in_a_table_change_its_markup(text: str) -> None:
    plain, drawn = Shape(table_html(full_table("x"), "x")), Shape(table_html(full_table(text), text))
    assert drawn.tags == plain.tags


def test_the_words_of_cells_are_read_as_they_were_given() -> None:
    nasty = '<b>"1" & 2</b>'
    table = DataTable(id="t", columns=[Column("a", "A")], rows=[Row([nasty])], caption="t")
    assert nasty in Shape(table_html(table)).words


class _Choices(forms.Form):
    where = forms.ChoiceField(
        choices=[("", "—"), ('"<&', '"<&'), ("b", "乙"), ("组", [("c", "丙")])], required=False
    )
    many = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")], widget=forms.SelectMultiple)
    none = forms.NullBooleanField(widget=forms.NullBooleanSelect(attrs={"data-x": '"', "disabled": True}))


def test_choices_are_those_that_django_would_draw() -> None:
    data = QueryDict("where=b&many=a&many=b")
    ours, theirs = _Choices(data, renderer=HouseForms()), _Choices(data, renderer=DjangoTemplates())
    for name in ours.fields:
        one, other = Shape(str(ours[name])), Shape(str(theirs[name]))
        assert one.tags == other.tags, name
        assert "".join(one.words.split()) == "".join(other.words.split()), name
