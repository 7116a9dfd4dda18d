"""Lists: read, compared, settled by a person, applied once, taken back. From the messy lists come 963 stations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.actions.lists import Given
from xiangqiao.coverage.models import ListBatch, Mast, Pair, Station
from xiangqiao.coverage.tests.conftest import COUNTY, SYSTEM, act
from xiangqiao.kernel.audit import Report
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.replay import check_rows
from xq_demo.coverage import FILES, Lists

pytestmark = pytest.mark.django_db
Checked = tuple[ListBatch, Lists]


def settle(batch: ListBatch, truth: Lists) -> None:
    """Settle every doubtful pair as the generator knows it."""
    for pair in queries.open_pairs(batch):
        right = pair.right
        assert right is not None
        said = [truth.truth[one.file.name][one.row] for one in (pair.left, right)]
        decision = "SAME" if said[0] == said[1] else "SHARED" if pair.distance_m < 200 else "DIFFERENT"
        actions.settle_pair(act=act("看过现场"), viewer=SYSTEM, pair=pair, decision=decision)


def unlogged() -> list[object]:
    """Return what the log cannot explain of the recorded rows."""
    report = Report()
    check_rows(report, lambda *_steps: None)
    return [one for one in report.findings if "places." not in str(one.subject)]


def test_963_stations_come_of_the_messy_lists_and_each_duplicate_is_explained(checked: Checked) -> None:
    batch, truth = checked
    assert batch.counts["good"] == batch.counts["rows"] - 6
    with pytest.raises(ActionError, match="没有确认"):
        actions.apply_lists(act=act(), viewer=SYSTEM, batch=batch)
    settle(batch, truth)
    applied = actions.apply_lists(act=act(), viewer=SYSTEM, batch=batch)
    counts = queries.station_counts(SYSTEM)
    assert counts.total == Station.objects.count() == 963
    # Each merged row is a duplicate in truth, and a pair says why.
    assert applied.counts["merged"] == len({p.right_id for p in queries.explanations(batch)}) > 60
    assert all(pair.reasons for pair in queries.explanations(batch))
    assert 0 < counts.shared < counts.masts
    again = actions.apply_lists(act=act(), viewer=SYSTEM, batch=batch)
    assert (again.state, Station.objects.count()) == ("APPLIED", 963)


def test_the_same_lists_again_add_nothing_and_an_undone_batch_leaves_nothing(
    checked: Checked, tmp_path: Path
) -> None:
    batch, truth = checked
    settle(batch, truth)
    actions.apply_lists(act=act(), viewer=SYSTEM, batch=batch)
    name = list(FILES)[3]
    again = actions.take_lists(
        act=act(), viewer=SYSTEM, division_code=COUNTY, files=[Given(tmp_path / name, *FILES[name])]
    )
    again = actions.check_lists(act=act(), viewer=SYSTEM, batch=again)
    for pair in queries.open_pairs(again):
        decision = "SAME" if pair.distance_m < 1000 else "DIFFERENT"
        actions.settle_pair(act=act(), viewer=SYSTEM, pair=pair, decision=decision)
    actions.apply_lists(act=act(), viewer=SYSTEM, batch=again)
    assert Station.objects.count() == 963
    assert unlogged() == []
    actions.undo_lists(act=act(), viewer=SYSTEM, batch=again)
    actions.undo_lists(act=act(), viewer=SYSTEM, batch=batch)
    assert not Station.objects.exists()
    assert not Mast.objects.exists()
    assert unlogged() == []


def test_two_operators_are_never_one_station_and_an_applied_list_takes_no_more_answers(
    checked: Checked,
) -> None:
    batch, truth = checked
    pair = Pair.objects.filter(batch=batch, verdict="DOUBTFUL").exclude(
        left__operator="CMCC", right__operator="CMCC"
    )
    two = next(one for one in pair if one.right and one.left.operator != one.right.operator)
    with pytest.raises(ActionError, match="不会是同一个"):
        actions.settle_pair(act=act(), viewer=SYSTEM, pair=two, decision="SAME")
    settle(batch, truth)
    actions.apply_lists(act=act(), viewer=SYSTEM, batch=batch)
    with pytest.raises(Conflict):
        actions.settle_pair(act=act(), viewer=SYSTEM, pair=two, decision="SHARED")


def test_an_answer_about_lists_that_were_checked_anew_meanwhile_is_refused(checked: Checked) -> None:
    batch, _truth = checked
    seen = Pair.objects.filter(batch=batch, verdict="DOUBTFUL")[0]
    actions.check_lists(act=act(), viewer=SYSTEM, batch=batch)
    with pytest.raises(Conflict, match="重新核对"):
        actions.settle_pair(act=act(), viewer=SYSTEM, pair=seen, decision="DIFFERENT")


def test_a_list_without_datum_or_headings_is_refused_with_a_sentence(places: None, tmp_path: Path) -> None:
    path = tmp_path / "移动.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    given = Given(path, "CMCC", "WGS84")
    for wrong, words in (
        (replace(given, datum=""), "坐标系"),
        (given, "表头"),
        (replace(given, operator="XX"), "哪家"),
    ):
        with pytest.raises(ActionError, match=words):
            actions.take_lists(act=act(), viewer=SYSTEM, division_code=COUNTY, files=[wrong])


def test_a_column_set_by_hand_counts(checked: Checked) -> None:
    batch, _truth = checked
    file = batch.files.first()
    assert file is not None
    columns = {fact: at for fact, at in file.columns.items() if fact != "lat"}
    actions.set_columns(act=act(), viewer=SYSTEM, batch=batch, columns={file.pk: columns})
    found = actions.check_lists(act=act(), viewer=SYSTEM, batch=batch)
    assert found.counts["problems"]["PLACE.MISSING"] > 300
    with pytest.raises(ActionError):
        actions.set_columns(act=act(), viewer=SYSTEM, batch=batch, columns={file.pk: {"lat": 99}})
