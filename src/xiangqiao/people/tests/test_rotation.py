"""What was sealed before a new data key opens after it: requests that wait, what an undo needs, kept files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from xiangqiao.kernel.keyring import forget, vault
from xiangqiao.kernel.models import DataKey
from xiangqiao.kernel.rotation import new_data_key, seal_anew
from xiangqiao.people.actions.approvals import approve_change
from xiangqiao.people.actions.undoing import undo_change
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import BankCard
from xiangqiao.people.secrets import opened
from xiangqiao.people.tests.changing import JOB, Village, act, make_village

pytestmark = pytest.mark.django_db
FORMER, CARD = "6222020200112230", "6217000010001234569"


@pytest.fixture
def village(county: None, person_in_post: Callable[..., Any]) -> Village:
    return make_village(person_in_post)


def rotate() -> None:
    """Make a new data key, move every living row to it, and begin as a process that starts afterwards does."""
    new_data_key(act=act(JOB))
    seal_anew({}, lambda _done, _total, _cursor: None)
    forget()


def test_a_request_from_before_the_new_key_is_approved_and_undone_after_it(village: Village) -> None:
    asked = village.ask(Kind.BANK_CARD, BankCard(bank_card=CARD, bank_name="农商行"))
    rotate()
    approve_change(act=act(village.leader), request=asked.public_id)
    village.home.refresh_from_db()
    assert opened("bank_card", village.home) == CARD
    rotate()
    undo_change(act=act(village.leader, "办错了"), request=asked.public_id)
    village.home.refresh_from_db()
    assert opened("bank_card", village.home) == FORMER


def test_kept_files_open_after_a_new_key_because_no_data_key_is_ever_dropped(village: Village) -> None:
    sealed = vault().seal_bytes("表格".encode(), "file|1")
    before = DataKey.objects.count()
    rotate()
    assert DataKey.objects.count() == before + 1
    assert vault().open_bytes(sealed, "file|1") == "表格".encode()
