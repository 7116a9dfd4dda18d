"""The mission page: no dead row, figures of the report from the records, and figures that follow the records."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django.plugin import DjangoDbBlocker

from tests.test_main_job import NOW, County, _own_home, _quiet, county, home
from xiangqiao.clinic.models import CheckUp
from xiangqiao.commerce.models import Tenant
from xiangqiao.config import demo_steps
from xiangqiao.coverage.models import Station
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.clock import day_of
from xiangqiao.site.mission.figures import Told
from xiangqiao.site.mission.statements import STATEMENTS
from xiangqiao.site.panels import DOORS

__all__ = ["_own_home", "county", "home"]
pytestmark = pytest.mark.django_db(databases=["default", "clinic"])


@pytest.fixture(scope="module")
def season(county: County, home: Path, django_db_blocker: DjangoDbBlocker) -> None:
    """The main job, and after it a season of every programme."""
    with django_db_blocker.unblock():
        demo_steps.play(home / "demo", now=NOW, tick=_quiet)


def told() -> dict[str, Told]:
    """Return every figure by its label."""
    with override("zh-hans"):
        return {str(one.label): one for row in STATEMENTS for one in row.figures(day_of(NOW))}


def test_the_figures_of_the_report_come_out_of_the_records(season: None) -> None:
    figures = told()
    then = {
        "孵化园的商户": 148, "服务站点": 160, "有站点的乡镇": 24, "平台": 4, "网上宁都馆": 2, "村邮乐购站": 55,
        "登记在册的基站": 963, "远程会诊的病人": 14, "参加体检": 1053,
    }  # fmt: skip
    assert {name: figures[name].then for name in then} == then
    assert "1562" in str(figures["参加体检"].of)
    assert "67.4%" in str(figures["参加体检"].of)
    declared = {row.then for row in figures.values() if row.declared}
    assert {46_000, 395_400, 48_800, 100} <= declared


def test_a_figure_follows_its_records(season: None) -> None:
    CheckUp.objects.order_by("-id").first().delete()  # type: ignore[union-attr]
    before = told()["孵化园的商户"].now
    Tenant.objects.filter(pk=Tenant.objects.filter(left_on__isnull=True).order_by("-id")[:1]).update(
        left_on=day_of(NOW)
    )
    gone = Station.objects.order_by("-id").first()
    assert gone is not None
    gone.retired_on = day_of(NOW)
    gone.save()
    figures = told()
    assert (figures["参加体检"].then, figures["登记在册的基站"].now) == (1052, 962)
    assert before is not None
    assert figures["孵化园的商户"].now == before - 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_statement_is_without_a_screen_and_a_figure(language: str, season: None) -> None:
    client = Client(headers={"accept-language": language})
    page = client.get(reverse("site:mission"))
    assert page.status_code == 200
    for row in STATEMENTS:
        assert any(one.now is not None for one in row.figures(day_of(NOW))), row.key
        for _text, name in row.anchors:
            # Open to the public, or a door that leads to the sign-in: an address that is there.
            assert client.get(reverse(name)).status_code in {200, 302}, name
    for door in DOORS:
        assert client.get(reverse(door.url_name)).status_code in {200, 302}, door.url_name


def test_the_search_of_the_public_finds_what_the_public_may_read(season: None) -> None:
    page = Client().get(reverse("site:home"), {"q": "脐橙"})
    assert page.status_code == 200
    assert "脐橙" in page.content.decode()


def test_what_the_season_did_agrees_with_the_log(season: None) -> None:
    assert verify().findings == []
