"""A season of coverage: points, five messy lists, evidence, reports by villagers, a plan that is built and accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from xiangqiao.config.season.stage import DEMO, Stage
from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.actions.lists import Given
from xiangqiao.coverage.actions.measure import Reading
from xiangqiao.coverage.models import ListBatch, Pair, Project
from xiangqiao.places import queries as places
from xiangqiao.places.actions import add_sites, read_sites
from xq_demo.coverage import FILES, Lists, station_lists
from xq_demo.points import points, write_points

# What the county declared; it stands beside what is registered. Source: news report of 2016-12-01, figures as of 2016-11-29.
DECLARED = {
    "CABLE_KM": 46_000,
    "MOBILE_USERS": 395_400,
    "BROADBAND_USERS": 48_800,
    "VILLAGES_REACHED": 100,
    "STATIONS": 963,
}
DECLARED_ON, DECLARED_BY = date(2016, 11, 29), "县工信部门申报（2016-12-01 报道）"
OFFICE = "wangxin"


def play(stage: Stage) -> None:
    """Play the season; the demo's office acts, villagers and the keeper report."""
    for code, value in DECLARED.items():
        actions.declare(
            act=stage.act(OFFICE, 170),
            viewer=stage.viewer(OFFICE),
            code=code,
            value=value,
            as_of=DECLARED_ON,
            source=DECLARED_BY,
        )
    _points(stage)
    _lists(stage)
    _broadband(stage)
    actions.predict(act=stage.act(OFFICE, 150), viewer=stage.viewer(OFFICE))
    _reports(stage)
    _plan(stage)
    _connect(stage)


def _points(stage: Stage) -> None:
    villages = [(one.code, one.name, one.parent_code) for one in places.villages_below(stage.county)]
    path = stage.folder / "点位清单.csv"
    write_points(path, points(villages))
    add_sites(act=stage.act(OFFICE, 160), viewer=stage.viewer(OFFICE), rows=read_sites(path))


def _lists(stage: Stage) -> ListBatch:
    """Take in the five lists, settle what is doubtful as a person who went there would, apply."""
    viewer, act = stage.viewer(OFFICE), stage.act(OFFICE, 155)
    truth = station_lists(stage.folder)
    files = [Given(stage.folder / name, operator, datum) for name, (operator, datum) in FILES.items()]
    batch = actions.take_lists(act=act, viewer=viewer, division_code=stage.county, files=files)
    batch = actions.check_lists(act=act, viewer=viewer, batch=batch)
    for pair in queries.open_pairs(batch):
        decision, reason = _seen(truth, pair)
        actions.settle_pair(act=replace(act, reason=reason), viewer=viewer, pair=pair, decision=decision)
    return actions.apply_lists(act=act, viewer=viewer, batch=batch)


def _seen(truth: Lists, pair: Pair) -> tuple[str, str]:
    """What somebody who went and looked found."""
    if pair.right is None:
        return "DIFFERENT", "现场看过，是另一处"
    left, right = (truth.truth[one.file.name][one.row] for one in (pair.left, pair.right))
    if left == right:
        return "SAME", "电话问过运营商，换过站号"
    return (
        ("SHARED", "现场看过，同一座塔") if pair.distance_m < 200 else ("DIFFERENT", "站号抄错，运营商已确认")
    )


def _broadband(stage: Stage) -> None:
    """Measure broadband at the public points of three villages in four; the demo village is among them."""
    viewer = stage.viewer(OFFICE)
    for number, village in enumerate(places.villages_below(stage.township)):
        if number % 4 == 3:
            continue
        for one in places.sites(village.code, kinds=("OFFICE", "SCHOOL", "CLINIC")):
            actions.measure(
                act=stage.act(OFFICE, 140 - number % 20), viewer=viewer, site=one.public_id, service="FIBRE", how="TEST_SET",
                operator="CTCC", reading=Reading(has_service=True, down_kbps=48_000, up_kbps=9_500, latency_ms=14),
            )  # fmt: skip


def _reports(stage: Stage) -> None:
    """A villager and the keeper tell; the office takes one, sets one aside, and two wait."""
    hamlets = list(places.sites(stage.village, kinds=("HAMLET",)))
    office = stage.viewer(OFFICE)
    told = []
    for days, who, words, hamlet in (
        (60, "cunmin", "屋后没信号，要走到晒谷坪才有一格", hamlets[0]), (45, "zhanzhang", "老人说打不通电话", hamlets[-1]),
        (6, "cunmin", "下雨天就断", hamlets[1]), (3, "zhanzhang", "扫码付款转圈", hamlets[0]),
    ):  # fmt: skip
        told.append(
            actions.tell(
                act=stage.act(who, days, 18),
                viewer=stage.viewer(who),
                site=hamlet.public_id,
                service="MOBILE",
                operator="CMCC",
                words=words,
                for_somebody=who == "zhanzhang",
            )
        )
    answers = (("TAKEN", "已记下，列入今年的补点方案"), ("SET_ASIDE", "那两天基站停电检修，已恢复"))
    for report, (state, words) in zip(told, answers, strict=False):
        actions.answer_report(
            act=stage.act(OFFICE, 40, reason=words), viewer=office, report=report, state=state
        )


def _plan(stage: Stage) -> None:
    """Close the gaps on paper; build the site that helps the demo village most, measure and accept it."""
    viewer = stage.viewer(OFFICE)
    plan = actions.make_plan(act=stage.act(OFFICE, 38), viewer=viewer, division_code=stage.county)
    projects = actions.accept_plan(act=stage.act(OFFICE, 36), viewer=viewer, plan=plan)
    own = {str(one.public_id) for one in places.sites(stage.village)}
    best = max(projects, key=lambda project: (len(own & set(project.targets)), -project.pk))
    if not own & set(best.targets):
        return
    built = (stage.now - timedelta(days=14)).date()
    actions.mark_built(act=stage.act(OFFICE, 13), viewer=viewer, project=best, on=built)
    _measured(stage, best)
    actions.accept_project(
        act=stage.act(OFFICE, 9, 16), viewer=viewer, project=best, households=stage.households[:2]
    )


def _measured(stage: Stage, project: Project) -> None:
    for number, key in enumerate(project.targets):
        reading = Reading(
            has_service=True, down_kbps=31_000, up_kbps=6_200, latency_ms=42, level_dbm=-88 - number % 9
        )
        actions.measure(
            act=stage.act(OFFICE, 10), viewer=stage.viewer(OFFICE), site=UUID(key), service="MOBILE", how="THIRD_PARTY",
            operator="CMCC", reading=reading,
        )  # fmt: skip


def _connect(stage: Stage) -> None:
    """Some households of the demo village take a line, the first on the discounted tariff."""
    for number, household in enumerate(stage.households[:6]):
        days = 120 - number * 15
        actions.connect_household(
            act=stage.act(OFFICE, days), viewer=DEMO, household=household, service="FIBRE", operator="CTCC",
            on=stage.ago(days).date(), discounted=number < 3,
        )  # fmt: skip
