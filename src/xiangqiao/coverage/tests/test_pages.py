"""Every page of coverage opens in both languages, with something on it, for those who may; others are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from xiangqiao.coverage import actions
from xiangqiao.coverage.models import FieldReport, ListBatch, Plan, Project, Station
from xiangqiao.coverage.tests.conftest import COUNTY, SYSTEM, act
from xq_demo.coverage import FILES, Lists, station_lists

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


def addresses(batch: ListBatch, site: Any, plan: Plan, project: Project) -> list[str]:
    """The pages of the office."""
    named = ("desk", "stations", "map", "geojson", "points", "villages", "lists", "reports", "plans")
    return [
        *(reverse(f"coverage:{name}") for name in named),
        reverse("coverage:point", args=[site.public_id]),
        reverse("coverage:batch", args=[batch.public_id]),
        reverse("coverage:plan", args=[plan.public_id]),
        reverse("coverage:project", args=[project.public_id]),
        reverse("coverage:map") + f"?plan={plan.public_id}",
        reverse("coverage:geojson") + f"?plan={plan.public_id}",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_office_opens_every_page(
    checked: tuple[ListBatch, Lists], site: Any, signed_in: SignedIn, language: str
) -> None:
    report = actions.tell(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", words="没信号")
    actions.answer_report(act=act("谢谢"), viewer=SYSTEM, report=report, state="TAKEN")
    actions.tell(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", words="还是没信号")
    plan = actions.make_plan(act=act(), viewer=SYSTEM, division_code=COUNTY)
    project = actions.accept_plan(act=act(), viewer=SYSTEM, plan=plan)[0]
    client = signed_in("NETWORK_OFFICE", COUNTY)
    client.cookies["django_language"] = language
    for address in addresses(checked[0], site, plan, project):
        answer = client.get(address)
        assert answer.status_code == 200, address
    stranger = signed_in("TEACHER", "360730100701")
    assert stranger.get(reverse("coverage:desk")).status_code == 403


def test_a_list_goes_the_whole_way_by_pages(places: None, signed_in: SignedIn, tmp_path: Path) -> None:
    station_lists(tmp_path)
    client = signed_in("NETWORK_OFFICE", COUNTY)
    name = next(iter(FILES))
    file = SimpleUploadedFile(name, (tmp_path / name).read_bytes())
    sent = client.post(reverse("coverage:upload"), {"files": [file], "datum": "GCJ02"})
    assert sent.status_code == 302
    batch = ListBatch.objects.get()
    # A page lay open while the lists were checked anew: it is told so, and led to the new result.
    stale = [pair.public_id for pair in batch.pairs.filter(verdict="DOUBTFUL")]
    actions.check_lists(act=act(), viewer=SYSTEM, batch=batch)
    for one in stale[:1]:
        led = client.post(reverse("coverage:settle", args=[one]), {"decision": "DIFFERENT"}, follow=True)
        assert "刚刚重新核对过" in led.content.decode()
    for pair in batch.pairs.filter(verdict="DOUBTFUL"):
        client.post(reverse("coverage:settle", args=[pair.public_id]), {"decision": "DIFFERENT"})
    client.post(reverse("coverage:apply", args=[batch.public_id]), {"key": str(uuid4())})
    assert Station.objects.count() == batch.files.get().listed.filter(is_good=True).count()
    client.post(reverse("coverage:undo", args=[batch.public_id]), {"key": str(uuid4())})
    assert not Station.objects.exists()
    refused = client.post(reverse("coverage:upload"), {"datum": "GCJ02"})
    assert refused.status_code == 422


def test_a_villager_tells_and_tests_and_sees_no_station(site: Any, signed_in: SignedIn) -> None:
    client = signed_in("MEMBER", COUNTY)
    for at in ("", "?at=360730100000", "?at=360730100701"):
        assert client.get(reverse("coverage:tell") + at).status_code == 200
    here = reverse("coverage:tell_here", args=[site.public_id])
    assert client.get(here).status_code == 200
    assert client.post(here, {"service": "MOBILE", "words": "没有"}).status_code == 302
    speed = reverse("coverage:speed", args=[site.public_id])
    ticket = client.get(speed).context["ticket"]
    assert len(client.get(reverse("coverage:speed_down", args=[ticket])).content) == 512 * 1024
    up = reverse("coverage:speed_up", args=[ticket])
    assert client.post(up, b"x" * 1000, content_type="application/octet-stream").status_code == 204
    assert client.post(up, b"x" * 600_000, content_type="application/octet-stream").status_code == 429
    result = {"service": "MOBILE", "ticket": ticket, "down_kbps": 9000, "up_kbps": 2000, "latency_ms": 40}
    assert client.post(speed, result).status_code == 302
    assert FieldReport.objects.count() == 2
    assert client.get(reverse("coverage:geojson")).status_code == 403


def test_masts_are_on_the_map_of_the_office_alone(
    checked: tuple[ListBatch, Lists], signed_in: SignedIn
) -> None:
    batch = checked[0]
    batch.pairs.filter(verdict="DOUBTFUL").update(decision="DIFFERENT")
    actions.apply_lists(act=act(), viewer=SYSTEM, batch=batch)
    layers = {}
    for role, division in (("NETWORK_OFFICE", COUNTY), ("COUNTY_OFFICE", COUNTY)):
        found = signed_in(role, division).get(reverse("coverage:geojson")).json()
        layers[role] = {one["properties"]["layer"] for one in found["features"]}
    assert layers == {"NETWORK_OFFICE": {"township", "point", "mast"}, "COUNTY_OFFICE": {"township", "point"}}
