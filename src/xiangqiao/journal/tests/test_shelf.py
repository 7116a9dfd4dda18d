"""The shelves: what is there is found, on both databases alike; a text is published by a second person."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.journal.actions import draft_technique, publish_technique, withdraw_technique
from xiangqiao.journal.actions.shipped import draft_shipped_texts, shipped_texts
from xiangqiao.journal.actions.techniques import Text
from xiangqiao.journal.models import Technique
from xiangqiao.journal.queries import find_policies, find_techniques
from xiangqiao.journal.rules.grams import asked, grams
from xiangqiao.journal.tests.conftest import Scene
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.errors import ActionError, NotAllowed

SYSTEM = SystemViewer("测试")


@pytest.fixture
def shelf(scene: Scene) -> Scene:
    """A shelf with the texts that come with the product, published."""
    assert draft_shipped_texts(act=Act(by=SYSTEM, at=scene.now)) == len(shipped_texts())
    assert draft_shipped_texts(act=Act(by=SYSTEM, at=scene.now)) == 0
    for slug in Technique.objects.values_list("slug", flat=True):
        publish_technique(act=scene.act("county"), slug=slug)
    return scene


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("脐橙防冻", "orange-frost"),
        ("橙子怕冻怎么办", "orange-frost"),
        ("稻田养鱼", "rice-fish"),
        ("田里能不能喂鱼", "rice-fish"),
        ("养蚕", "silkworm-young"),
        ("猪太热了", "pig-summer"),
        ("寒露风", "late-rice-wind"),
        ("香菇", "shiitake-bag"),
        ("装箱", "sort-and-pack"),
        ("油茶剪枝", "oil-tea"),
        ("compost", "compost"),
        ("笋", "bamboo-shoots"),
    ],
)
def test_a_question_in_plain_words_finds_its_text_first(shelf: Scene, question: str, slug: str) -> None:
    assert [row.slug for row in find_techniques(shelf.viewer("member"), question)][:1] == [slug]


@pytest.mark.django_db
def test_nothing_that_stands_in_a_text_is_missed(shelf: Scene) -> None:
    viewer, rows = shelf.viewer("member"), list(Technique.objects.all())
    for row in rows:
        line = max(row.body.split("\n"), key=len)
        for size in (2, 3, 5, 9):
            piece = line[4 : 4 + size]
            wanted = {one.slug for one in rows if piece in f"{one.title} {one.summary} {one.body}"}
            assert wanted <= {one.slug for one in find_techniques(viewer, piece)}, piece


@pytest.mark.parametrize(
    ("question", "policy"), [("养老金", "basic-pension"), ("老人养老钱", "basic-pension")]
)
def test_policies_are_found_in_the_words_of_the_village(question: str, policy: str) -> None:
    assert policy in [one.id for one in find_policies(question)][:3]


@pytest.mark.django_db
def test_nothing_is_found_for_nothing_and_for_nonsense(shelf: Scene) -> None:
    for text in ("", "  ", "。，！", "火星探测器轨道", "\x00", "%' OR 1=1 --"):
        assert find_techniques(shelf.viewer("member"), text) == []


@pytest.mark.django_db
def test_who_drafts_does_not_publish_and_drafts_are_seen_by_the_office_alone(scene: Scene) -> None:
    text = Text("duck", "稻鸭共作", "鸭子进稻田", "先围网。", "FIELD", "县农技站", "CC0-1.0", months=(6, 7))
    draft_technique(act=scene.act("county"), text=text)
    with pytest.raises(NotAllowed):
        publish_technique(act=scene.act("county"), slug="duck")
    assert find_techniques(scene.viewer("member"), "稻鸭") == []
    publish_technique(act=Act(by=SYSTEM, at=scene.now), slug="duck")
    assert len(find_techniques(scene.viewer("member"), "稻鸭")) == 1
    with pytest.raises(ActionError):
        draft_technique(act=scene.act("county"), text=text)
    withdraw_technique(act=scene.act("county", reason="有新的做法"), slug="duck")
    assert find_techniques(scene.viewer("county"), "稻鸭") == []


@given(text=st.text(max_size=60), first=st.integers(0, 60), size=st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_every_piece_of_a_text_has_only_grams_of_the_text(text: str, first: int, size: int) -> None:
    chinese = "".join(sign for sign in text if "\u4e00" <= sign <= "\u9fff")
    piece = chinese[first : first + size]
    assert asked(piece) <= grams(chinese)
