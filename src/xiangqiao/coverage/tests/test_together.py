"""Eight at once, on either database."""

from __future__ import annotations

from typing import Any

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.coverage import actions
from xiangqiao.coverage.actions.measure import Reading
from xiangqiao.coverage.models import Plan, Project, SpeedTicket
from xiangqiao.coverage.rules import TESTS_PER_HOUR
from xiangqiao.coverage.tests.conftest import COUNTY, NOW, SYSTEM, act
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.tests.hands import at_once


def test_eight_speed_tests_at_once_never_pass_the_limit_of_the_hour(
    transactional_db: None, person_in_post: Any
) -> None:
    create_keys()
    viewer = Viewer.of(person_in_post("MEMBER", COUNTY), NOW.date())
    for _before in range(TESTS_PER_HOUR - 1):
        actions.start_test(viewer=viewer, now=NOW)
    told = at_once(lambda _hand: actions.start_test(viewer=viewer, now=NOW))
    assert told["done"] <= 1
    assert set(told) <= {"done", "coverage.tests"}
    assert SpeedTicket.objects.count() == TESTS_PER_HOUR - 1 + told["done"]


def test_a_plan_that_eight_accept_at_once_becomes_projects_once(
    transactional_db: None, places: None, site: Any
) -> None:
    none = Reading(has_service=False)
    actions.measure(
        act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", how="TEST_SET", reading=none
    )
    plan = actions.make_plan(act=act(), viewer=SYSTEM, division_code=COUNTY)
    told = at_once(
        lambda _hand: actions.accept_plan(act=act(), viewer=SYSTEM, plan=Plan.objects.get(pk=plan.pk))
    )
    assert told == {"done": 1, "coverage.plan_taken": 7}
    assert Project.objects.filter(plan=plan).count() == len(plan.chosen) > 0
    assert not [one for one in verify().findings if one.subject.startswith("coverage.")]
