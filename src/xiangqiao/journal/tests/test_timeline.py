"""The timeline says in a sentence whatever was done to a household."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import xiangqiao
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.journal.queries import SENTENCES, timeline
from xiangqiao.kernel.record import recording
from xiangqiao.pairing.actions import end_pairing
from xiangqiao.pairing.models import Cadre, Pairing, Unit
from xiangqiao.people.rules.kinds import CORRECTED, EVENTS, Kind
from xiangqiao.people.rules.payloads import Phone
from xiangqiao.people.tests.changing import JOB, NOW, TODAY, VILLAGE, act, make_village

# What an event is about, as the actions name the household they are about.
HOUSEHOLD = {"home", "scene.home", "household"}


def recorded_about_households() -> Iterator[str]:
    """Yield the kinds of event whose subject is a household, read from the calls of `recording` in the source."""
    for path in Path(xiangqiao.__file__).parent.rglob("*.py"):
        if "tests" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        named = {
            ast.unparse(one.targets[0]): one.value.value
            for one in tree.body
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "recording":
                continue
            about = [ast.unparse(one.value) for one in node.keywords if one.arg == "subject"]
            kind = node.args[0]
            value = kind.value if isinstance(kind, ast.Constant) else named.get(ast.unparse(kind))
            if set(about) & HOUSEHOLD and isinstance(value, str):
                yield value


def decided_kinds() -> set[str]:
    """The kinds that decisions on a request hand to the one place that records them."""
    source = Path(xiangqiao.__file__).parent / "people/actions/approvals.py"
    texts = (node.value for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.startswith("people.change_")}


def test_every_kind_of_event_about_a_household_has_a_sentence_and_no_other_has() -> None:
    kinds = {*recorded_about_households(), *decided_kinds(), *EVENTS.values(), CORRECTED}
    assert {"people.change_undone", "policy.claim_noted", "people.change_rejected"} <= kinds
    assert kinds - set(SENTENCES) == set()
    assert set(SENTENCES) - kinds == {"accounts.number_revealed"}


@pytest.mark.django_db
def test_changes_and_the_cadre_who_came_and_went_stand_on_the_timeline_newest_first(
    county: None, person_in_post: Callable[..., Any]
) -> None:
    village = make_village(person_in_post)
    unit = Unit(name="县果业局")
    with recording("pairing.accepted", act(JOB)) as record:
        record.create(unit)
        cadre = Cadre(name="钟立新", unit=unit)
        record.create(cadre)
        home = village.home.public_id
        pair = Pairing(household=home, division_code=VILLAGE, cadre=cadre, valid_from=TODAY, basis="hand")
        record.create(pair)
    end_pairing(act=act(JOB), viewer=JOB, pair=pair, ended="NOT_NEEDED", on=TODAY)
    village.ask(Kind.PHONE, Phone("13800138000"))
    said = [line.what for line in timeline(SystemViewer("测试"), home, now=NOW)]
    assert {"更改联系方式", "结对帮扶：钟立新", "结对结束：钟立新"} == set(said)
