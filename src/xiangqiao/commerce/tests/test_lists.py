"""The operators' own lists come in as they are; figures follow; each repetition is explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

import xq_demo.places as demo
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import ImportedList, ListedRow, Station
from xiangqiao.commerce.queries.figures import figures, points_by_operator
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import Act
from xiangqiao.places.actions import load_divisions, read_divisions
from xq_demo.commerce import write_lists

COUNTY = demo.COUNTY_CODE
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
THEN, TODAY = date(2016, 11, 29), date(2026, 11, 20)
JOB = SystemViewer("测试")
ACT = Act(by=JOB, at=NOW)


def county_of(size: str, folder: Path) -> dict[str, Path]:
    """Load the demo's divisions of a size; return its lists."""
    divisions = folder / "divisions.csv"
    demo.write_divisions(divisions, demo.invented_villages(Random(1), size=size))
    load_divisions(act=ACT, viewer=JOB, rows=read_divisions(divisions, county=(COUNTY, "宁都县")))
    return write_lists(folder, divisions)


def checked(kind: str, path: Path) -> ImportedList:
    return actions.check_list(act=ACT, county=COUNTY, kind=kind, name=path.name, data=path.read_bytes())


def brought_in(paths: dict[str, Path]) -> None:
    for kind, path in paths.items():
        actions.apply_list(act=ACT, source=checked(kind, path).public_id)


@pytest.mark.parametrize(("size", "poor"), [("small", 8), ("county", 107)])
def test_the_figures_of_the_report_follow_from_the_lists(
    county: None, tmp_path: Path, size: str, poor: int
) -> None:
    brought_in(county_of(size, tmp_path))
    then = figures(JOB, THEN)
    assert (then.points, then.townships, then.operators, then.centres) == (160, 24, 4, 4)
    assert (then.post_stations, then.tenants, then.poor_villages) == (55, 148, poor)
    assert 0 < then.poor_villages_with_post <= then.poor_villages_with_point < poor
    assert sum(points_by_operator(JOB, THEN).values()) == 160
    assert figures(JOB, TODAY).points != 160


def test_a_check_writes_no_station_and_says_at_which_cell_what_is_wrong(county: None, tmp_path: Path) -> None:
    paths = county_of("small", tmp_path)
    found = checked("FEITIAN", paths["FEITIAN"])
    assert not Station.objects.exists()
    refused = found.rows.filter(outcome="REFUSED").order_by("number")
    said = [(row.number, p["column"], p["code"]) for row in refused for p in row.problems]
    assert [one[1:] for one in said] == [("F", "DAY_ODD"), ("A", "NO_CODE")]


def test_repetitions_are_merged_and_each_says_of_which_row_and_why(county: None, tmp_path: Path) -> None:
    paths = county_of("small", tmp_path)
    by_number = checked("ALIBABA", paths["ALIBABA"]).rows.get(outcome="DUPLICATE")
    by_shop = checked("JD", paths["JD"]).rows.get(outcome="DUPLICATE")
    assert (by_number.twin_why, by_number.twin[:1]) == ("CODE", "第")
    assert by_shop.twin_why == "SHOP"


def test_the_same_list_again_brings_nothing(county: None, tmp_path: Path) -> None:
    paths = county_of("small", tmp_path)
    brought_in(paths)
    before = Station.objects.count()
    again = checked("JD", paths["JD"])
    assert "NEW" not in again.counts
    actions.apply_list(act=ACT, source=again.public_id)
    assert Station.objects.count() == before
    with pytest.raises(Conflict):
        actions.apply_list(act=ACT, source=again.public_id)


def test_a_list_is_taken_back_whole_while_nobody_used_it(county: None, tmp_path: Path) -> None:
    found = checked("JD", county_of("small", tmp_path)["JD"])
    actions.apply_list(act=ACT, source=found.public_id)
    actions.undo_list(act=ACT, source=found.public_id)
    assert figures(JOB, THEN).points == 0


def test_phones_stand_in_no_cell_that_is_kept(county: None, tmp_path: Path) -> None:
    found = checked("JD", county_of("small", tmp_path)["JD"])
    rows = ListedRow.objects.filter(source=found)
    assert all("phone" not in row.read for row in rows)
    assert rows.exclude(phone_sealed=None).exists()


@pytest.mark.parametrize("data", [b"\x00\x01broken", b"a,b\n1,2\n", b""])
def test_a_file_that_is_no_list_is_refused_in_words(county: None, tmp_path: Path, data: bytes) -> None:
    county_of("small", tmp_path)
    for name in ("x.csv", "x.xlsx"):
        with pytest.raises(ActionError):
            actions.check_list(act=ACT, county=COUNTY, kind="JD", name=name, data=data)


def test_only_the_commerce_office_brings_lists_in(county: None, signed_in: Callable[..., Any]) -> None:
    from xiangqiao.accounts.viewer import Viewer

    keeper = Viewer.of(signed_in("STATION_KEEPER", "360730102201").person, TODAY)
    with pytest.raises(NotAllowed):
        actions.check_list(act=Act(by=keeper, at=NOW), county=COUNTY, kind="JD", name="a.csv", data=b"")
