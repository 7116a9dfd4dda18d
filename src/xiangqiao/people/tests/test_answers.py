"""What is promised about problems, questions and exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.models import Event
from xiangqiao.people.actions.answers import settle_problem, settle_question
from xiangqiao.people.actions.intake import export_register
from xiangqiao.people.models import Household, Membership, Person, Problem, Question
from xiangqiao.people.secrets import opened
from xiangqiao.people.tests.sheets import household, person
from xiangqiao.people.tests.test_import import (
    HOMES,
    ME,
    PEOPLE,
    act,
    at_the_desk,
    imported,
    other,
    rows,
    village,
)

__all__ = ["village"]


@pytest.mark.usefixtures("village")
def test_a_problem_confirmed_with_a_reason_stays_confirmed_in_the_next_file(tmp_path: Path) -> None:
    homes = [household("H1", cause_main="因病"), HOMES[1]]
    imported(tmp_path, homes)
    problem = Problem.objects.get(code="CAUSE.ILLNESS")
    with pytest.raises(ActionError):
        settle_problem(act=act(), viewer=ME, problem=problem, outcome="CONFIRMED", reason=" ")
    settle_problem(act=act(), viewer=ME, problem=problem, outcome="CONFIRMED", reason="病历已看")
    again = imported(tmp_path, homes)
    found = Problem.objects.get(batch=again, code="CAUSE.ILLNESS")
    assert (found.state, found.settled_reason) == ("CONFIRMED", "病历已看")


@pytest.mark.usefixtures("village")
def test_an_offered_number_that_is_taken_opens_again(tmp_path: Path) -> None:
    imported(tmp_path)
    home = Household.objects.get(household_no="H1")
    at_the_desk(home, phone_hash="x", phone_mask="••••99")
    imported(tmp_path, other(phone="13900139000"))
    question = Question.objects.get()
    assert "13900139000" not in str(question.offered)
    settle_question(act=act(), viewer=ME, question=question, take=True)
    home.refresh_from_db()
    assert (opened("phone", home), home.phone_mask) == ("13900139000", "••••00")


@pytest.mark.usefixtures("village")
def test_what_is_kept_is_not_asked_again(tmp_path: Path) -> None:
    imported(tmp_path)
    imported(tmp_path, HOMES, PEOPLE[:3])
    settle_question(act=act(), viewer=ME, question=Question.objects.get(), take=False)
    imported(tmp_path, HOMES, PEOPLE[:3])
    assert Question.objects.count() == 1
    assert Membership.objects.filter(valid_to=None).count() == 4


@pytest.mark.usefixtures("village")
def test_what_is_exported_comes_in_again_and_changes_nothing(tmp_path: Path) -> None:
    people = [person("H1", "=甲一", 1), *PEOPLE[1:]]
    imported(tmp_path, HOMES, people)
    before = rows()
    path = tmp_path / "台账.xlsx"
    assert (
        export_register(act=act(), viewer=ME, households=Household.objects.all(), year=2016, path=path) == 6
    )
    assert Event.objects.get(kind="people.register_exported").data["households"] == 2
    from xiangqiao.people.actions.intake import apply_batch, stage_files

    batch = stage_files(
        act=act(), viewer=ME, files=[path], source="导出", year=2016, division_code="360730000000"
    )
    assert batch.counts["person_accepted"] == 4
    applied = apply_batch(act=act(), viewer=ME, batch=batch)
    assert (rows(), applied.counts["changed"], Person.objects.count()) == (before, 0, 4)
