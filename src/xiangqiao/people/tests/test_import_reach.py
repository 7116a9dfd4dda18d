"""An import reaches as far as the division it was uploaded for: whoever uploads it cannot write beyond."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act
from xiangqiao.people.actions.intake import apply_batch, stage_files
from xiangqiao.people.models import Batch, Household, Person, Problem, Question
from xiangqiao.people.tests.sheets import TOWNSHIP, household, person, write
from xiangqiao.places.actions import DivisionRow, load_divisions

COUNTY, OWN, OTHER = "360730000000", "360730901000", "360730902000"
THERE = {"township": "赖村镇", "village": "莲子村"}
DIVISIONS = (
    (COUNTY, "宁都县"), (OWN, TOWNSHIP), ("360730901701", "樟溪村"), (OTHER, "赖村镇"), ("360730902701", "莲子村"),
)  # fmt: skip
Import = Callable[..., Batch]


@pytest.fixture
def bring(county: None, person_in_post: Callable[..., Any], tmp_path: Path) -> Import:
    """Import as the clerk of a division: `bring(division, homes, people)`."""
    people = {
        COUNTY: person_in_post("COUNTY_OFFICE", COUNTY),
        OWN: person_in_post("TOWNSHIP_CLERK", OWN),
    }
    system = SystemViewer("测试")
    load_divisions(act=Act(system, clock.now()), viewer=system, rows=[DivisionRow(*row) for row in DIVISIONS])

    def run(division: str, homes: Any, members: Any, *, meanwhile: Callable[[], object] = list) -> Batch:
        viewer = Viewer.of(people[division], clock.today())
        act = Act(viewer, clock.now())
        files = write(tmp_path / f"{Batch.objects.count()}", homes, members)
        batch = stage_files(
            act=act, viewer=viewer, files=files, source="报表", year=2025, division_code=division
        )
        meanwhile()
        return apply_batch(act=act, viewer=viewer, batch=batch)

    return run


def told(batch: Batch) -> list[tuple[str, str, str]]:
    rows = Problem.objects.filter(batch=batch).values_list("code", "column", "row", "division_code")
    return [(code, f"{column}{row}", division) for code, column, row, division in rows]


def test_a_township_cannot_bring_in_households_of_another_and_is_told_so_at_the_cell(bring: Import) -> None:
    batch = bring(
        OWN, [household("H1"), household("H9", **THERE)], [person("H1", "甲", 1), person("H9", "乙", 2)]
    )
    assert list(Household.objects.values_list("household_no", flat=True)) == ["H1"]
    assert told(batch) == [("PLACE.BEYOND", "C3", OWN)]
    assert Person.objects.count() == 1


def test_problems_carry_the_village_that_the_file_names(bring: Import) -> None:
    batch = bring(OWN, [household("H1", cause_main="因病")], [person("H1", "甲", 1)])
    assert [place for *_, place in told(batch)] == ["360730901701"]


def test_what_became_anothers_after_the_check_is_refused_when_it_is_applied(bring: Import) -> None:
    def there() -> None:
        bring(COUNTY, [household("H9", **THERE)], [person("H9", "乙", 2)])

    with pytest.raises(ActionError, match="H9"):
        bring(OWN, [household("H9")], [person("H9", "甲", 1)], meanwhile=there)
    assert Household.objects.get().division_code == "360730902701"


@pytest.mark.parametrize("claimed", [THERE, {}])
def test_a_township_cannot_rewrite_or_take_over_a_household_of_another(
    bring: Import, claimed: dict[str, str]
) -> None:
    bring(COUNTY, [household("H9", **THERE)], [person("H9", "乙", 2)])
    before = Household.objects.values().get()
    batch = bring(OWN, [household("H9", phone="13900139000", **claimed)], [person("H9", "乙", 2)])
    assert Household.objects.values().get() == before
    assert [code for code, *_ in told(batch)] == ["PLACE.BEYOND" if claimed else "ROW.ELSEWHERE"]


def test_people_of_another_township_are_asked_about_and_not_changed(bring: Import) -> None:
    bring(COUNTY, [household("H9", **THERE)], [person("H9", "乙", 2, health="健康")])
    before = Person.objects.values().get()
    bring(OWN, [household("H1")], [person("H1", "甲", 1), person("H1", "张冠李戴", 2, "配偶", health="残疾")])
    assert Person.objects.values().get(pk=before["id"]) == before
    assert Person.objects.get(pk=before["id"]).years.get().health == "HEALTHY"
    assert list(Question.objects.values_list("why", flat=True)) == ["MOVED"]


def test_members_alone_of_another_townships_household_are_told_at_their_rows(
    bring: Import, person_in_post: Callable[..., Any], tmp_path: Path
) -> None:
    bring(COUNTY, [household("H9", **THERE)], [person("H9", "乙", 2)])
    viewer = Viewer.of(person_in_post("TOWNSHIP_CLERK", OWN), clock.today())
    file = write(tmp_path / "alone", [household("H9")], [person("H9", "丙", 3, "之子")])[1]
    act = Act(viewer, clock.now())
    batch = stage_files(act=act, viewer=viewer, files=[file], source="报表", year=2025, division_code=OWN)
    assert told(batch) == [("ROW.ELSEWHERE", "A2", OWN)]
    assert batch.counts["person_accepted"] == 0


def test_only_the_county_brings_in_units_and_cadres(
    bring: Import, person_in_post: Callable[..., Any], tmp_path: Path
) -> None:
    viewer = Viewer.of(person_in_post("TOWNSHIP_CLERK", OWN), clock.today())
    file = tmp_path / "单位.csv"
    file.write_text("单位名称,隶属关系,联系人,联系电话\n县果业局,县属,甲,13800138000\n", encoding="utf-8")
    act = Act(viewer, clock.now())
    batch = stage_files(act=act, viewer=viewer, files=[file], source="报表", year=2025, division_code=OWN)
    assert "ROW.COUNTY_ONLY" in [code for code, *_ in told(batch)]
    assert batch.counts["unit_accepted"] == 0


def test_the_county_imports_for_every_township(bring: Import) -> None:
    bring(COUNTY, [household("H1"), household("H9", **THERE)], [person("H1", "甲", 1), person("H9", "乙", 2)])
    assert Household.objects.count() == 2
