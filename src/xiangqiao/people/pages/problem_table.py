"""Problems as a table: the cell, what is wrong in a sentence, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag, Tone
from xiangqiao.kernel.ui.tables import BulkAction, Cell, Column, DataTable, Pager, Row
from xiangqiao.people.forms.problems import severity_words
from xiangqiao.places.queries import names

if TYPE_CHECKING:
    from xiangqiao.people.models import Problem

_TONES: dict[str, Tone] = {"error": "red", "warning": "orange", "hint": "grey"}


def problem_table(
    rows: list[Problem],
    *,
    total: int,
    query: QueryDict,
    pager: Pager | None = None,
    actions: list[BulkAction] | None = None,
) -> DataTable:
    """Make the table of some problems."""
    # The sentences come with Arrow: loaded with the first page that shows problems, not at the start.
    from xq_engine.intake.sentences import problem_sentence

    language: Literal["zh", "en"] = "en" if (get_language() or "").startswith("en") else "zh"
    places = names({one.division_code for one in rows})
    words = severity_words()
    # One file needs no name at every row.
    several = len({one.workbook for one in rows}) > 1
    drawn = []
    for one in rows:
        said = problem_sentence(
            {**one.params, "code": one.code, "row": one.row, "column": one.column}, language
        )
        home = (
            Link(one.household_no or _("打开这一户"), reverse("desk:household", args=[one.household]))
            if one.household
            else one.household_no or None
        )
        sheet = f"{one.workbook} / {one.sheet}" if several else one.sheet
        cell = Cell(f"{one.column}{one.row}", sub=sheet)
        severity = Tag(words[one.severity], _TONES[one.severity])
        # The sentence first: on a phone it then has the whole width.
        drawn.append(
            Row(
                [
                    Cell(said.text, sub=said.hint, tags=[severity]),
                    cell,
                    home,
                    format_html('<span class="nowrap">{}</span>', places[one.division_code]),
                ],
                key=str(one.public_id),
                label=said.text,
            )
        )
    return DataTable(
        id="problems",
        columns=[
            Column("what", _("哪里不对、怎么改")), Column("cell", _("单元格")),
            Column("household", _("户编号")), Column("village", pgettext("列名", "村")),
        ],
        rows=drawn,
        caption=_("数据问题"),
        query=query,
        total=total,
        noun=_("处"),
        pager=pager or Pager(),
        actions=actions or [],
        empty=Empty(_("没有问题"), _("这里的数据都核对过了。"), icon="check"),
    )  # fmt: skip
