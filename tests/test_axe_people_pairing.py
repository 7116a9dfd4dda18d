"""Every page of import, problems, questions and pairing in a browser: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.test_desk_browser import PHONE, WIDE, shown
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.record import Act
from xiangqiao.pairing.actions import propose
from xiangqiao.pairing.models import Cadre, Proposal
from xiangqiao.pairing.tests.conftest import (  # noqa: F401 - fixtures
    COUNTY,
    VILLAGE,
    divisions,
    household,
    small_county,
)
from xiangqiao.people.models import Batch, Household, Problem, Question

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
_COLUMN = {
    "letters": "A",
    "heading": "户编号",
    "entity": "household",
    "fact": "household_no",
    "confidence": 0.7,
}


def imported(home: Household) -> Batch:
    """Make an import that was checked, with a problem at the desk and a question."""
    now = datetime(2026, 11, 20, 2, tzinfo=UTC)
    facts = {
        "division_code": COUNTY,
        "source": "乡镇报表",
        "year": 2026,
        "started_label": "甲",
        "started_at": now,
    }
    counts = {
        "household_rows": 3,
        "household_accepted": 2,
        "problems": 1,
        "repairs": 2,
        "repairs_by_kind": {"date_form": 2},
    }
    checked = Batch.objects.create(
        **facts, state="CHECKED", counts=counts, files=[{"name": "农户信息_某镇.xlsx"}],
        mapping=[{"workbook": "农户信息_某镇.xlsx", "sheet": "农户", "entity": "household", "columns": [_COLUMN]}],
    )  # fmt: skip
    applied = Batch.objects.create(
        **facts, state="APPLIED", counts=counts, files=checked.files, merkle_root="a" * 64
    )
    for batch in (checked, applied):
        Problem.objects.create(
            batch=batch, division_code=VILLAGE, code="CAUSE.ILLNESS", scope="household", severity="warning",
            workbook="农户信息_某镇.xlsx", sheet="农户", row=3, column="Q", household=home.public_id,
        )  # fmt: skip
    Question.objects.create(
        batch=applied, division_code=VILLAGE, household=home.public_id, subject_kind="people.household",
        subject=home.public_id, attribute="cause_main", present="SKILL", offered="ILLNESS", why="VERIFIED",
    )  # fmt: skip
    return checked


@pytest.fixture
def paths(small_county: list[Household]) -> list[str]:  # noqa: F811
    """The addresses of all the pages, with something on each."""
    now, system = clock.now(), SystemViewer("测试")
    run = propose(act=Act(by=system, at=now), viewer=system, division_code=COUNTY, as_of=clock.day_of(now))
    row = run.proposals.filter(state=Proposal.State.OPEN)[0]
    batch = imported(small_county[0])
    applied = Batch.objects.get(state="APPLIED")
    named = [reverse(f"people:{name}") for name in ("batches", "problems", "questions")]
    return [
        *named, *(reverse("people:batch", args=[one.public_id]) for one in (batch, applied)),
        reverse("people:columns", args=[batch.public_id]), reverse("people:problems") + "?severity=error",
        *(reverse(f"pairing:{name}") for name in ("desk", "cadres", "units")),
        reverse("pairing:run", args=[run.public_id]), reverse("pairing:proposal", args=[row.public_id]),
        reverse("pairing:cadre", args=[Cadre.objects.get(name="钟立新").public_id]),
    ]  # fmt: skip


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    paths: list[str], signed_in: Callable[..., Client], language: str, elder: bool
) -> None:
    client = signed_in("COUNTY_OFFICE", COUNTY)
    client.cookies["django_language"] = language
    client.cookies["xq_elder"] = "1" if elder else "0"
    html = {path: client.get(path).content.decode() for path in paths}
    troubles: list[tuple[Any, ...]] = []
    # Closed before the database is put back: its event loop would stand in the way.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for size in (WIDE, PHONE):
            for path, page in shown(browser, html, size):
                found = Axe().run(page).response["violations"]
                troubles += [(path, size[0], one["id"], one["nodes"][0]["html"][:140]) for one in found]
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    troubles.append((path, size[0], "runs over the edge", over))
        browser.close()
    assert troubles == []
