"""What an import promises, at the actions' interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import keyring
from xiangqiao.kernel.merkle import merkle_root
from xiangqiao.kernel.models import Change, Event, Source
from xiangqiao.kernel.record import Act, recording
from xiangqiao.kernel.values import digest
from xiangqiao.ledger.models import IncomeLine
from xiangqiao.people.actions.intake import apply_batch, discard_batch, stage_files, undo_batch
from xiangqiao.people.models import (
    Batch,
    Household,
    HouseholdYear,
    Membership,
    Person,
    PersonYear,
    Problem,
    Question,
)
from xiangqiao.people.secrets import blind, opened
from xiangqiao.people.tests.sheets import CODE, DIVISIONS, citizen, household, person, write
from xiangqiao.places.actions import DivisionRow, load_divisions

ME = SystemViewer("测试")
TABLES = (Household, HouseholdYear, Membership, Person, PersonYear, IncomeLine)
Rows = Sequence[Mapping[str, str]]

HOMES = (household("H1"), household("H2", phone=""))
PEOPLE = (
    person("H1", "甲一", 1),
    person("H1", "甲二", 2, "配偶", sex="女"),
    person("H2", "乙一", 3),
    person("H2", "乙二", 4, "之子"),
)


def act(source: Source = Source.IMPORT, year: int = 2017) -> Act:
    return Act(by=ME, at=datetime(year, 3, 1, tzinfo=UTC), source=source)


@pytest.fixture
def village(county: None) -> None:
    load_divisions(act=act(), viewer=ME, rows=[DivisionRow(*row) for row in DIVISIONS])


def staged(folder: Path, homes: Rows = HOMES, people: Rows = PEOPLE, year: int = 2016) -> Batch:
    files = write(folder / "files", homes, people)
    return stage_files(
        act=act(), viewer=ME, files=files, source="扶贫办", year=year, division_code="360730000000"
    )


def imported(folder: Path, homes: Rows = HOMES, people: Rows = PEOPLE, year: int = 2016) -> Batch:
    return apply_batch(act=act(), viewer=ME, batch=staged(folder, homes, people, year))


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in TABLES}


def other(homes: Rows = HOMES, **facts: str) -> Rows:
    return [{**homes[0], **facts}, *homes[1:]]


def at_the_desk(row: Household | Membership, year: int = 2017, **values: Any) -> None:
    with recording("people.tested", act(Source.DESK, year)) as record:
        record.change(row, **values)


@pytest.mark.usefixtures("village")
def test_a_workbook_becomes_households_people_years_and_income(tmp_path: Path) -> None:
    batch = imported(tmp_path)
    assert batch.counts["problems"] == 0
    assert rows() == {
        "Household": 2,
        "HouseholdYear": 2,
        "Membership": 4,
        "Person": 4,
        "PersonYear": 4,
        "IncomeLine": 4,
    }
    home = Household.objects.get(household_no="H1")
    assert (home.division_code, home.head_name, home.head_pinyin, home.size) == (CODE, "甲一", "jy", 2)
    assert (opened("phone", home), home.phone_mask, home.cause_main) == ("13800138000", "••••00", "SKILL")
    assert home.years.get().land_arable == 250
    wage = IncomeLine.objects.get(owner=home.public_id, line="income_wage_fen")
    assert (wage.amount_fen, wage.evidence, wage.year) == (1_200_000, "DECLARED", 2016)
    someone = Person.objects.get(id_number_hash=blind("id_number", citizen(1)))
    assert (someone.name, opened("id_number", someone)) == ("甲一", citizen(1))


@pytest.mark.usefixtures("village")
def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path)
    before = rows()
    again = imported(tmp_path)
    assert (rows(), Change.objects.exclude(subject_kind="places.division").count()) == (before, 0)
    assert not Question.objects.exists()
    assert again.merkle_root == ""


@pytest.mark.usefixtures("village")
def test_the_batch_proves_its_rows(tmp_path: Path) -> None:
    batch = imported(tmp_path)
    found = [row for model in TABLES for row in model._default_manager.all()]
    assert all(row.origin_digest == digest(row.recorded_state()) for row in found)
    assert batch.merkle_root == merkle_root(row.origin_digest for row in found)
    event = Event.objects.get(kind="people.batch_applied")
    assert (event.data["merkle_root"], event.data["files"]) == (batch.merkle_root, batch.files)


@pytest.mark.usefixtures("village")
def test_a_newer_file_changes_what_differs_and_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    imported(tmp_path)
    homes = other(phone="13900139000", cause_main="", income_wage_fen="13000", group_name="上屋组")
    imported(tmp_path, homes)
    home = Household.objects.get(household_no="H1")
    assert (opened("phone", home), home.cause_main, home.group_name, home.version) == (
        "13900139000",
        "SKILL",
        "上屋组",
        3,
    )
    assert IncomeLine.objects.get(owner=home.public_id, line="income_wage_fen").amount_fen == 1_300_000
    told = set(Change.objects.filter(event__kind="people.batch_applied").values_list("attribute", flat=True))
    assert told == {"phone_hash", "group_name", "amount_fen"}


@pytest.mark.usefixtures("village")
def test_what_was_verified_at_the_desk_is_not_overwritten_but_asked(tmp_path: Path) -> None:
    imported(tmp_path)
    home = Household.objects.get(household_no="H1")
    at_the_desk(home, cause_main="ILLNESS")
    for _ in range(2):
        imported(tmp_path, other(phone="13900139000"))
    home.refresh_from_db()
    assert home.cause_main == "ILLNESS"
    question = Question.objects.get()
    assert (question.attribute, question.present, question.offered, question.why) == (
        "cause_main",
        "ILLNESS",
        "SKILL",
        "VERIFIED",
    )


@pytest.mark.usefixtures("village")
def test_who_vanished_moved_or_leads_now_is_asked_and_nobody_is_removed(tmp_path: Path) -> None:
    imported(tmp_path)
    moved = {**PEOPLE[3], "household_no": "H1"}
    head = [{**PEOPLE[1], "relation": "户主"}, {**PEOPLE[0], "relation": "配偶"}]
    imported(tmp_path, HOMES, [*head, PEOPLE[2], moved])
    assert Membership.objects.filter(valid_to=None).count() == 4
    assert set(Question.objects.values_list("why", flat=True)) == {"MOVED"}
    assert Household.objects.get(household_no="H1").head_name == "甲二"
    imported(tmp_path, HOMES, [*head, PEOPLE[2]])
    assert Question.objects.filter(why="VANISHED").count() == 1


@pytest.mark.usefixtures("village")
def test_undo_takes_back_what_nobody_touched(tmp_path: Path) -> None:
    batch = imported(tmp_path)
    undo_batch(act=act(), viewer=ME, batch=batch)
    assert set(rows().values()) == {0}
    told = Change.objects.filter(event__kind="people.batch_undone", attribute="*").values_list(
        "old", flat=True
    )
    assert merkle_root(str(one) for one in told) == batch.merkle_root
    undo_batch(act=act(), viewer=ME, batch=batch)
    imported(tmp_path)
    assert rows()["Person"] == 4


@pytest.mark.usefixtures("village")
def test_undo_leaves_a_touched_household_and_asks(tmp_path: Path) -> None:
    batch = imported(tmp_path)
    at_the_desk(Household.objects.get(household_no="H2"), group_name="下屋组")
    undo_batch(act=act(), viewer=ME, batch=batch)
    assert rows() == {
        "Household": 1,
        "HouseholdYear": 1,
        "Membership": 2,
        "Person": 2,
        "PersonYear": 2,
        "IncomeLine": 2,
    }
    assert [(q.why, q.present) for q in Question.objects.all()] == [("TOUCHED", "H2")]


@pytest.mark.usefixtures("village")
def test_undo_of_a_second_file_puts_old_values_back(tmp_path: Path) -> None:
    imported(tmp_path)
    before = {row.pk: row.recorded_state() for row in Household.objects.all()}
    head = [{**PEOPLE[1], "relation": "户主"}, {**PEOPLE[0], "relation": "配偶"}]
    newcomer = person("H2", "乙三", 5, "之女", sex="女")
    second = imported(
        tmp_path, other(phone="13900139000", group_name="上屋组"), [*head, *PEOPLE[2:], newcomer]
    )
    assert Household.objects.get(household_no="H2").size == 3
    at_the_desk(Household.objects.get(household_no="H1"), group_name="下屋组")
    undo_batch(act=act(), viewer=ME, batch=second)
    home = Household.objects.get(household_no="H1")
    assert (opened("phone", home), home.head_name, home.group_name) == ("13800138000", "甲一", "下屋组")
    assert home.recorded_state() == {**before[home.pk], "group_name": "下屋组"}
    assert Household.objects.get(household_no="H2").size == 2
    assert [q.why for q in Question.objects.all()] == ["CHANGED_SINCE"]


@pytest.mark.usefixtures("village")
def test_a_bad_row_stays_out_with_its_problem_at_its_cell_and_is_over_once_mended(tmp_path: Path) -> None:
    bad = [{**PEOPLE[1], "id_number": citizen(2)[:-1] + "?"}, PEOPLE[0], *PEOPLE[2:]]
    imported(tmp_path, HOMES, bad)
    problem = Problem.objects.get(severity="error")
    assert (problem.household_no, problem.row, problem.state, problem.division_code) == (
        "H1",
        2,
        "OPEN",
        CODE,
    )
    assert problem.household == Household.objects.get(household_no="H1").public_id
    imported(tmp_path)
    problem.refresh_from_db()
    assert (problem.state, Person.objects.count()) == ("MENDED", 4)


@pytest.mark.usefixtures("village")
def test_nothing_personal_lies_in_clear_on_the_disk(tmp_path: Path) -> None:
    batch = staged(tmp_path)
    kept = [path for path in Path(settings.HOME).rglob("*") if path.is_file() and path.suffix == ".sealed"]
    assert kept
    for path in kept:
        assert citizen(1).encode() not in path.read_bytes()
    discard_batch(act=act(), viewer=ME, batch=batch)
    assert not list((Path(settings.HOME) / "staging").glob("*"))
    keyring.forget()
