"""The law shelf is found by a villager's words as well as by its own."""

from __future__ import annotations

from datetime import date

import pytest

from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.services import actions, queries
from xiangqiao.services.tests.conftest import GUEST, TODAY, Town, act

pytestmark = pytest.mark.django_db


def put(town: Town, title: str, summary: str, since: date = date(2020, 5, 1)) -> None:
    actions.put_law(
        act=act(town.centre), title=title, valid_from=since, kind="REGULATION", issuer="国务院", number="国令第724号",
        summary=summary, source="国务院公报",
    )  # fmt: skip


def test_texts_are_found_by_pairs_of_characters_best_first(town: Town) -> None:
    put(town, "保障农民工工资支付条例", "老板不给工钱，可以找劳动监察投诉。")
    put(town, "农村土地承包法", "承包地的期限与流转。工资不在此列。")
    assert queries.laws(TODAY, text="农民工工资")[0].title == "保障农民工工资支付条例"
    assert [row.title for row in queries.laws(TODAY, text="老板不给工钱找谁")] == ["保障农民工工资支付条例"]
    assert queries.laws(TODAY, text="火星") == []
    assert len(queries.laws(TODAY)) == 2


def test_a_changed_text_is_found_by_its_new_words_only(town: Town) -> None:
    put(town, "办法", "旧的内容")
    put(town, "办法", "新的说法")
    assert (len(queries.laws(TODAY, text="旧的")), len(queries.laws(TODAY, text="说法"))) == (0, 1)


def test_a_text_not_yet_in_force_is_not_shown_and_guests_do_not_write(town: Town) -> None:
    put(town, "新条例", "明年起", date(2027, 1, 1))
    assert queries.laws(TODAY) == []
    with pytest.raises(NotAllowed):
        actions.put_law(act=act(GUEST), title="x", valid_from=TODAY)
