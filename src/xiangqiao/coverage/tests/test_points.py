"""Points: standing by evidence, both definitions, reports taken or set aside, projects accepted only when measured."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.actions.measure import Reading
from xiangqiao.coverage.actions.report import SpeedResult
from xiangqiao.coverage.models import Evidence, Mast, Project, Station
from xiangqiao.coverage.rules import TEST_BYTES, TESTS_PER_HOUR
from xiangqiao.coverage.tests.conftest import COUNTY, NOW, SYSTEM, VILLAGE, act
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def station(places: None) -> Station:
    """A 4G station beside the village office."""
    mast = Mast.objects.create(name="塔", division_code=COUNTY, lon_e6=116_000_000, lat_e6=26_400_000)
    return Station.objects.create(
        mast=mast, operator="CMCC", technology="4G", name="站", division_code=COUNTY, lon_e6=116_000_000,
        lat_e6=26_400_000, datum="WGS84", source="清单",
    )  # fmt: skip


def level_of(site: Any) -> tuple[str, bool | None]:
    """What stands at a site for the signal."""
    found = queries.points_with_standing([site], TODAY)[0].mobile
    return found.level.name, found.has_service


def test_a_point_climbs_from_unknown_to_verified_by_evidence_alone(station: Station, site: Any) -> None:
    assert level_of(site) == ("UNKNOWN", None)
    actions.predict(act=act(), viewer=SYSTEM)
    assert level_of(site) == ("PREDICTED", False)
    report = actions.tell(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", words="没信号")
    assert level_of(site) == ("PREDICTED", False)
    actions.answer_report(act=act("已核对"), viewer=SYSTEM, report=report, state="TAKEN")
    assert level_of(site) == ("REPORTED", False)
    with pytest.raises(ActionError, match="先去实测"):
        actions.verify_site(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE")
    actions.measure(
        act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", how="TEST_SET", reading=Reading(has_service=True, level_dbm=-92)
    )  # fmt: skip
    actions.verify_site(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE")
    assert level_of(site) == ("VERIFIED", True)


def test_the_two_definitions_give_two_answers_over_the_same_villages(station: Station, site: Any) -> None:
    actions.predict(act=act(), viewer=SYSTEM)
    rows = queries.villages(SYSTEM, on=TODAY)
    counts = {one.definition.code: (one.yes, one.no, one.open) for one in queries.covered_counts(rows)}
    assert counts == {"MOBILE_5KM": (1, 0, 0), "MOBILE_POINTS": (0, 1, 0), "FIBRE_POINTS": (0, 0, 1)}
    reach = queries.reach_and_uptake(SYSTEM, rows[0].known)[0]
    assert (reach.reached, reach.listed, reach.connected) == (30, 75, 0)


def test_a_report_is_answered_once_and_setting_aside_needs_a_reason(site: Any) -> None:
    report = actions.tell(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE")
    with pytest.raises(ActionError, match="原因"):
        actions.answer_report(act=act(), viewer=SYSTEM, report=report, state="SET_ASIDE")
    actions.answer_report(act=act("那天停电"), viewer=SYSTEM, report=report, state="SET_ASIDE")
    with pytest.raises(Conflict):
        actions.answer_report(act=act("再看"), viewer=SYSTEM, report=report, state="TAKEN")
    assert not Evidence.objects.exists()


def test_a_speed_test_has_a_ticket_of_its_own_with_so_many_bytes(site: Any, person_in_post: Any) -> None:
    viewer = Viewer.of(person_in_post("MEMBER", COUNTY), TODAY)
    ticket = actions.start_test(viewer=viewer, now=NOW).public_id
    given: dict[str, Any] = {"act": act(), "viewer": viewer, "site": site.public_id, "service": "FIBRE"}
    tested = SpeedResult(ticket, 20_000, 5_000, 30)
    with pytest.raises(ActionError, match="重新测"):
        actions.tell(**given, tested=tested)
    assert actions.spend(viewer=viewer, ticket=ticket, now=NOW, down=TEST_BYTES)
    assert not actions.spend(viewer=viewer, ticket=ticket, now=NOW, down=1)
    assert actions.spend(viewer=viewer, ticket=ticket, now=NOW, up=1000)
    report = actions.tell(**given, tested=tested)
    with pytest.raises(ActionError, match="重新测"):
        actions.tell(**given, tested=tested)
    actions.answer_report(act=act(), viewer=SYSTEM, report=report, state="TAKEN")
    found = Evidence.objects.get()
    assert (found.level, found.grade, found.has_service) == ("MEASURED", "C", True)
    for _more in range(TESTS_PER_HOUR - 1):
        actions.start_test(viewer=viewer, now=NOW)
    with pytest.raises(ActionError, match="最多测"):
        actions.start_test(viewer=viewer, now=NOW)


def test_a_plan_becomes_projects_and_none_is_accepted_unmeasured(station: Station, site: Any) -> None:
    actions.predict(act=act(), viewer=SYSTEM)
    plan = actions.make_plan(act=act(), viewer=SYSTEM, division_code=COUNTY)
    assert plan.figures["certificate"]["faults"] == []
    assert (plan.figures["exact"]["gap"], len(plan.chosen)) == (0, 1)
    project = actions.accept_plan(act=act(), viewer=SYSTEM, plan=plan)[0]
    with pytest.raises(Conflict):
        actions.accept_plan(act=act(), viewer=SYSTEM, plan=plan)
    with pytest.raises(Conflict):
        actions.accept_project(act=act(), viewer=SYSTEM, project=project)
    actions.mark_built(act=act(), viewer=SYSTEM, project=project, on=TODAY)
    with pytest.raises(ActionError, match="樟溪上屋"):
        actions.accept_project(act=act(), viewer=SYSTEM, project=project)
    later = act(at=NOW + timedelta(hours=3))
    actions.measure(
        act=later, viewer=SYSTEM, site=site.public_id, service="MOBILE", how="THIRD_PARTY", reading=Reading(has_service=True)
    )  # fmt: skip
    actions.accept_project(act=later, viewer=SYSTEM, project=project)
    assert Project.objects.get().state == "ACCEPTED"
    assert level_of(site) == ("VERIFIED", True)


def test_nobody_outside_the_office_measures_and_a_member_may_tell(site: Any, person_in_post: Any) -> None:
    member = Viewer.of(person_in_post("MEMBER", COUNTY), TODAY)
    with pytest.raises(NotAllowed):
        actions.measure(
            act=act(), viewer=member, site=site.public_id, service="MOBILE", how="TEST_SET", reading=Reading(has_service=True)
        )  # fmt: skip
    actions.tell(act=act(), viewer=member, site=site.public_id, service="MOBILE")
    assert queries.own_reports(member).count() == 1
    assert not queries.points(member).exists()
    clerk = Viewer.of(person_in_post("VILLAGE_CLERK", VILLAGE), TODAY)
    assert queries.points(clerk).count() == 4
