"""Two people at once, in two connections: one wins, the other is told."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.errors import Conflict
from xiangqiao.kernel.record import Act
from xiangqiao.pairing.actions import accept, propose
from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Run
from xiangqiao.pairing.tests.conftest import COUNTY, DAY, FAR_VILLAGE, TOWN
from xiangqiao.people.models import Household

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = SystemViewer("测试")


def both(*rows: Proposal) -> list[str]:
    """Accept the proposals at the same moment, each by a person of its own; return what each was told."""
    told: list[str] = []
    start = threading.Barrier(len(rows))

    def decide(row: Proposal) -> None:
        act = Act(by=SYSTEM, at=datetime(2016, 11, 29, tzinfo=UTC))
        start.wait()
        try:
            accept(act=act, viewer=SYSTEM, proposals=[row])
            told.append("done")
        except Conflict as error:
            told.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def proposals(code: str) -> Run:
    act: Any = Act(by=SYSTEM, at=datetime(2016, 11, 29, tzinfo=UTC))
    return propose(act=act, viewer=SYSTEM, division_code=code, as_of=DAY)


def test_one_proposal_decided_twice_at_once_is_decided_once(small_county: list[Household]) -> None:
    row = proposals(COUNTY).proposals.filter(state="OPEN")[0]
    assert both(row, Proposal.objects.get(pk=row.pk)) == ["done", "pairing.decided"]
    assert Pairing.objects.count() == 1


def test_the_last_place_of_a_cadre_is_given_once(small_county: list[Household]) -> None:
    run = proposals(COUNTY)
    doctor = Cadre.objects.get(name="刘医生")
    run.proposals.filter(division_code=FAR_VILLAGE).update(state="OPEN", cadre=doctor)
    assert both(*run.proposals.filter(division_code=FAR_VILLAGE)) == ["done", "pairing.full"]
    assert Pairing.objects.filter(cadre=doctor, valid_to=None).count() == 1


def test_a_household_proposed_by_two_runs_at_once_gets_one_cadre(small_county: list[Household]) -> None:
    home = small_county[0].public_id
    rows = [proposals(code).proposals.get(household=home) for code in (COUNTY, TOWN)]
    both(*rows)
    assert Pairing.objects.filter(household=home, valid_to=None).count() == 1
