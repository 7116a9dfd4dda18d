"""Every list of the house asks the database a handful of questions, as many for two rows as for forty.

The frame around a page (session, sign-in, posts, divisions with the county) is counted apart: docs/ui.md, "Lists".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.matrix import COUNTY, SAMPLES, VILLAGES, World
from xiangqiao.accounts.models import Post, User
from xiangqiao.kernel import clock

pytestmark = pytest.mark.django_db

MOST = 5
FRAME = frozenset({"django_session", "accounts_signin", "accounts_post", "places_division", "places_county"})
# Lists without a pager, since they are short by nature; and pages of figures, on which a list is one part of many.
SHORT_LISTS = frozenset({"people:batches", "policy:policies"})
FIGURES = frozenset({"desk:home", "desk:place", "pairing:desk", "commerce:reach", "commerce:park"})
OPENS = [name for name, sample in SAMPLES.items() if sample.method == "get" and sample.only is None]


def opened(client: Client, path: str) -> tuple[list[str], str]:
    """Open a page and return what it asked besides its frame (each table of it once), and its HTML.

    A page that breaks or refuses is the access matrix' affair: it has no HTML here.
    """
    client.raise_request_exception = False
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    asked = [query["sql"] for query in seen.captured_queries]
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    html = answer.content.decode() if is_page else ""
    frame: set[str] = set()
    own: list[str] = []
    for sql in asked:
        table = table_of(sql)
        if table in FRAME - frame:
            frame.add(table)
        elif table:
            own.append(sql)
    return own, html


def table_of(sql: str) -> str:
    """Return the table that a statement is about, nothing for the bounds of a transaction."""
    found = re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)
    return found[1] if found else ""


def is_list(name: str, html: str) -> bool:
    """Return whether a page is a list: rows that page or are counted, or one of the short ones."""
    pages = 'class="pager"' in html or 'class="table-count"' in html
    return name not in FIGURES and (pages or (name in SHORT_LISTS and bool(html)))


class Filled:
    """A small county that grows: the objects of the access matrix, and more of each."""

    def __init__(self) -> None:
        person = User.objects.create(
            username="somebody", name="某人", must_change_password=False, has_totp=True
        )
        self.world = World(person)
        self.village = VILLAGES["own"]
        for name in OPENS:
            SAMPLES[name].kwargs(self.world, self.village)
        # What the check of its file would have counted: its page then lists the problems.
        self.world.batch(self.village).counts |= {"problems": 22}
        self.world.batch(self.village).save()

    def path(self, name: str) -> str:
        """Return the address of a page in this county."""
        return reverse(name, kwargs=dict(SAMPLES[name].kwargs(self.world, self.village)))

    def grow(self, rows: int) -> None:
        """Add rows to every kind of thing that is listed."""
        from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Unit, UnitOrder
        from xiangqiao.people.models import Batch, ChangeRequest, Household, Problem, Question

        run, batch = self.world.proposal(self.village).run, self.world.batch(self.village)
        applied = Batch.objects.create(
            division_code=COUNTY, source="测试", year=2026, files=[], state="APPLIED", started_label="测试",
            started_at=clock.now(),
        )  # fmt: skip
        for n in range(rows):
            home = Household.objects.create(
                household_no=f"G{applied.pk}-{n:03d}",
                division_code=self.village,
                head_name=f"户{n}",
                exit_status="POOR",
            )
            unit = Unit.objects.create(name=f"单位{applied.pk}-{n}")
            UnitOrder.objects.create(unit=unit, division_code=self.village)
            cadre = Cadre.objects.create(name=f"干部{n}", unit=unit, capacity=5)
            Pairing.objects.create(
                household=home.public_id,
                division_code=self.village,
                cadre=cadre,
                valid_from=date(2026, 1, 1),
                basis="hand",
            )
            Proposal.objects.create(
                run=run, household=home.public_id, division_code=self.village, cadre=cadre
            )
            ChangeRequest.objects.create(
                household=home, division_code=self.village, kind="PHONE", state="SUBMITTED", step="COUNTY",
                payload={"data": {}, "sealed": {}, "differences": [], "versions": {}},
                asked_by=uuid4(), asked_label="某人", asked_at=clock.now(),
            )  # fmt: skip
            for one in (batch, applied):
                Problem.objects.create(
                    batch=one, division_code=self.village, code="ID.SCIENTIFIC", scope="cell", severity="error",
                    workbook="a.xlsx", sheet="成员", row=n, column="C", household=home.public_id,
                )  # fmt: skip
            Question.objects.create(
                batch=applied, division_code=self.village, household=home.public_id, subject_kind="people.household",
                subject=home.public_id, attribute="cause_main", present="SKILL", offered="ILLNESS", why="VERIFIED",
            )  # fmt: skip
            user = User.objects.create(username=f"u{applied.pk}-{n}", name="某人")
            Post.objects.create(
                user=user, role="VILLAGE_CLERK", division_code=self.village, valid_from=date(2026, 1, 1)
            )


@pytest.fixture
def filled(county: None) -> Filled:
    """The county with a few rows of each kind."""
    found = Filled()
    found.grow(2)
    return found


@pytest.fixture
def desks(signed_in: Callable[..., Client]) -> list[Client]:
    """The two people who between them open every list: the county office and the security administrator."""
    return [signed_in("COUNTY_OFFICE", COUNTY), signed_in("SECURITY_ADMIN", COUNTY)]


def test_every_list_asks_few_questions_and_as_many_for_two_rows_as_for_forty(
    filled: Filled, desks: list[Client]
) -> None:
    few = {(name, n): opened(desk, filled.path(name)) for name in OPENS for n, desk in enumerate(desks)}
    lists = [key for key, (_asked, html) in few.items() if is_list(key[0], html)]
    assert {
        "desk:households", "people:problems", "people:questions", "people:changes", "people:batch", "pairing:run",
        "pairing:cadres", "pairing:units", "users", *SHORT_LISTS,
    } <= {name for name, _ in lists}  # fmt: skip
    filled.grow(20)
    troubles = {}
    for name, n in lists:
        asked, _html = opened(desks[n], filled.path(name))
        if len(asked) > MOST or len(asked) != len(few[name, n][0]):
            troubles[name] = (len(few[name, n][0]), len(asked), [sql[:150] for sql in asked])
    assert troubles == {}
